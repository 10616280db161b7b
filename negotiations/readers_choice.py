"""How a reader may choose to read a text: which brackets a reading retains, strikes or leaves.

*Clean* does what every standing proposal asks, *original* undoes it, as if all were withdrawn (``rules.md`` 18); what
nobody can know is left. As a delegation would have it, only its own word decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from delegations.models import Delegation, Kind
from documents.models import Agreement, Paragraph
from documents.notation import tree as trees
from documents.notation.read_as import Way
from negotiations import standing
from negotiations.consensus import stand
from negotiations.models import Bracket, Participation, Position, Proposal
from negotiations.models.wording import Origin, ProposalKind, ProposalState, Stance
from negotiations.prepared import rows
from negotiations.printing import Page

_TURNED: Mapping[Way, Way] = {"retain": "strike", "strike": "retain", "leave": "leave"}


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What a delegation's positions make of a paragraph, with ids of brackets.

    ``reserved`` it supports with a reservation; of ``earlier`` it said something before their words changed;
    ``presumed`` are decided by what it said of ``whole``, the paragraph.
    """

    ways: dict[str, Way] = field(default_factory=dict)
    reserved: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    presumed: list[str] = field(default_factory=list)
    whole: Position | None = None


def who_can_be_read(negotiation_id: UUID) -> list[Delegation]:
    """The delegations whose positions a text can be read by, in order of their codes: all but observers."""
    return [seat.delegation for seat in rows(_seats, negotiation_id) if seat.delegation.kind != Kind.OBSERVER]


def _seats(negotiation_id: UUID) -> QuerySet[Participation]:
    seats = Participation.objects.filter(negotiation=negotiation_id).select_related("delegation")
    return seats.order_by("delegation__code")


def with_proposals(shown: Page) -> Page:
    """The page, each standing bracket with its proposal at hand: one question, however many there are."""
    tabled = Proposal.objects.filter(paragraph__document=shown.document, state=ProposalState.TABLED)
    by_id = {proposal.pk: proposal for proposal in tabled}
    for bracket in (bracket for found in shown.brackets.values() for bracket in found):
        bracket.proposal = by_id[bracket.proposal_id]
    return shown


def if_carried(shown: Page, paragraph: Paragraph) -> dict[str, Way]:
    """What becomes of each bracket of a paragraph if everything tabled were carried. Reads the brackets' proposals."""
    whole = trees.whole_bracket(paragraph.nodes) if paragraph.alternative_to_id else None
    rival = whole.id if whole else ""
    return {str(row.pk): _asked(row, brings_a_rival=str(row.pk) == rival) for row in shown.brackets[paragraph.pk]}


def before_proposals(shown: Page, paragraph: Paragraph) -> dict[str, Way]:
    """The same for the text before any proposal that stands."""
    return {id_: _TURNED[way] for id_, way in if_carried(shown, paragraph).items()}


def _asked(bracket: Bracket, *, brings_a_rival: bool) -> Way:
    """What the proposal behind a bracket asks for; *leave* where paper does not say.

    Of a bracket that was read from paper a known origin says most; else it is half of a replacement, or brings a text
    for the place of another one, which cannot have been there before.
    """
    from_paper = bracket.proposal.kind == ProposalKind.PRINTED or bracket.proposal.tabled_by_id is None
    if from_paper and bracket.origin != Origin.UNKNOWN:
        return "retain" if bracket.origin == Origin.INSERTED else "strike"
    if bracket.takes_out:
        return "strike"
    return "retain" if bracket.puts_in or brings_a_rival else "leave"


def own_word(shown: Page, paragraph: Paragraph, delegation: Delegation) -> OwnWord:
    """What the delegation itself has said makes of the paragraph; it is never spoken for."""
    own = {p.bracket_id: p for p in shown.positions[paragraph.pk] if p.delegation_id == delegation.pk}
    found = OwnWord(whole=own.get(None))
    on_paragraph = stand(found.whole) if found.whole else None
    for row in shown.brackets[paragraph.pk]:
        id_, said = str(row.pk), own.get(row.pk)
        way = standing.own_way(stand(said) if said else None, on_paragraph, row.origin)
        found.ways[id_] = way
        if said is None:
            found.presumed.extend([id_] if way != "leave" else [])
        elif said.is_earlier:
            found.earlier.append(id_)
        elif said.reservation and said.stance == Stance.SUPPORT:
            found.reserved.append(id_)
    return found


def rivals_by_place(paragraphs: Iterable[Paragraph]) -> dict[UUID, list[Paragraph]]:
    """For each paragraph that is not alone in its place all those of which at most one can stand, itself among them."""
    families: dict[UUID, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.agreement != Agreement.STRUCK:
            families.setdefault(paragraph.alternative_to_id or paragraph.pk, []).append(paragraph)
    return {one.pk: family for family in families.values() if len(family) > 1 for one in family}
