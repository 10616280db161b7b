"""The frame of a negotiation: who takes part, which documents are on its agenda, when it sits."""

import uuid
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations.actor import Actor
from delegations.models import Delegation
from documents.models import Document


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone; write it as Asia/Almaty."), params={"name": name})


TAKEN = frozenset({"api", "health", "language", "live", "sign-in", "sign-out", "static", "tokens"})
"""First parts of addresses of the house: a negotiation's short name is one too, and must be another."""


def free_for_a_negotiation(slug: str) -> None:
    if slug in TAKEN:
        raise ValidationError(
            _("“%(slug)s” is an address of the house already; choose another short name."), params={"slug": slug}
        )


class NegotiationQuerySet(models.QuerySet["Negotiation"]):
    def visible_to(self, actor: Actor) -> "NegotiationQuerySet":
        """The negotiations in which the actor's delegation takes part; for everybody else they do not exist."""
        return self.seating(actor.delegation.pk)

    def seating(self, delegation_id: uuid.UUID) -> "NegotiationQuerySet":
        """The negotiations in which a delegation takes part."""
        return self.filter(participations__delegation=delegation_id)


class NewLabels(models.TextChoices):
    """How a paragraph that comes in between is labelled (``rules.md`` 14)."""

    LETTERS = "letters", _("PP5a, PP5b")
    LATIN = "latin", _("PP5 bis, PP5 ter")


class Negotiation(models.Model):
    """One negotiation and the head of its ledger. Every act locks this row first, so acts happen one after another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True, validators=[free_for_a_negotiation])
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    written_positions = models.BooleanField(default=False)
    new_labels = models.CharField(max_length=8, choices=NewLabels.choices, default=NewLabels.LETTERS)
    is_sample = models.BooleanField(default=False)
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)

    objects = NegotiationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(new_labels__in=NewLabels.values), name="known_way_of_labelling")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Participation(models.Model):
    """A delegation takes part in a negotiation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="participations")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="participations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["negotiation", "delegation"], name="one_seat_per_delegation")]

    def __str__(self) -> str:
        return f"{self.delegation} · {self.negotiation}"


class AgendaItem(models.Model):
    """A document on the agenda of a negotiation; a document belongs to one negotiation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="agenda")
    document = models.OneToOneField(Document, models.PROTECT, related_name="agenda_item")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["negotiation", "place"], name="one_item_per_place")]

    def __str__(self) -> str:
        return f"{self.place}. {self.document}"


class CoveringNote(models.Model):
    """What came before the first document of an imported file: the letter under which it was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="covering_notes")
    before = models.ForeignKey(Document, models.PROTECT, null=True, related_name="covering_notes")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:40]


class ReadingNote(models.Model):
    """What the reader of an imported file could not take for granted, at its line and column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="reading_notes")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="reading_notes")
    paragraph = models.ForeignKey("documents.Paragraph", models.PROTECT, null=True, related_name="reading_notes")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    line = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    excerpt = models.CharField(max_length=40, blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["line", "column"]

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.code}"


class SessionState(models.TextChoices):
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    CLOSED = "closed", _("closed")


class Session(models.Model):
    """A meeting of the negotiation. ``sitting_began`` is the instant of the present or last sitting's opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=SessionState.choices)
    sitting_began = models.DateTimeField()
    sitting_ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="one_session_per_number"),
            models.UniqueConstraint(fields=["negotiation"], condition=Q(state="open"), name="one_open_session"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="known_session_state"),
            models.CheckConstraint(
                condition=Q(state="open", sitting_ended=None) | (~Q(state="open") & Q(sitting_ended__isnull=False)),
                name="a_sitting_ends_when_the_session_does",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.negotiation}, {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == SessionState.OPEN


class SetAside(models.Model):
    """A document that is not on a session's agenda: it is read, not negotiated, and no version of it is issued.

    A session without such rows has every document of the negotiation on its agenda, also those that come in later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="set_aside")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "document"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.document} not in {self.session}"
