"""What a paragraph and its rows are after brackets are retained or struck: worked out, nothing recorded.

Used by verdicts, by withdrawals and by their previews, so that what is shown is what is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from documents.models import Agreement, Paragraph
from documents.notation import edit as edits
from documents.notation import tree as trees
from negotiations import prepared
from negotiations.models import Bracket, Proposal
from negotiations.models.wording import BracketState, ProposalState
from negotiations.refusals import AgreedText


@dataclass(slots=True)
class Outcome:
    """The paragraph with its new tree, the brackets that ended, and the proposals that are settled by it."""

    paragraph: Paragraph
    tree: trees.Tree
    brackets: list[Bracket]
    proposals: list[Proposal]

    @property
    def rows(self) -> list[Model]:
        return [self.paragraph, *self.brackets, *self.proposals]


def outcome(
    paragraph: Paragraph, rows: Mapping[UUID, Bracket], ways: Mapping[UUID, str], *, ended_as: str | None = None
) -> Outcome:
    """Retain or strike the brackets named in ``ways``; what stands inside a struck one falls with it.

    ``rows`` are the ``unsettled`` brackets of the paragraph; those that end are changed in place.
    ``ended_as`` overrides the state of the named brackets (a withdrawal). Raises AgreedText.
    """
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    tree, ended = paragraph.nodes, []
    whole = trees.whole_bracket(tree)
    for id_, way in ways.items():
        if str(id_) not in trees.bracket_ids(tree):
            continue  # it fell with one that was named before
        ended.append(rows[id_])
        rows[id_].state = ended_as or (BracketState.RETAINED if way == "retain" else BracketState.STRUCK)
        ended.extend(_falling(tree, rows, id_) if way == "strike" else ())
        tree = edits.retain(tree, str(id_)) if way == "retain" else edits.strike(tree, str(id_))
        if way == "strike" and whole and whole.id == str(id_):
            tree, paragraph.agreement = (), Agreement.STRUCK  # with its left-over punctuation (rules.md 15)
    paragraph.tree = trees.to_json(tree)
    return Outcome(paragraph, tree, ended, _settled(rows.values(), {row.proposal_id for row in ended}))


def displaced(paragraph: Paragraph, rows: Mapping[UUID, Bracket], by: UUID) -> Outcome:
    """The paragraph struck whole because a rival for its place was retained with bracket ``by`` (``rules.md`` 17).

    ``rows`` as for ``outcome``. Raises AgreedText.
    """
    whole = trees.whole_bracket(paragraph.nodes)
    if whole is not None:
        return outcome(paragraph, rows, {UUID(whole.id): "strike"})
    if paragraph.agreement != Agreement.OPEN:
        raise AgreedText(handle=paragraph.handle)
    ended = [rows[UUID(id_)] for id_ in trees.bracket_ids(paragraph.nodes)]
    for row in ended:
        row.state, row.ended_with_id = BracketState.FALLEN, by
    paragraph.tree, paragraph.agreement = [], Agreement.STRUCK
    return Outcome(paragraph, (), ended, _settled(rows.values(), {row.proposal_id for row in ended}))


def retained_whole(paragraph: Paragraph, ways: Mapping[UUID, str]) -> UUID | None:
    """The bracket round the whole paragraph, where ``ways`` retain it."""
    whole = trees.whole_bracket(paragraph.nodes)
    return UUID(whole.id) if whole is not None and ways.get(UUID(whole.id)) == "retain" else None


def rivals(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraphs that would stand in this one's place: its base and the base's other alternatives, not yet struck."""
    base = paragraph.alternative_to_id or paragraph.pk
    same_place = Paragraph.objects.filter(Q(pk=base) | Q(alternative_to=base)).exclude(pk=paragraph.pk)
    return list(same_place.exclude(agreement=Agreement.STRUCK).select_related("document"))


def unsettled(paragraph: Paragraph) -> dict[UUID, Bracket]:
    """Every bracket of the proposals that are not settled: one that stands belongs to such a proposal."""
    proposals = {proposal.pk: proposal for proposal in prepared.rows(_tabled, paragraph.pk)}
    brackets = prepared.rows(_of_tabled, paragraph.pk)
    for bracket in brackets:
        bracket.proposal = proposals[bracket.proposal_id]
    return {bracket.pk: bracket for bracket in brackets}


def _tabled(paragraph_id: UUID) -> QuerySet[Proposal]:
    return Proposal.objects.filter(paragraph=paragraph_id, state=ProposalState.TABLED)


def _of_tabled(paragraph_id: UUID) -> QuerySet[Bracket]:
    return Bracket.objects.filter(paragraph=paragraph_id, proposal__state=ProposalState.TABLED).order_by("number")


def _falling(tree: trees.Tree, rows: Mapping[UUID, Bracket], outer: UUID) -> list[Bracket]:
    inner = [rows[UUID(id_)] for id_ in trees.bracket_ids(trees.find(tree, str(outer)).inside)]
    for row in inner:
        row.state, row.ended_with_id = BracketState.FALLEN, outer
    return inner


def _settled(rows: Iterable[Bracket], touched: set[UUID]) -> list[Proposal]:
    """Proposals whose last bracket has ended: carried if what they asked for was done (``rules.md`` 18)."""
    settled: list[Proposal] = []
    everything = list(rows)
    for proposal_id in touched:
        own = [row for row in everything if row.proposal_id == proposal_id]
        if any(row.state == BracketState.STANDING for row in own):
            continue
        proposal = own[0].proposal
        proposal.state = ProposalState.CARRIED if all(_as_asked(row) for row in own) else ProposalState.NOT_CARRIED
        settled.append(proposal)
    return settled


def _as_asked(row: Bracket) -> bool:
    return row.state == (BracketState.STRUCK if row.takes_out else BracketState.RETAINED)
