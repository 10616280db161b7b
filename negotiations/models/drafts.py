"""What a delegation prepares for itself: outside the ledger and outside its projection, so that nothing that others see
depends on it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from delegations.models import Delegate
from documents.models import Paragraph
from documents.notation import tree as trees
from negotiations.models.frame import Participation


class DraftKind(models.TextChoices):
    INSERTION = "insertion", _("insertion")
    DELETION = "deletion", _("deletion")
    REPLACEMENT = "replacement", _("replacement")


class PrivateDraft(models.Model):
    """A change that a delegation keeps to itself until it tables or drops it; only its own people see it.

    ``seat`` says whose it is and in which negotiation. ``first`` and ``last`` number words in ``on_tree``, the wording
    of ``on_seq``; an insertion has in both the word after which it goes. ``edition`` counts how often it was kept, and
    ``key`` is that of the form by which it was kept last: pressed twice, it is kept once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Participation, models.CASCADE, related_name="drafts", db_index=False)
    # No constraint binds it to its paragraph: an import is taken back whatever a delegation has prepared on it, and
    # nobody may find out by trying. ``handle`` still says then where it was.
    paragraph = models.ForeignKey(Paragraph, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    handle = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=DraftKind.choices)
    first = models.IntegerField()
    last = models.IntegerField()
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    to_come_back = models.BooleanField(default=False)
    confirmed_mixed = models.BooleanField(default=False)
    on_seq = models.PositiveBigIntegerField()
    on_tree = models.JSONField()
    kept_by = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
    kept_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=100)

    class Meta:
        ordering = ["kept_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DraftKind.values), name="known_kind_of_draft"),
            models.CheckConstraint(
                condition=Q(kind="insertion", first=F("last"), first__gte=-1)
                | (~Q(kind="insertion") & Q(first__gte=0, first__lte=F("last"))),
                name="words_of_a_draft_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="deletion", text="") | (~Q(kind="deletion") & ~Q(text="")),
                name="a_draft_puts_in_words_unless_it_deletes",
            ),
            models.UniqueConstraint(fields=["seat", "key"], name="one_draft_per_form"),
        ]
        indexes = [models.Index(fields=["seat", "kept_at"], name="drafts_of_a_delegation")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.handle}"

    @property
    def nodes(self) -> trees.Tree:
        """The wording in which its words are numbered."""
        return trees.from_json(self.on_tree)
