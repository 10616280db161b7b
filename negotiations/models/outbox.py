"""What a suspension leaves for the workers: the pinned text, and one job for each."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from documents.models import Document
from negotiations.models.frame import Session


class Freeze(models.Model):
    """A document pinned at ``seq``, tree and markers, in the transaction of the suspension. Insert-only by trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="freezes")
    document = models.ForeignKey(Document, models.PROTECT, related_name="freezes")
    number = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    as_of = models.DateField()
    frozen_at = models.DateTimeField()
    printed = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="one_freeze_per_seq"),
            models.UniqueConstraint(fields=["document", "number"], name="one_freeze_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """Jobs that nobody is at work on: waiting ones, and those whose worker let its lease run out."""
        return self.exclude(done_at__isnull=False).filter(Q(leased_until=None) | Q(leased_until__lt=timezone.now()))


class Job(models.Model):
    """One podium version to make. Claimed with SKIP LOCKED and a lease; a message in the queue only wakes a worker."""

    freeze = models.OneToOneField(Freeze, models.PROTECT, related_name="job")
    tries = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.freeze} {'done' if self.done_at else 'waits'}"
