"""Files that came in and wait to be read, reviewed and imported: the Secretariat's desk, outside the ledger."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.models import Delegate
from documents.models import Document
from negotiations.models.frame import Negotiation


class ReceivedState(models.TextChoices):
    WAITING = "waiting", _("waits to be read")
    READ = "read", _("read, waits for review")
    REFUSED = "refused", _("cannot be read")
    IMPORTING = "importing", _("is being imported")
    IMPORTED = "imported", _("imported")


class ReceivedFileQuerySet(models.QuerySet["ReceivedFile"]):
    def due(self, state: str = ReceivedState.WAITING) -> "ReceivedFileQuerySet":
        """Files that wait for a worker and that none is at work on: new ones, and those whose lease ran out."""
        return self.filter(Q(leased_until=None) | Q(leased_until__lt=timezone.now()), state=state)

    def listed(self) -> "ReceivedFileQuerySet":
        """Without what is long: the file, the text taken out of it and what it shows are loaded when they are asked for."""
        return self.defer("data", "source", "shown")


class ReceivedFile(models.Model):
    """A file as it came, what was taken out of it, and what was decided about it.

    ``source`` and ``shown`` are the text and what the file shows beyond it (``documents.reading``); the reading itself is
    computed from them and from ``corrections``, never kept. ``counts`` says what was read, by word. ``revises`` names the
    document that is in already and that this is a later state of. ``first_seq`` to ``last_seq`` are the events that
    brought it in. ``asked_by`` and ``asked_key`` are the person and the request that a worker imports it for; ``why`` is
    what stood in the way of reading or importing it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="received_files")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=8, blank=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="en")
    received_by = models.ForeignKey(Delegate, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=16, choices=ReceivedState.choices, default=ReceivedState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    source = models.TextField(blank=True)
    shown = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    revises = models.ForeignKey(Document, models.PROTECT, null=True, related_name="revised_files")
    asked_by = models.ForeignKey(Delegate, models.PROTECT, null=True, related_name="+")
    asked_key = models.CharField(max_length=100, blank=True)
    first_seq = models.PositiveBigIntegerField(null=True)
    last_seq = models.PositiveBigIntegerField(null=True)

    objects = ReceivedFileQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReceivedState.values), name="known_state_of_a_file"),
            models.CheckConstraint(
                condition=Q(first_seq=None, last_seq=None) | Q(first_seq__lte=models.F("last_seq")),
                name="events_of_a_file_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_worked_on(self) -> bool:
        """Whether a worker has it in hand at this moment."""
        return self.leased_until is not None and self.leased_until > timezone.now()
