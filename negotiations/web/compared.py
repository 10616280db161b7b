"""What a file says otherwise of a text that is in already: shown paragraph by paragraph, ticked, recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from delegations.models import Delegation, Kind
from documents.models import Paragraph
from documents.notation.changes import Change, ComparedParagraph
from documents.notation.differences import Stretch, differing
from negotiations.acts import compared as acts
from negotiations.acts import receiving
from negotiations.acts.compared import RECORDED, Answer
from negotiations.comparing import Compared
from negotiations.models import Event
from negotiations.refusals import NotReadYet, Refusal
from negotiations.web.compared_words import choice_in_words, sentence, why_in_words
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown
from negotiations.web.history import SAID


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: RoomRequest, file_id: UUID) -> HttpResponse:
    """GET: what the file says otherwise, or the receipt of what was recorded; POST: tick all of one, or record."""
    if request.method != "POST":
        if (seq := request.GET.get("recorded", "")).isdigit():
            return _receipt(request, file_id, int(seq))
        return _page(request, file_id, None)
    if "all" in request.POST:
        return _page(request, file_id, request.POST)
    try:
        *_, last = acts.record_compared(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            file_id=file_id,
            consents=_consents(request.POST),
            seen=_seen(request.POST),
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _page(request, file_id, request.POST, refusal)
    return redirect(f"{reverse('compare', args=[request.negotiation.slug, file_id])}?recorded={last.seq}")


def _consents(said: QueryDict) -> dict[str, Answer]:
    return {
        id_: Answer(said.get(f"for-{id_}", ""), said.get(f"which-{id_}", ""))
        for id_ in said.getlist("take")
        if len(id_) <= 40
    }


def _seen(said: QueryDict) -> int:
    seen = said.get("seen", "")
    return int(seen) if seen.isdigit() and len(seen) < 19 else 0


# ---- what the file says otherwise


def _page(request: RoomRequest, file_id: UUID, said: QueryDict | None, refusal: Refusal | None = None) -> HttpResponse:
    """The comparison; ``said`` is what was chosen before, kept as it was where it is still on the list."""
    status = refusal.status if refusal else 200
    act: dict[str, Any] = {"actor": request.actor, "negotiation_id": request.negotiation.pk, "file_id": file_id}
    try:
        found = acts.understood(**act)
    except NotReadYet:
        return redirect("received", slug=request.negotiation.slug, file_id=file_id)
    except Refusal as fault:
        if fault.status == 404:
            raise
        return shown(request, "compared/page.html", {"refusal": refusal or fault, "nothing": True}, status=fault.status)
    comparison = found.comparison
    places = _places(found)
    context = {
        "file": found.file,
        "document": found.document,
        "others": found.others,
        "base": found.base,
        "refusal": refusal,
        "paragraphs": [_paragraph(one, found, places, said) for one in comparison.paragraphs],
        "reported": [_shown(change, None, found, said) for change in comparison.about_document],
        "same": comparison.same,
        "ready": sum(1 for change in comparison.changes if change.is_attributed),
        "to_decide": sum(1 for change in comparison.changes if change.step),
        "not_understood": sum(1 for change in comparison.changes if change.kind == "not-understood"),
        "delegations": _delegations(request),
        "of_each": _of_each(comparison.changes),
        "key": said["key"] if refusal is None and said and "key" in said else new_key(),
    }
    return shown(request, "compared/page.html", context, current="desk", status=status)


def _places(found: Compared) -> dict[str, Paragraph]:
    standing = [one.id for one in found.comparison.paragraphs if not one.id.startswith("new:")]
    return {str(paragraph.pk): paragraph for paragraph in Paragraph.objects.filter(pk__in=standing)}


@dataclass(frozen=True, slots=True)
class Offered:
    """A change as it stands on the page: in words, with what was chosen of it."""

    change: Change
    said: str
    why: str
    ticked: bool
    code: str
    choices: list[tuple[str, str, bool]]
    needs: bool
    asks_for_whom: bool
    asks_which: bool


def _paragraph(
    one: ComparedParagraph, found: Compared, places: dict[str, Paragraph], said: QueryDict | None
) -> dict[str, Any]:
    return {
        "row": one,
        "paragraph": places.get(one.id),
        "later": one.id in found.later,
        "language": found.document.language,
        "words": [_with_space_apart(stretch) for stretch in differing(one.before, one.after)],
        "offers": [_shown(change, one, found, said) for change in _each_below_its_need(one.changes)],
    }


def _with_space_apart(stretch: Stretch) -> tuple[str, str, str]:
    """What it is, the white space before it, and the words: a sign is put to the words, not to the space."""
    words = stretch.text.lstrip()
    return stretch.what, stretch.text[: len(stretch.text) - len(words)], words


def _each_below_its_need(changes: tuple[Change, ...]) -> Iterator[Change]:
    """What cannot be recorded without another change stands right below it."""
    waiting = [change for change in reversed(changes) if not change.needs]
    while waiting:
        change = waiting.pop()
        yield change
        waiting.extend(later for later in reversed(changes) if later.needs == (change.id,))


def _shown(change: Change, one: ComparedParagraph | None, found: Compared, said: QueryDict | None) -> Offered:
    whom, which = change.question("delegation"), change.question("which")
    suggested = whom.suggested if whom else ""
    chosen = said.get(f"which-{change.id}", "") if said else ""
    ways = which.choices if which else ()
    choices = [(way, choice_in_words(way, change), way == (chosen or ways[0])) for way in ways]
    return Offered(
        change,
        sentence(change, found.numbers, one),
        why_in_words(change),
        _ticked(change, said, later=one is not None and one.id in found.later),
        said.get(f"for-{change.id}", "") if said else suggested,
        choices,
        bool(change.needs),
        whom is not None,
        which is not None,
    )


def _ticked(change: Change, said: QueryDict | None, *, later: bool) -> bool:
    """By default what the file alone says of paragraphs that nobody touched after it was made; then what the person chose,
    and all of the one that was asked for."""
    if change.step is None:
        return False
    if said is None:
        return change.is_attributed and not later
    asked_for = said.get("all")
    if asked_for is None:
        return change.id in said.getlist("take")
    if change.is_attributed and asked_for in ("everybody", change.code):
        return True
    return asked_for != "nobody" and change.id in said.getlist("take")


def _delegations(request: RoomRequest) -> list[tuple[str, str]]:
    """Who can be spoken for here: everybody with a seat but the observers."""
    seated = Delegation.objects.filter(participations__negotiation=request.negotiation).exclude(kind=Kind.OBSERVER)
    return [(one.code, str(one)) for one in seated.order_by("code")]


def _of_each(changes: tuple[Change, ...]) -> list[tuple[str, int]]:
    """How many changes are each delegation's alone, for ticking them together."""
    counts: dict[str, int] = {}
    for change in changes:
        if change.is_attributed and change.code:
            counts[change.code] = counts.get(change.code, 0) + 1
    return sorted(counts.items())


# ---- what was recorded


def _receipt(request: RoomRequest, file_id: UUID, seq: int) -> HttpResponse:
    """Every event that the comparison left, each with where it is to be seen."""
    act: dict[str, Any] = {"actor": request.actor, "negotiation_id": request.negotiation.pk, "file_id": file_id}
    file = receiving.received(**act)
    last = Event.objects.filter(negotiation=request.negotiation, seq=seq, kind=RECORDED).first()
    if last is None or last.payload["facts"]["file"] != str(file_id):
        raise Http404
    first, _end = last.payload["facts"]["events"]
    events = Event.objects.filter(negotiation=request.negotiation, seq__gte=first, seq__lt=seq).order_by("seq")
    listed = list(events.values("seq", "kind", "on_behalf_of", "paragraph_id"))
    touched = Paragraph.objects.filter(pk__in={event["paragraph_id"] for event in listed})
    named: dict[UUID | None, Paragraph] = {paragraph.pk: paragraph for paragraph in touched}
    otherwise = set(last.payload["facts"]["otherwise"])
    context = {
        "file": file,
        "document": file.revises,
        "last": last,
        "events": [
            event | {"said": SAID.get(event["kind"], event["kind"]), "paragraph": named.get(event["paragraph_id"])}
            for event in listed
        ],
        "otherwise": Paragraph.objects.filter(document=file.revises_id, handle__in=otherwise),
    }
    return shown(request, "compared/receipt.html", context, current="desk")
