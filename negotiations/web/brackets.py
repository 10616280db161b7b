"""A bracket's own page: who stands where, what one may answer, and the verdicts of those who hold the pen."""

from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from delegations.models import Delegation
from documents.notation import tree as trees
from documents.notation.write import Mark, marker, pieces
from documents.rendering.html import paragraph_html
from negotiations import may, printing
from negotiations.acts import replacements, revisions, verdicts, wording
from negotiations.acts.positions import Target
from negotiations.acts.replacements import CROSSED
from negotiations.models import Bracket, Position, Proposal
from negotiations.models.wording import BracketState, ProposalState, Side
from negotiations.refusals import NotAllowed, Refusal
from negotiations.standing import Way
from negotiations.web import answers
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown


@in_the_room
@require_safe
def panel(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    return panel_of(request, _bracket(request, bracket_id))


@in_the_room
@require_POST
def position(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    bracket = _bracket(request, bracket_id)
    try:
        answers.answer(request, Target(bracket.paragraph_id, bracket.pk))
    except Refusal as refusal:
        return panel_of(request, bracket, refusal=refusal, alone=True)
    return answers.back(
        request, bracket.paragraph, lambda: panel_of(request, _bracket(request, bracket_id), done=True, alone=True)
    )


@in_the_room
@require_POST
def answer(request: RoomRequest, proposal_id: UUID) -> HttpResponse:
    """Both halves of a replacement at once; the panel is that of the first."""
    bracket = first_of(request, proposal_id)
    try:
        answers.answer_replacement(request, proposal_id)
    except Refusal as refusal:
        return panel_of(request, _bracket(request, bracket.pk), refusal=refusal)
    return answers.back(request, bracket.paragraph, lambda: panel_of(request, _bracket(request, bracket.pk), done=True))


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: RoomRequest, bracket_id: UUID) -> HttpResponse:
    """GET: what would print and whom it overrules; POST: record it."""
    bracket = _bracket(request, bracket_id)
    way = (request.POST if request.method == "POST" else request.GET).get("way", "")
    ways = _ways(bracket, way)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            verdicts.decide(
                actor=request.actor,
                negotiation_id=request.negotiation.pk,
                paragraph_id=bracket.paragraph_id,
                ways=ways,
                seen=answers.seen(request),
                key=request.POST.get("key", ""),
            )
            return redirect(answers.address(request, bracket.paragraph))
        except Refusal as fault:
            refusal = fault
            bracket = _bracket(request, bracket_id)
    context: dict[str, Any] = {"bracket": bracket, "way": way, "key": new_key(), "refusal": refusal}
    try:
        may.hold_the_pen(request.actor)
        foreseen = verdicts.foresee(bracket.paragraph, ways)
        context |= {
            "overruled": sorted({code for codes in foreseen.overruled.values() for code in codes}),
            "displaced": [(gone.paragraph, against) for gone, against in foreseen.displaced],
            "preview": _preview(foreseen),
            "also": [row for row in foreseen.outcome.brackets if row.pk not in ways],
        }
    except Refusal as fault:
        context["refusal"] = refusal = refusal or fault
    return shown(request, "reading/verdict.html", context, status=refusal.status if refusal else 200)


@in_the_room
@require_POST
def withdraw_proposal(request: RoomRequest, proposal_id: UUID) -> HttpResponse:
    bracket = first_of(request, proposal_id)
    try:
        wording.withdraw(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            proposal_id=proposal_id,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return panel_of(request, bracket, refusal=refusal)
    return answers.back(request, bracket.paragraph, lambda: panel_of(request, _bracket(request, bracket.pk), done=True))


def _bracket(request: RoomRequest, bracket_id: UUID) -> Bracket:
    return _found(_of_the_room(request).filter(pk=bracket_id))


def first_of(request: RoomRequest, proposal_id: UUID) -> Bracket:
    return _found(_of_the_room(request).filter(proposal=proposal_id).order_by("number"))


def _of_the_room(request: RoomRequest) -> QuerySet[Bracket]:
    return Bracket.objects.select_related(
        "paragraph__document", "proposal__tabled_by", "proposal__entered_by__delegation"
    ).filter(paragraph__document__agenda_item__negotiation=request.negotiation)


def _found(brackets: QuerySet[Bracket]) -> Bracket:
    if (bracket := brackets.first()) is None:
        raise Http404
    return bracket


def _ways(bracket: Bracket, way: str) -> dict[UUID, Way]:
    """``retain`` and ``strike`` are said of this bracket; ``carry`` and ``drop`` of both halves of a replacement."""
    if way in ("retain", "strike"):
        return {bracket.pk: cast("Way", way)}
    if way not in ("carry", "drop"):
        raise Http404
    return replacements.ways(bracket.proposal_id, carried=way == "carry")


def panel_of(
    request: RoomRequest,
    bracket: Bracket,
    *,
    refusal: Refusal | None = None,
    done: bool = False,
    alone: bool = False,
) -> HttpResponse:
    """``alone``: one half of a replacement was answered by itself; that part of the panel stays open."""
    own = request.actor.delegation
    held = (
        Position.objects.filter(bracket__proposal=bracket.proposal)
        .select_related("delegation", "bracket")
        .order_by("taken_at", "delegation__code")
    )
    mine = {position.bracket_id: position for position in held if position.delegation_id == own.pk}
    proposal = bracket.proposal
    other = _other_half(bracket)
    typed = {} if done else request.POST
    co_sponsors = list(proposal.co_sponsors.select_related("delegation"))
    context = {
        "bracket": bracket,
        "paragraph": bracket.paragraph,
        "words": _words(bracket),
        "positions": [position for position in held if position.bracket_id == bracket.pk],
        "presumed": _presumed(bracket),
        "since": proposal.seq,
        "mine": mine.get(bracket.pk),
        "pair": _pair(request, bracket, other, mine) if other else None,
        "choices": [(stance, glyph, words, marker(Mark(own.code, stance))) for stance, glyph, words in answers.CHOICES],
        "delegations": Delegation.objects.filter(participations__negotiation=request.negotiation, kind="member"),
        "may_revise": proposal.tabled_by_id == own.pk
        and request.actor.speaks
        and revisions.can_be_revised(proposal, bracket.paragraph),
        "co_sponsors": co_sponsors,
        "co_sponsor": _joining(request, proposal, [name.delegation_id for name in co_sponsors]),
        "may_withdraw": proposal.tabled_by_id == own.pk and request.actor.speaks and proposal.state == "tabled",
        "reserves": True,
        "action": reverse("bracket-position", args=[request.negotiation.slug, bracket.pk]),
        "refusal": refusal,
        "done": done,
        "typed": typed if alone or not other else {},
        "typed_of_both": {} if alone else typed,
        "alone": alone,
        "key": new_key(),
    }
    return answers.panel(request, "reading/bracket.html", "reading/_bracket.html", context, refusal)


def _joining(request: RoomRequest, proposal: Proposal, names: list[UUID]) -> str:
    """What the reader's delegation could do now about its name under the proposal: ``join``, ``leave`` or nothing."""
    own = request.actor.delegation
    if not request.actor.speaks or proposal.state != ProposalState.TABLED:
        return ""
    if own.pk in names:
        return "leave"
    try:
        may.put_its_name_to(own, proposal)
    except NotAllowed:
        return ""
    return "join"


def _presumed(bracket: Bracket) -> QuerySet[Position]:
    """What was said of the whole paragraph by those who have not spoken of this bracket (``rules.md`` 4)."""
    whole = Position.objects.filter(paragraph=bracket.paragraph_id, bracket=None)
    spoken = Position.objects.filter(bracket=bracket).values("delegation")
    return whole.exclude(delegation__in=spoken).select_related("delegation").order_by("on_seq")


def _other_half(bracket: Bracket) -> Bracket | None:
    """The other half of a replacement of which both halves stand; None otherwise."""
    if not bracket.side or bracket.state != BracketState.STANDING:
        return None
    others = Bracket.objects.filter(proposal=bracket.proposal_id, state=BracketState.STANDING).exclude(pk=bracket.pk)
    return others.select_related("paragraph").first()


def _pair(request: RoomRequest, bracket: Bracket, other: Bracket, mine: dict[UUID | None, Position]) -> dict[str, Any]:
    """What the panel shows of a replacement as a whole: both halves, and one answer to them."""
    old, new = (other, bracket) if bracket.side == Side.IN else (bracket, other)
    code = request.actor.delegation.code
    said = {half.side: mine[half.pk].stance for half in (old, new) if half.pk in mine}
    return {
        "other": other,
        "old": old,
        "new": new,
        "old_words": _words(old),
        "new_words": _words(new),
        "choices": [
            (answer, glyph, words, " … ".join(marker(Mark(code, CROSSED[answer][half.side])) for half in (old, new)))
            for answer, glyph, words in answers.CROSSED
        ],
        "mine": {"stance": next((answer for answer, signs in CROSSED.items() if signs == said), "")} if said else None,
        "action": reverse("answer-replacement", args=[request.negotiation.slug, bracket.proposal_id]),
        "key": new_key(),
    }


def _words(bracket: Bracket) -> str:
    try:
        # Without the brackets and markers within it, a space is left before a comma; the wording itself keeps it.
        return trees.wording(trees.find(bracket.paragraph.nodes, str(bracket.pk)).inside).replace(" ,", ",")
    except KeyError:
        return ""


def _preview(foreseen: verdicts.Foreseen) -> str:
    paragraph = foreseen.outcome.paragraph
    rows = printing.page(paragraph.document, [paragraph])
    found = printing.marks(rows.positions[paragraph.pk], rows.unresolved[paragraph.pk])
    return paragraph_html(tuple(pieces(foreseen.outcome.tree, found)), numbers=rows.numbers()) or _("nothing")
