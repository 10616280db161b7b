"""The ledger: every act on record, one event each, in one unbroken order."""

from django.db import models
from django.db.models import Q

from negotiations.models.frame import Negotiation


class Event(models.Model):
    """One act. ``payload`` holds the rows as they are afterwards, never what is needed to work them out again.

    Append-only by trigger. ``key`` and ``body_hash`` belong to the request, not to the record: they answer a repeat
    (``rules.md`` 25) and are no part of the hash.
    """

    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    person_id = models.BigIntegerField()
    actor_code = models.CharField(max_length=16)
    actor_role = models.CharField(max_length=16)
    on_behalf_of = models.CharField(max_length=16)
    session_id = models.UUIDField(null=True)
    document_id = models.UUIDField(null=True)
    paragraph_id = models.UUIDField(null=True)
    payload = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=100, null=True)
    body_hash = models.CharField(max_length=64, blank=True)

    replayed = False
    """Whether this event answers a request that was sent again. No column: it is true of the answer, not of the act."""

    class Meta:
        ordering = ["negotiation", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "seq"], name="one_event_per_seq"),
            models.UniqueConstraint(fields=["negotiation", "person_id", "key"], name="one_answer_per_key"),
        ]
        indexes = [
            models.Index(fields=["document_id", "seq"], name="events_of_a_document"),
            models.Index(
                fields=["negotiation", "seq"],
                condition=Q(kind__in=["document.imported", "import.taken_back"]),
                name="texts_that_came_and_went",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
