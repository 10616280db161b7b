"""The page of a file that came in: its progress, its review, what became of it; and what can be done with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.models import Document
from negotiations.acts import receiving, texts
from negotiations.models import Event, ReceivedFile
from negotiations.models.received import ReceivedState
from negotiations.refusals import Refusal
from negotiations.web import review
from negotiations.web.deciding import NotDecided, decide
from negotiations.web.frame import RoomRequest, in_a_panel, in_the_room, new_key, shown
from negotiations.web.review import Review

UNDER_WAY = {ReceivedState.WAITING, ReceivedState.IMPORTING}
LONG = 1_000_000
"""Characters from which on a worker imports: nobody waits for the answer to a press of a button for so long."""


@in_the_room
@require_safe
def file_page(request: RoomRequest, file_id: UUID) -> HttpResponse:
    """By the state of the file: its progress, why it was refused, its review, or what came in with it."""
    return _page(request, _file(request, file_id))


@in_the_room
@require_POST
def correct(request: RoomRequest, file_id: UUID) -> HttpResponse:
    """One decision. For htmx the answer is the row and the head, or all of the review where rows begin elsewhere now."""
    file = _file(request, file_id)
    if file.state != ReceivedState.READ:
        return redirect(_address(request, file))
    before = Review.of(request.negotiation, file)
    try:
        said = decide(before.said, before.laid, request.POST)
        file = receiving.correct(
            actor=request.actor, negotiation_id=request.negotiation.pk, file_id=file.pk, corrections=said
        )
    except KeyError:
        raise Http404 from None
    except (NotDecided, Refusal) as fault:
        return _not_decided(request, before, str(fault))
    return _decided(request, Review.of(request.negotiation, file))


@in_the_room
@require_POST
def put_away(request: RoomRequest, file_id: UUID) -> HttpResponse:
    try:
        receiving.put_away(actor=request.actor, negotiation_id=request.negotiation.pk, file_id=file_id)
    except Refusal as refusal:
        return _page(request, _file(request, file_id), refusal)
    return redirect("import", slug=request.negotiation.slug)


@in_the_room
@require_POST
def take_in(request: RoomRequest, file_id: UUID) -> HttpResponse:
    """Import as it was decided: at once, or by a worker where the file is long."""
    file = _file(request, file_id)
    act: dict[str, Any] = {
        "actor": request.actor,
        "negotiation_id": request.negotiation.pk,
        "file_id": file.pk,
        "key": request.POST.get("key", ""),
    }
    try:
        if len(file.source) > LONG:
            texts.ask_for_import(**act)
        else:
            texts.import_received(**act)
    except Refusal as refusal:
        return _page(request, _file(request, file_id), refusal)
    return redirect(_address(request, file))


@in_the_room
@require_POST
def take_back(request: RoomRequest, file_id: UUID) -> HttpResponse:
    file = _file(request, file_id)
    try:
        texts.take_back_import(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            file_id=file.pk,
            key=request.POST.get("key", ""),
        )
    except Refusal as refusal:
        return _page(request, _file(request, file_id), refusal)
    return redirect(_address(request, file))


def _file(request: RoomRequest, file_id: UUID) -> ReceivedFile:
    return receiving.received(actor=request.actor, negotiation_id=request.negotiation.pk, file_id=file_id)


def _address(request: RoomRequest, file: ReceivedFile) -> str:
    return reverse("received", args=[request.negotiation.slug, file.pk])


# ---- the page, by the state of the file


def _page(request: RoomRequest, file: ReceivedFile, refusal: Refusal | None = None) -> HttpResponse:
    status = refusal.status if refusal else 200
    context: dict[str, Any] = {"file": file, "refusal": refusal, "key": new_key()}
    if file.state in UNDER_WAY:
        return _progress(request, context, status)
    if in_a_panel(request):  # asked by a page that waited: now there is another page to show
        return HttpResponse(status=200, headers={"HX-Refresh": "true"})
    if file.state == ReceivedState.REFUSED:
        context["advice"] = advice(file)
        return shown(request, "imports/refused.html", context, current="desk", status=status)
    if file.state == ReceivedState.IMPORTED:
        return shown(request, "imports/imported.html", context | _imported(file), current="desk", status=status)
    if file.revises_id and refusal is None and not {"review", "part"} & request.GET.keys():
        return redirect("compare", slug=request.negotiation.slug, file_id=file.pk)
    found = Review.of(request.negotiation, file)
    context |= review.page(found, _counted(request, "part"), _counted(request, "page"))
    return shown(request, "imports/review.html", context, current="desk", status=status)


def _progress(request: RoomRequest, context: dict[str, Any], status: int) -> HttpResponse:
    if in_a_panel(request):
        return render(request, "imports/_progress.html", context | {"negotiation": request.negotiation})
    return shown(request, "imports/progress.html", context, current="desk", status=status)


def _counted(request: RoomRequest, name: str) -> int:
    """A part or a page, which the address counts from 1."""
    typed = request.GET.get(name, "")
    return int(typed) - 1 if typed.isdecimal() and len(typed) < 9 else 0


def _imported(file: ReceivedFile) -> dict[str, Any]:
    events = Event.objects.filter(
        negotiation=file.negotiation_id, seq__range=(file.first_seq, file.last_seq), kind="document.imported"
    )
    facts = {str(document): facts for document, facts in events.values_list("document_id", "payload__facts")}
    documents = Document.objects.filter(pk__in=facts).order_by("agenda_item__place")
    return {
        "documents": [{"row": one, "not_agreed": facts[str(one.pk)].get("not_agreed", ())} for one in documents],
        "kept": texts.why_not_taken_back(file),
    }


def advice(file: ReceivedFile) -> str:
    """What to do about a file that was refused, by what its name says it is."""
    suffix = file.name.lower().rpartition(".")[2]
    if suffix in ("doc", "rtf", "odt", "pages"):
        return _("Open it in Word or LibreOffice, save it as a Word document (.docx), and send that.")
    if suffix == "pdf":
        return _(
            "If it is a scan, it has pictures of words and no words: ask for the Word file, or have the text recognised first. "
            "If it is protected, save it again without a password."
        )
    if suffix == "docx":
        return _("Open it in Word, save it under another name without a password, and send that.")
    if suffix == "txt":
        return _("Save it as plain text in UTF-8, and send that.")
    return _(
        "Send plain text (.txt), a Word document (.docx) or a PDF with a text layer, up to 10 MB; or paste the text."
    )


# ---- after a decision


def _decided(request: RoomRequest, found: Review) -> HttpResponse:
    place = _place(request)
    if not in_a_panel(request):
        return redirect(_address(request, found.file) + _anchor(request, found, place))
    if request.POST.get("what") == "paragraph":
        context = review.head(found) | {"r": found.row(place), "swapped": True}
        return _part(request, found, "imports/_row_and_head.html", context)
    part, page, _row = found.laid.where(place)
    return _whole(request, found, review.page(found, part, page))


def _not_decided(request: RoomRequest, found: Review, fault: str) -> HttpResponse:
    """The page again with what was typed, and why it was not decided beside it."""
    place = _place(request)
    part, page, _row = found.laid.where(place)
    about = request.POST.get("what", "")
    typed = request.POST.dict()
    if "at" in request.POST and in_a_panel(request):
        context = review.head(found) | {"r": found.row(place, typed=typed, fault=fault), "swapped": True}
        return _part(request, found, "imports/_row_and_head.html", context, status=422)
    context = review.page(found, part, page)
    if "at" in request.POST:
        at = found.laid.parts[part].rows[found.laid.where(place)[2]].at
        row = found.row(place, typed=typed, fault=fault)
        context["rows"] = [row if one["at"] == at else one for one in context["rows"]]
    context |= {"fault": fault, "about": about, "typed": typed, "fault_at": f"p-{place}" if "at" in typed else "decide"}
    if in_a_panel(request):
        return _whole(request, found, context, status=422)
    context |= {"file": found.file, "key": new_key()}
    return shown(request, "imports/review.html", context, current="desk", status=422)


def _place(request: RoomRequest) -> int:
    """Where on the review the form stood: its row, else the first row of its page."""
    typed = request.POST.get("at") or request.POST.get("document") or request.POST.get("place", "")
    return int(typed) if typed.isdecimal() and len(typed) < 12 else 0


def _anchor(request: RoomRequest, found: Review, place: int) -> str:
    """Back to the row; to the part of the page where decisions of the file or of a document are made."""
    address = found.laid.anchor(place)
    if "at" in request.POST:
        return address
    return address.partition("#")[0] + ("#document" if "document" in request.POST else "#decide")


def _whole(request: RoomRequest, found: Review, context: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = _part(request, found, "imports/_review.html", context, status)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#review", "outerHTML"
    return answer


def _part(
    request: RoomRequest, found: Review, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    room = {"negotiation": request.negotiation, "actor": request.actor, "file": found.file, "key": new_key()}
    return render(request, template, room | context, status=status)
