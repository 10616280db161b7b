"""Bringing in a text: a file or pasted words, sent to be read; and the files that came in so far."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.models import Document
from negotiations import may
from negotiations.acts import receiving
from negotiations.refusals import Refusal, TooLarge
from negotiations.web.frame import RoomRequest, in_the_room, shown

MOST_FILES = 100
"""Files on the list; older ones keep their own pages."""
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
    "hidden-text": gettext_lazy("Hidden text was set aside"),
    "comment": gettext_lazy("A comment was set aside"),
    "embedded-object": gettext_lazy("An object in the file was set aside"),
    "external-link": gettext_lazy("The address of a link was set aside; its words stay"),
    "tracked-change": gettext_lazy("A tracked change could not be read as one bracket"),
    "unread-element": gettext_lazy("The file has something here that is not read"),
    "unreadable-characters": gettext_lazy("The file does not say which letters these are"),
    "wrong-extension": gettext_lazy("The file is of another kind than its name says; it was read as what it is"),
    "struck-text": gettext_lazy("These words are struck through in the file; they are read as wording"),
    "scanned-page": gettext_lazy("This page is a picture without text; nothing of it was read"),
    "coloured-text": gettext_lazy("The file has coloured words here; colour is not read"),
    "field-code": gettext_lazy("A field of the file was read as the text it shows"),
    "formatting-change": gettext_lazy("A tracked change of formatting was passed over"),
    "nested-table": gettext_lazy("A table inside a table was read cell by cell"),
    "rotated-text": gettext_lazy("Text that is turned on the page was read where it stands"),
}
"""What a person reads for each code of the reader; its own sentences are for logs and files."""


def in_words(code: str) -> str:
    """A diagnostic's code as a sentence; a code without one is shown as it is, rather than left out."""
    return str(SAID.get(code, code))


@in_the_room
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: RoomRequest) -> HttpResponse:
    """GET: the form, and the files that came in; POST: one more comes in, and its own page shows how far it is."""
    may.have_a_desk(request.actor)
    try:
        may.import_texts(request.actor)
    except Refusal as refusal:
        return shown(request, "imports/page.html", {"refusal": refusal, "closed": True}, status=refusal.status)
    if request.method != "POST":
        return _form(request)
    try:
        name, data = _sent(request)
        file = receiving.receive(
            actor=request.actor,
            negotiation_id=request.negotiation.pk,
            name=name,
            data=data,
            language=request.POST.get("language", settings.LANGUAGE_CODE),
            revises=_revised(request),
        )
    except NothingSent as fault:
        return _form(request, fault=str(fault))
    except Refusal as refusal:
        return _form(request, fault=str(refusal), status=refusal.status)
    return redirect("received", slug=request.negotiation.slug, file_id=file.pk)


class NothingSent(ValueError):
    """The form came without a file and without a text; the message is for the person who sent it."""


def _sent(request: RoomRequest) -> tuple[str, bytes]:
    """The name and the bytes that came; a file goes before a pasted text. Raises NothingSent, TooLarge."""
    file = request.FILES.get("file")
    if file is None:
        typed = request.POST.get("text", "")
        if not typed.strip():
            raise NothingSent(_("Choose a file, or paste a text."))
        # Names end in what kind of file they are, and this one is text, whatever dots its name has.
        return (request.POST.get("name", "").strip() or _("Pasted text")) + ".txt", typed.encode()
    if file.size and file.size > settings.MAX_UPLOAD_BYTES:
        raise TooLarge(why=_("The file is larger than 10 MB."))
    return file.name or _("text"), file.read()


def _revised(request: RoomRequest) -> UUID | None:
    """The document that the file is a later state of, if it was said to be one of those that are in. Raises NothingSent."""
    chosen = request.POST.get("revises", "")
    if not chosen:
        return None
    found = next((document for document in _documents(request) if str(document.pk) == chosen), None)
    if found is None:
        raise NothingSent(_("Choose a document of this negotiation, or none."))
    return found.pk


def _documents(request: RoomRequest) -> list[Document]:
    on_agenda = Document.objects.filter(agenda_item__negotiation=request.negotiation)
    return list(on_agenda.order_by("agenda_item__place"))


def _form(request: RoomRequest, *, fault: str = "", status: int = 422) -> HttpResponse:
    chosen = "file" in request.FILES
    context: dict[str, Any] = {
        "fault": fault,
        "chosen": chosen,
        "typed": request.POST,
        "at": "file" if chosen or not request.POST.get("text") else "text",
        "languages": settings.LANGUAGES,
        "language": request.POST.get("language", settings.LANGUAGE_CODE),
        "files": _files(request),
        "documents": _documents(request),
    }
    return shown(request, "imports/page.html", context, current="desk", status=status if fault else 200)


def _files(request: RoomRequest) -> list[dict[str, Any]]:
    """The files that came in, newest first."""
    files = receiving.all_received(actor=request.actor, negotiation_id=request.negotiation.pk)
    return [{"row": file, "counts": file.counts} for file in files.select_related("received_by")[:MOST_FILES]]


def lines_of(letter: str) -> list[str]:
    """A covering note to be read: its lines without the blank ones, of which a file taken out of a PDF is full."""
    return [line.strip() for line in letter.splitlines() if line.strip()]
