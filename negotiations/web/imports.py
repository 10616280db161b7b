"""Bringing in a text: a file or pasted words, read and put on the agenda."""

from pathlib import PurePath

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from documents.notation.package import Package, read_package
from documents.reading.text import NotText, decode_text
from negotiations import may
from negotiations.acts import texts
from negotiations.models import Event
from negotiations.refusals import Refusal
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown


@in_the_room
def upload(request: RoomRequest) -> HttpResponse:
    """GET: the form; POST: read and import, all or nothing."""
    try:
        may.import_texts(request.actor)
    except Refusal as refusal:
        return shown(request, "imports/page.html", {"refusal": refusal, "closed": True}, status=refusal.status)
    if request.method != "POST":
        return _form(request)
    try:
        name, source = _source(request)
        package = read_package(source)
        events = texts.import_package(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            package=package,
            name=name,
            key=request.POST.get("key", ""),
        )
    except NotText as fault:
        return _form(request, fault=_("This cannot be read: %(why)s.") % {"why": fault})
    except Refusal as refusal:
        return _form(request, fault=str(refusal))
    return _done(request, package, events)


def _source(request: RoomRequest) -> tuple[str, str]:
    """The name and the text that came. Raises NotText."""
    file = request.FILES.get("file")
    if file is None:
        typed = request.POST.get("text", "")
        if not typed.strip():
            raise NotText(_("no file was chosen and no text was typed"))
        return request.POST.get("name", "").strip() or _("Pasted text"), decode_text(typed.encode())
    if file.size and file.size > settings.MAX_UPLOAD_BYTES:
        raise NotText(_("the file is larger than 10 MB"))
    data = file.read()
    if not data.strip():
        raise NotText(_("the file is empty"))
    return PurePath(file.name or _("text")).stem, decode_text(data)


def _form(request: RoomRequest, *, fault: str = "") -> HttpResponse:
    context = {"fault": fault, "typed": request.POST, "key": new_key()}
    return shown(request, "imports/page.html", context, current="desk", status=422 if fault else 200)


def _done(request: RoomRequest, package: Package, events: list[Event]) -> HttpResponse:
    read = [
        {
            "id": event.document_id,
            "name": event.payload["rows"]["documents_document"][0]["name"],
            "paragraphs": len(event.payload["rows"].get("documents_paragraph", [])),
            "brackets": len(event.payload["rows"].get("negotiations_bracket", [])),
            "positions": len(event.payload["rows"].get("negotiations_position", [])),
            "unresolved": len(event.payload["rows"].get("negotiations_unresolvedmarker", [])),
        }
        for event in events
    ]
    context = {"read": read, "diagnostics": package.diagnostics, "letter": package.letter}
    return shown(request, "imports/done.html", context, current="desk")
