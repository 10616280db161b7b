"""A paragraph as the screen shows it, and a podium version as one accessible HTML file.

Brackets and markers are real characters of the page in the printed order; elements and classes only repeat what they
say. So what is copied, searched or read aloud is the text that every other rendition has.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.notation.write import Mark, Piece
from documents.rendering.language import day, speaking
from documents.rendering.legend import Entry, legend
from documents.rendering.letterhead import letterhead
from documents.rendering.paper import version_line
from documents.rendering.printed import AGREED, PrintedDocument, PrintedParagraph, that_print
from documents.rendering.signs import class_of_marker, codes, marks_by_bracket, state_of_bracket, whole_bracket

UNBROKEN = 24
"""Up to so many characters a marker keeps to one line; a longer one (class ``long``) would run over a narrow screen."""

_PART_OF_TEXT = re.compile(r"^(?:PP|OP)(?=\d)")


def paragraph_html(
    pieces: Sequence[Piece], *, numbers: Mapping[str, str], card_href: Callable[[str], str] | None = None
) -> SafeString:
    """The inside of a paragraph's element: nested ``span.b`` for brackets, ``span.m`` for markers, text escaped.

    ``numbers`` names brackets by id (``PP5.3``, shown as 5.3). ``card_href`` gives the address of a bracket's card,
    which its opening sign then links to; without it the sign is no link. Its ``textContent`` is the printed text.
    """
    marks = marks_by_bracket(pieces)
    whole = whole_bracket(pieces)
    order = {bracket: at for at, bracket in enumerate(marks, start=1)}
    out: list[str] = []
    for piece in pieces:
        if piece.kind == "open" and piece.bracket is not None:
            classes = f"b {state_of_bracket(marks[piece.bracket])} n{order[piece.bracket]}"
            if piece.bracket == whole:
                classes += " whole"
            out.append(f'<span class="{classes}"{_who(marks[piece.bracket])}>')
            out.append(_opening(piece, numbers.get(piece.bracket), card_href))
        elif piece.kind == "close":
            out.append(f'<span class="br end">{_text(piece.text)}</span></span>')
        elif piece.kind == "marker":
            classes = f"m {class_of_marker(piece.marks)}" + (" long" if len(piece.text) > UNBROKEN else "")
            out.append(f'<span class="{classes}"{_who(piece.marks)}>{_text(piece.text)}</span>')
        else:
            out.append(_text(piece.text))
    return SafeString("".join(out))


def shorthand(number: str) -> str:
    """A bracket's number as people say it with the document before them: ``5.3`` for ``PP5.3`` (``rules.md`` 14)."""
    return _PART_OF_TEXT.sub("", number)


def _opening(piece: Piece, number: str | None, card_href: Callable[[str], str] | None) -> str:
    bracket = piece.bracket or ""
    shown = f' data-n="{escape(shorthand(number))}"' if number else ""
    name = f'class="br" id="b-{escape(bracket)}"{shown}'
    if card_href is None:
        return f"<span {name}>{_text(piece.text)}</span>"
    return f'<a {name} href="{escape(card_href(bracket))}">{_text(piece.text)}</a>'


def _who(marks: Sequence[Mark]) -> str:
    who = codes(marks)
    return f' data-who="{escape(" ".join(who))}"' if who else ""


def _text(words: str) -> str:
    # A parser makes a carriage return a line feed, unless it is written as a reference.
    return escape(words).replace("\r", "&#13;")


def render(printed: PrintedDocument) -> bytes:
    """A standalone HTML5 file in UTF-8: it loads nothing, runs nothing, and prints on A4."""
    with speaking(printed.language):
        return "\n".join(_page(printed)).encode()


def _page(printed: PrintedDocument) -> Iterator[str]:
    style = resources.files("documents.rendering").joinpath("podium.css").read_text(encoding="utf-8")
    # The file may be opened anywhere: only this one style sheet is let through, whatever a text may smuggle in.
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = printed.title.strip() or version_line(printed)
    yield "<!doctype html>"
    yield f'<html lang="{escape(printed.language)}">'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{allowed}'\">"
    yield f"<title>{escape(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>\n<body>"
    yield from _header(printed)
    yield "<main>"
    if printed.status_line.strip():
        yield f'<p class="status">{escape(printed.status_line)}</p>'
    yield f"<h1>{escape(title)}</h1>"
    for paragraph in that_print(printed):
        yield _paragraph(paragraph, printed)
    yield "</main>"
    yield from _legend(legend(printed))
    yield f'<footer><p>{escape(version_line(printed))}</p><p class="as-of">{escape(_as_of(printed))}</p></footer>'
    yield "</body>\n</html>\n"


def _header(printed: PrintedDocument) -> Iterator[str]:
    head = letterhead(printed)
    yield '<header>\n<div class="letterhead">'
    yield '<div class="organisation">' + "".join(f"<p>{escape(line)}</p>" for line in head.organisation) + "</div>"
    yield '<div class="reference">' + "".join(f"<p>{escape(line)}</p>" for line in head.reference) + "</div>"
    yield "</div>"
    yield from (f'<p class="chair">{escape(line)}</p>' for line in head.chair)
    yield "</header>"


def _paragraph(paragraph: PrintedParagraph, printed: PrintedDocument) -> str:
    tag = "h2" if paragraph.kind == "section_heading" else "p"
    classes = f"p {paragraph.kind}" + (" agreed" if paragraph.state in AGREED else "")
    language = f' lang="{escape(paragraph.language)}"' if paragraph.language != printed.language else ""
    words = paragraph_html(paragraph.pieces, numbers=printed.numbers)
    return f'<{tag} class="{escape(classes)}" id="p-{escape(paragraph.id)}"{language}>{words}</{tag}>'


def _legend(entries: Sequence[Entry]) -> Iterator[str]:
    if not entries:
        return
    yield f'<section class="legend" aria-labelledby="legend"><h2 id="legend">{escape(_("How to read this text"))}</h2>'
    yield "<dl>"
    for entry in entries:
        sample = f"<b>{escape(entry.sample)}</b>" if entry.bold else escape(entry.sample)
        yield f"<div><dt>{sample}</dt><dd>{escape(entry.meaning)}</dd></div>"
    yield "</dl></section>"


def _as_of(printed: PrintedDocument) -> str:
    return _("As of %(day)s") % {"day": day(printed.as_of)}
