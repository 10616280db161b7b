"""Who said what about which words. No text stands here: wording stands in ``Paragraph.tree`` alone.

A reference has no index of its own where another one begins with it, or where nothing is ever looked up by it: a long
text brings hundreds of thousands of these rows at once, and the indexes are the greater part of storing them.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from delegations.models import Delegate, Delegation
from documents.models import Paragraph


class ProposalKind(models.TextChoices):
    INSERTION = "insertion", _("insertion")
    DELETION = "deletion", _("deletion")
    REPLACEMENT = "replacement", _("replacement")
    PARAGRAPH = "paragraph", _("new paragraph")
    ALTERNATIVE = "alternative", _("alternative paragraph")
    PRINTED = "printed", _("read from paper")


class ProposalState(models.TextChoices):
    TABLED = "tabled", _("tabled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CARRIED = "carried", _("carried")
    NOT_CARRIED = "not_carried", _("not carried")


class Proposal(models.Model):
    """What was put to the room. ``tabled_by`` is null where it was read from paper and the tabler is open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="proposals", db_index=False)
    kind = models.CharField(max_length=16, choices=ProposalKind.choices)
    state = models.CharField(max_length=16, choices=ProposalState.choices)
    tabled_by = models.ForeignKey(Delegation, models.PROTECT, null=True, related_name="proposals", db_index=False)
    entered_by = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
    as_heard = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    tabled_at = models.DateTimeField()
    seq = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProposalKind.values), name="known_kind_of_proposal"),
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="known_state_of_proposal"),
            models.CheckConstraint(
                condition=Q(tabled_by__isnull=False) | Q(kind__in=["printed", "replacement"]),
                name="only_paper_leaves_the_tabler_open",
            ),
        ]
        indexes = [
            models.Index(fields=["paragraph", "state"], name="proposals_by_state"),
            models.Index(fields=["tabled_by"], condition=Q(tabled_by__isnull=False), name="proposals_by_tabler"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class CoSponsor(models.Model):
    """A delegation that stands behind another's proposal under its own name, since event ``seq``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="co_sponsors")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(Delegate, models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["proposal", "delegation"], name="one_name_under_a_proposal")]

    def __str__(self) -> str:
        return f"{self.delegation} with {self.proposal}"


class Origin(models.TextChoices):
    """Whether the words were there before (``domain.md``, reading rule 5)."""

    ORIGINAL = "original", _("original wording")
    INSERTED = "inserted", _("proposed wording")
    UNKNOWN = "unknown", _("read from paper")


class BracketState(models.TextChoices):
    STANDING = "standing", _("standing")
    RETAINED = "retained", _("retained: the words stay")
    STRUCK = "struck", _("struck: the words go")
    FALLEN = "fallen", _("fallen with an outer bracket")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Side(models.TextChoices):
    """Which half of a replacement a bracket is."""

    NONE = "", ""
    OUT = "out", _("out")
    IN = "in", _("in")


class Bracket(models.Model):
    """What is true of one bracket node; the primary key is the node's id in the tree.

    ``number`` counts within the paragraph and is never used again (``rules.md`` 14). ``ended_with`` names the outer
    bracket with which this one fell. ``worded_seq`` is the event that last gave it other words, null where it has the
    words it came with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="brackets", db_index=False)
    number = models.PositiveIntegerField()
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="brackets")
    side = models.CharField(max_length=4, choices=Side.choices, default=Side.NONE, blank=True)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    state = models.CharField(max_length=16, choices=BracketState.choices)
    ended_with = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    worded_seq = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["paragraph", "number"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "number"], name="one_bracket_per_number"),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="known_origin"),
            models.CheckConstraint(condition=Q(state__in=BracketState.values), name="known_state_of_bracket"),
            models.CheckConstraint(
                condition=Q(ended_with=None) | Q(state="fallen"), name="only_fallen_brackets_fell_with_another"
            ),
        ]
        # Those that ended grow in number as long as the negotiation lasts; those that stand are what every act asks for.
        indexes = [
            models.Index(fields=["paragraph", "state"], name="brackets_by_state"),
            models.Index(fields=["ended_with"], condition=Q(ended_with__isnull=False), name="brackets_that_fell"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph}.{self.number}"

    @property
    def puts_in(self) -> bool:
        """Whether its own proposal brought these words. Reads ``proposal``."""
        kinds = (ProposalKind.INSERTION, ProposalKind.PARAGRAPH, ProposalKind.ALTERNATIVE)
        return self.side == Side.IN or self.proposal.kind in kinds

    @property
    def takes_out(self) -> bool:
        """Whether its own proposal asks for these words to go. Reads ``proposal``."""
        return self.side == Side.OUT or self.proposal.kind == ProposalKind.DELETION


class Stance(models.TextChoices):
    """A sign is about the words in its bracket: + they stay, - they go (``rules.md`` 1, 2)."""

    SUPPORT = "support", _("these words stay")
    OPPOSE = "oppose", _("these words go")
    TCB = "tcb", _("to come back")
    KEEP_ORIGINAL = "keep_original", _("keep original")


class Heard(models.TextChoices):
    """How a position came on record."""

    OWN = "own", _("taken by the delegation")
    AS_HEARD = "as_heard", _("entered as heard, waits for confirmation")
    CONFIRMED = "confirmed", _("entered as heard, confirmed")
    PRINTED = "printed", _("read from paper")


class Position(models.Model):
    """Where one delegation stands on a bracket, or on the whole paragraph where bracket is null.

    ``taken_at`` is since when it stands, ``on_seq`` the event with which it was last said, and so the wording it was
    given on; ``places`` are its places in the imprint of an imported text (``rules.md`` 13), empty for a position taken
    in the product.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="positions", db_index=False)
    bracket = models.ForeignKey(Bracket, models.PROTECT, null=True, related_name="positions")
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=16, choices=Stance.choices)
    reservation = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
    heard = models.CharField(max_length=16, choices=Heard.choices)
    on_seq = models.PositiveBigIntegerField()
    taken_at = models.DateTimeField()
    places = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "bracket", "delegation"], nulls_distinct=False, name="one_position_per_target"
            ),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="known_stance"),
            models.CheckConstraint(condition=Q(heard__in=Heard.values), name="known_way_of_hearing"),
            models.CheckConstraint(
                condition=Q(stance="support") | Q(reservation=False), name="reservation_only_with_support"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation} {self.stance}"

    @property
    def is_earlier(self) -> bool:
        """Given on an earlier wording of its bracket, and not reaffirmed since (``rules.md`` 5). Reads ``bracket``."""
        worded = self.bracket.worded_seq if self.bracket else None
        return worded is not None and self.on_seq < worded


class UnresolvedMarker(models.Model):
    """A printed marker that fits no position: kept as printed, pending, listed to resolve (``rules.md`` 7).

    ``places`` is empty where the marker stands in the wording itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="unresolved_markers")
    bracket = models.ForeignKey(Bracket, models.PROTECT, null=True, related_name="unresolved_markers")
    code = models.CharField(max_length=64, blank=True)
    raw = models.TextField()
    why = models.CharField(max_length=40)
    places = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.raw
