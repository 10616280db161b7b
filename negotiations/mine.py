"""Where a delegation is asked for: read out of what everybody may read, for the eyes of the one it concerns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from delegations.models import Delegation
from negotiations import consensus
from negotiations.models import Bracket, Negotiation, Position
from negotiations.models.wording import BracketState, ProposalState
from negotiations.standing import Stand, alone_in, waits_for


@dataclass(slots=True)
class Mine:
    """Standing brackets, in the order of the texts: those that wait for the delegation, those where it alone says
    what it says (with its stance), those that got other words since it spoke, and its own proposals that stand."""

    waiting: list[Bracket] = field(default_factory=list)
    alone: list[tuple[Bracket, str]] = field(default_factory=list)
    changed: list[tuple[Bracket, Position]] = field(default_factory=list)
    pending: list[Bracket] = field(default_factory=list)


def of(negotiation: Negotiation, delegation: Delegation) -> Mine:
    """Two questions, however much there is. Only members are waited for, and only they can be alone (``rules.md`` 3)."""
    found = Mine()
    held: dict[UUID, list[Position]] = defaultdict(list)
    for position in _beside(negotiation, delegation):
        held[position.paragraph_id].append(position)
    for bracket in _standing(negotiation):
        said = held[bracket.paragraph_id]
        if delegation.is_member:
            on_bracket, on_paragraph = _stands(said, bracket.pk), _stands(said, None)
            if waits_for(delegation.code, on_bracket, on_paragraph):
                found.waiting.append(bracket)
            where = consensus.standing_of(bracket, {bracket.pk: on_bracket, None: on_paragraph})
            if stance := alone_in(delegation.code, where):
                found.alone.append((bracket, stance))
        own = (p for p in said if p.bracket_id == bracket.pk and p.delegation_id == delegation.pk and p.is_earlier)
        found.changed += [(bracket, position) for position in own]
        proposal = bracket.proposal
        if proposal.tabled_by_id == delegation.pk and proposal.state == ProposalState.TABLED:
            found.pending.append(bracket)
    return found


def _stands(said: Iterable[Position], bracket_id: UUID | None) -> list[Stand]:
    return [consensus.stand(position) for position in said if position.bracket_id == bracket_id]


def _standing(negotiation: Negotiation) -> QuerySet[Bracket]:
    return (
        Bracket.objects.filter(state=BracketState.STANDING, paragraph__document__agenda_item__negotiation=negotiation)
        .select_related("paragraph__document", "proposal")
        .defer("paragraph__tree")
        .order_by("paragraph__document__agenda_item__place", "paragraph__place", "number")
    )


def _beside(negotiation: Negotiation, delegation: Delegation) -> QuerySet[Position]:
    """Everybody's positions in the paragraphs in which the delegation holds one: elsewhere it is silent, whoever speaks."""
    own = Position.objects.filter(delegation=delegation, paragraph__document__agenda_item__negotiation=negotiation)
    live = Q(bracket=None) | Q(bracket__state=BracketState.STANDING)
    said = Position.objects.filter(live, paragraph__in=own.values("paragraph"))
    return said.select_related("delegation", "bracket").order_by("taken_at", "delegation__code")
