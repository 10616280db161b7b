"""Bringing in a text: a file or pasted words, read and put on the agenda."""

from itertools import takewhile
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from delegations.models import Alias, Delegation
from documents.notation.package import Package, read_package
from documents.notation.stripping import stripped
from documents.reading.text import NotText, decode_text
from negotiations import may
from negotiations.acts import texts
from negotiations.models import Event
from negotiations.refusals import Refusal
from negotiations.web.frame import RoomRequest, in_the_room, new_key, shown

SAID = {
    "no-position": gettext_lazy("This stands where a position would, and says something else"),
    "unclosed-bracket": gettext_lazy("A square bracket is opened here and not closed in its paragraph"),
    "unopened-bracket": gettext_lazy("A square bracket is closed here and was not opened in its paragraph"),
    "unclosed-parenthesis": gettext_lazy("A parenthesis is opened here and not closed"),
    "unopened-parenthesis": gettext_lazy("A parenthesis is closed here and was not opened"),
    "unclosed-marker": gettext_lazy("This looks like a position, but its parenthesis is not closed"),
    "bracket-crosses-paragraphs": gettext_lazy("A square bracket seems to run on into another paragraph"),
    "mismatched-brackets": gettext_lazy("A bracket is closed by a sign of another kind"),
    "doubled-brackets": gettext_lazy("Two brackets stand around the same words"),
    "empty-bracket": gettext_lazy("There are no words in this bracket"),
    "empty-marker": gettext_lazy("This position names no delegation"),
    "orphan-marker": gettext_lazy("This position stands in mid-sentence, after no bracket"),
    "contradictory-stance": gettext_lazy("One delegation says two different things here"),
    "duplicate-marker": gettext_lazy("The same position is written twice"),
    "unknown-delegation": gettext_lazy("This code belongs to no delegation at this table"),
    "mixed-script-code": gettext_lazy("This code mixes letters of two alphabets that look alike"),
    "duplicate-label": gettext_lazy("Two paragraphs have this label"),
    "label-gap": gettext_lazy("A label seems to be missing before this one"),
    "invisible-characters": gettext_lazy("There are characters here that nobody sees"),
    "odd-character": gettext_lazy("There is a character here that no text should hold"),
    "mixed-script-word": gettext_lazy("This word has letters that look like those of another alphabet"),
    "look-alike-code": gettext_lazy("This code looks like that of a delegation and is written in other letters"),
    "stray-punctuation": gettext_lazy("There is a stray sign here; it is kept as it stands"),
    "footnotes-at-the-end": gettext_lazy(
        "The footnotes stand as paragraphs at the end of the document, each under its mark"
    ),
    "table-as-paragraphs": gettext_lazy(
        "There is no table here any more: each of its cells is a paragraph, row by row"
    ),
    "no-text": gettext_lazy("There is no text here"),
    "too-deep": gettext_lazy("Brackets are nested too deeply here; the innermost are kept as words"),
    "open-origin": gettext_lazy("Is this old wording that is to go, or new wording that is refused?"),
    "bis-or-rival": gettext_lazy("Is this a new paragraph, or another version of the one before it?"),
    "alternative-of": gettext_lazy("This alternative does not say which paragraph it would replace"),
    "rivals-side-by-side": gettext_lazy("Do these brackets exclude each other, or follow one another?"),
    "rivals-in-one-bracket": gettext_lazy("Rival wordings stand in one bracket; nobody's position on it is taken in"),
    "other-dialect": gettext_lazy("Delegations are named inside the brackets here, as other houses do"),
}
"""What a person reads for each code of the reader; its own sentences are for logs and files."""


def in_words(code: str) -> str:
    """A diagnostic's code as a sentence; a code without one is shown as it is, rather than left out."""
    return str(SAID.get(code, code))


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: RoomRequest) -> HttpResponse:
    """GET: the form; POST: read and import, all or nothing."""
    may.have_a_desk(request.actor)
    try:
        may.import_texts(request.actor)
    except Refusal as refusal:
        return shown(request, "imports/page.html", {"refusal": refusal, "closed": True}, status=refusal.status)
    if request.method != "POST":
        return _form(request)
    try:
        name, source = _source(request)
        package = read_package(source, known_codes=_codes(request))
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
    return _done(request, package, _whole(events))


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


def _codes(request: RoomRequest) -> list[str]:
    """Every spelling of the codes at this table; a marker with another one is reported, and kept all the same."""
    seated = Delegation.objects.filter(participations__negotiation=request.negotiation)
    aliases = Alias.objects.filter(delegation__in=seated)
    return [*seated.values_list("code", flat=True), *aliases.values_list("code", flat=True)]


def _whole(events: list[Event]) -> list[Event]:
    """The events of the whole file: a repeated request is answered with the first of them alone.

    They stand together in the ledger, and the first alone has the request's key.
    """
    first = events[0]
    later = Event.objects.filter(negotiation_id=first.negotiation_id, seq__gt=first.seq).order_by("seq")
    rest = takewhile(lambda event: event.kind == first.kind and event.key is None, later.iterator(chunk_size=10))
    return [first, *rest]


def _form(request: RoomRequest, *, fault: str = "") -> HttpResponse:
    chosen = "file" in request.FILES
    context: dict[str, Any] = {"fault": fault, "chosen": chosen, "typed": request.POST, "key": new_key()}
    context["at"] = "file" if chosen or not request.POST.get("text") else "text"
    return shown(request, "imports/page.html", context, current="desk", status=422 if fault else 200)


def lines_of(letter: str) -> list[str]:
    """A covering note to be read: its lines without the blank ones, of which a file taken out of a PDF is full."""
    return [line.strip() for line in letter.splitlines() if line.strip()]


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
    notes = [
        {"row": found._replace(excerpt=stripped(found.excerpt, keep="").text), "said": in_words(found.code)}
        for found in package.diagnostics
    ]
    context = {"read": read, "notes": notes, "letter": lines_of(package.letter or "")}
    return shown(request, "imports/done.html", context, current="desk")
