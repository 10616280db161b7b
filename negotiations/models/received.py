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
    IMPORTED = "imported", _("imported")


class ReceivedFileQuerySet(models.QuerySet["ReceivedFile"]):
    def due(self) -> "ReceivedFileQuerySet":
        """Files that wait and that nobody is reading: new ones, and those whose reader let its lease run out."""
        waiting = self.filter(state=ReceivedState.WAITING)
        return waiting.filter(Q(leased_until=None) | Q(leased_until__lt=timezone.now()))


class ReceivedFile(models.Model):
    """A file as it came, what was taken out of it, and what was decided about it.

    ``source`` and ``shown`` are the text and what the file shows beyond it (``documents.reading``); the reading itself is
    computed from them and from ``corrections``, never kept. ``counts`` says what was read, by word. ``revises`` names the
    document that is in already and that this is a later state of. ``first_seq`` to ``last_seq`` are the events that
    brought it in.
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
