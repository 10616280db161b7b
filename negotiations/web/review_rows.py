"""One row of the review: the source at the left, what was understood at the right, and the form to correct it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from documents.notation.beside import LONGEST, Inside, Row
from documents.notation.build import build
from documents.notation.contents import ReadDocument, ReadParagraph
from documents.notation.corrections import Corrections
from documents.notation.kinds import KINDS
from documents.notation.markers import Marker
from documents.notation.questions import bracket_name, is_clean, known_origin
from documents.notation.read import Reading, Span
from documents.notation.write import Mark, pieces
from documents.rendering.html import paragraph_html, shorthand
from documents.rendering.signs import class_of_marker
from documents.rendering.source import mark, marks, pieces_of, signs_of, source_html
from negotiations.web.imports import in_words
from negotiations.web.laid import Laid
from negotiations.web.table import Table

Words = str | Promise
KIND_WORDS: dict[str, Words] = {
    "chapeau": gettext_lazy("opening words"),
    "preambular": gettext_lazy("preambular paragraph"),
    "formula": gettext_lazy("enacting words"),
    "operative": gettext_lazy("operative paragraph"),
    "item": gettext_lazy("item of a list"),
    "subitem": gettext_lazy("item of an inner list"),
    "section_heading": gettext_lazy("heading"),
    "paragraph": gettext_lazy("paragraph"),
}
ROW_WORDS: dict[str, Words] = {
    "letter": gettext_lazy("covering note"),
    "header": gettext_lazy("letterhead"),
    "status": gettext_lazy("status line"),
    "title": gettext_lazy("title"),
    "footnote": gettext_lazy("footnote"),
    "table": gettext_lazy("table"),
    "page_number": gettext_lazy("page number"),
    "running_header": gettext_lazy("running header"),
    "other": gettext_lazy("drawn line"),
}
WHAT_BECOMES: dict[str, Words] = {
    "letter": gettext_lazy("kept apart from the documents"),
    "header": gettext_lazy("kept with the document, no wording"),
    "status": gettext_lazy("begins a document"),
    "page_number": gettext_lazy("no wording, left out"),
    "running_header": gettext_lazy("no wording, left out"),
    "other": gettext_lazy("no wording, left out"),
    "footnote": gettext_lazy("kept with the document"),
    "table": gettext_lazy("kept with the document"),
}
GLYPHS = {"support": "+", "oppose": "−", "tcb": "…", "keep_original": "=", "reservation": "†", "agreed": "✓"}
STANCES: dict[str, Words] = {
    "support": gettext_lazy("these words stay"),
    "oppose": gettext_lazy("these words go"),
    "tcb": gettext_lazy("will come back"),
    "keep_original": gettext_lazy("keeps the original"),
    "reservation": gettext_lazy("with a reservation"),
    "agreed": gettext_lazy("agreed ad referendum"),
    "other": gettext_lazy("says something else; kept as printed"),
}
ORIGINS: dict[str, Words] = {
    "unknown": gettext_lazy("not known"),
    "original": gettext_lazy("original wording"),
    "inserted": gettext_lazy("proposed wording"),
}
ON_CHIPS = {"unknown-delegation", "open-origin"}
"""Diagnostics that the chips of a row say already."""
MOST_BRACKETS, MOST_LINES = 100, 400
"""Brackets of a paragraph that are listed with their positions, and lines at which it can be cut."""
_NEAR = 8  # paragraphs before one that it may be an alternative to, on the form; the reader looks no farther itself
_FIRST_WORDS = 60
_LONG_BRACKET = 48


@dataclass(frozen=True, slots=True)
class View:
    """What the rows of one part are shown with."""

    laid: Laid
    part: int
    table: Table
    said: Corrections

    @property
    def document(self) -> ReadDocument | None:
        return self.laid.document(self.part)


def row_view(view: View, row: Row, *, typed: Mapping[str, str] | None = None, fault: str = "") -> dict[str, Any]:
    """Everything that the template of a row shows; ``typed`` and ``fault`` are of a form that was refused."""
    source = view.laid.package.source
    shown: dict[str, Any] = {
        "at": row.at,
        "kind": row.kind,
        "said": ROW_WORDS.get(row.kind, ""),
        "becomes": WHAT_BECOMES.get(row.kind, ""),
        "goes_on": row.goes_on,
        "faults": [
            {"said": in_words(found.code), "row": found}
            for found in view.laid.noticed_of(view.part, row)
            if found.code not in ON_CHIPS
        ],
        "fault": fault,
    }
    document = view.document
    signs: Iterable[Any] = ()
    if document is not None and row.kind == "paragraph":
        paragraph = document.paragraphs[row.index]
        names = _names(paragraph.src[0], paragraph.reading)
        if len(paragraph.reading.text) <= LONGEST and _has_signs(paragraph.reading):
            signs = signs_of(source, pieces_of(row, paragraph.src), paragraph.reading, names)
        if not row.goes_on:
            shown["p"] = _paragraph(view, row, paragraph, names, typed or {})
    elif document is not None and row.kind == "footnote":
        reading = document.footnotes[row.index].reading
        signs = signs_of(source, [row.src], reading, _names(row.at, reading))
        shown["html"] = _html(reading, None, f"{row.at}")
    elif document is not None and row.kind == "table":
        shown["cells"] = _cells(document, row)
    elif row.kind == "title" and document is not None:
        shown["text"] = document.title
    elif row.kind == "status" and document is not None:
        shown["text"] = document.status_line
    shown["inside"] = [_inside(document, thing) for thing in row.inside] if document is not None else []
    shown["source"] = source_html(view.laid.beside, row, signs)
    return shown


def _has_signs(reading: Reading) -> bool:
    return bool(reading.spans or reading.markers or reading.orphans)


def _names(at: int, reading: Reading) -> list[str]:
    return [f"{at}-{number}" for number in range(1, len(reading.spans) + 1)]


def _inside(document: ReadDocument, thing: Inside) -> dict[str, Any]:
    shown: dict[str, Any] = {"said": ROW_WORDS.get(thing.kind, thing.kind), "becomes": WHAT_BECOMES.get(thing.kind, "")}
    if thing.kind == "footnote":
        shown["html"] = _html(document.footnotes[thing.index].reading, None, f"{thing.src[0]}")
    elif thing.kind != "table":
        shown["text"] = document.artefacts[thing.index].text if thing.kind != "paragraph" else ""
    return shown


def _cells(document: ReadDocument, row: Row) -> list[list[SafeString]]:
    table = document.tables[row.index]
    return [
        [_html(cell, None, f"{row.at}-{down}-{across}") for across, cell in enumerate(cells)]
        for down, cells in enumerate(table.rows)
    ]


# ---- a paragraph


def _paragraph(
    view: View, row: Row, paragraph: ReadParagraph, names: Sequence[str], typed: Mapping[str, str]
) -> dict[str, Any]:
    assert view.laid.parts[view.part].document is not None
    handles = view.laid.handles(view.laid.parts[view.part].document or 0)
    handle = handles[row.index]
    reading = paragraph.reading
    clean = is_clean(paragraph)
    base = paragraph.alternative_to
    long = len(reading.text) > LONGEST
    return {
        "row": paragraph,
        "handle": handle,
        "kind": KIND_WORDS[paragraph.kind],
        "html": "" if long else _html(reading, paragraph.label, f"{paragraph.src[0]}", handle),
        "long": len(reading.text) if long else 0,
        "more_brackets": max(0, len(reading.spans) - MOST_BRACKETS),
        "brackets": [
            _bracket(view, paragraph, span, number, shorthand(f"{handle}.{number}"), name)
            for number, (span, name) in enumerate(zip(reading.spans[:MOST_BRACKETS], names, strict=False), start=1)
        ],
        "whole": _chips(view, reading.markers[:MOST_BRACKETS]),
        "orphans": _chips(view, reading.orphans[:MOST_BRACKETS]),
        "replaces": handles[base] if base is not None else "",
        "clean": clean,
        "bold": _bold(paragraph),
        "decided": decided_here(view.said, paragraph),
        "form": _form(view, row, paragraph, handles, typed),
    }


def _html(reading: Reading, label: str | None, name: str, handle: str = "") -> SafeString:
    """The text as it will print; its brackets lead to the same ones in the source."""
    ids = iter(_names_for(name, len(reading.spans)))
    built = build(reading, label, lambda: next(ids))
    printed: dict[str | None, list[Mark]] = defaultdict(list)
    for one in built.printed:
        printed[one.target].append(mark(one.marker, (one.place,)))
    numbers = {id_: f"{handle}.{at}" for at, id_ in enumerate(built.brackets, start=1)} if handle else {}
    return paragraph_html(list(pieces(built.tree, printed)), numbers=numbers, card_href=lambda id_: f"#s-{id_}")


def _names_for(name: str, count: int) -> list[str]:
    return [f"{name}-{number}" for number in range(1, count + 1)]


def _bracket(view: View, paragraph: ReadParagraph, span: Span, number: int, shown_as: str, name: str) -> dict[str, Any]:
    words = paragraph.reading.text[span.open + 1 : span.close].strip()
    return {
        "number": shown_as,
        "id": name,
        "words": words if len(words) <= _LONG_BRACKET else words[:_LONG_BRACKET].rstrip() + " …",
        "chips": _chips(view, span.markers),
        "field": f"origin-{number}",
        "origins": _origins(known_origin(span), get_language()),
        "origin_said": _origin_said(span),
        "tracked": span.tracked,
        "name": bracket_name(paragraph, number),
    }


def _origin_said(span: Span) -> Words:
    """What is known of the words; that nothing is matters only where somebody wants them to go."""
    if (known := known_origin(span)) != "unknown":
        return ORIGINS[known]
    opposed = any(marker.stance == "oppose" for marker in span.markers)
    return gettext_lazy("original or proposed: not known") if opposed else ""


def _chips(view: View, markers: Iterable[Marker]) -> list[dict[str, Any]]:
    """Each position: its sign, its code as printed, and the delegation that the code is taken for."""
    found = []
    for marker in markers:
        code = marker.delegation or ""
        house = view.said.codes.get(code) or (view.table.knows(code) if code else "")
        found.append(
            {
                "class": class_of_marker(marks([marker])),
                "glyph": GLYPHS.get(marker.stance, "?"),
                "code": code,
                "house": house,
                "unknown": bool(code) and not house,
                "said": STANCES.get(marker.stance, marker.stance),
                "words": marker.words,
            }
        )
    return found


def _bold(paragraph: ReadParagraph) -> str:
    if paragraph.bold is None:
        return ""
    if paragraph.bold == "mixed":
        return _("partly bold")
    return _("bold") if paragraph.bold else ""


def decided_here(said: Corrections, paragraph: ReadParagraph) -> bool:
    """Whether a person decided anything about a paragraph or a line of it."""
    start, end = paragraph.src
    by_place = (said.paragraphs, said.documents, said.kinds, said.labels, said.bases)
    if start in said.agreed or any(start <= at < end for places in by_place for at in places):
        return True
    return any(bracket_name(paragraph, at + 1) in said.origins for at in range(len(paragraph.reading.spans)))


# ---- the form of a paragraph


def _form(
    view: View, row: Row, paragraph: ReadParagraph, handles: Sequence[str], typed: Mapping[str, str]
) -> dict[str, Any]:
    document = view.document
    assert document is not None
    return {
        "kinds": _kinds(typed.get("kind", paragraph.kind), get_language()),
        "label": typed.get("label", paragraph.label or ""),
        "bases": _bases(document, row.index, handles, typed.get("base")),
        "lines": _lines(view, paragraph, typed.get("line")),
        "agreed": typed.get("agreed") == "on" if typed else paragraph.agreed,
        "first": row.index == 0,
    }


def _options(choices: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    """The options of a select. Written here since a page has thousands, and a template takes ten times as long."""
    made = (
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(said)}</option>'
        for value, said in choices
    )
    return SafeString("".join(made))  # each value is a number or a word of ours, each text is escaped


@lru_cache(maxsize=64)
def _kinds(chosen: str, language: str | None) -> SafeString:
    return _options([(kind, KIND_WORDS[kind]) for kind in KINDS], chosen)


@lru_cache(maxsize=16)
def _origins(chosen: str, language: str | None) -> SafeString:
    return _options(ORIGINS.items(), chosen)


def _bases(document: ReadDocument, index: int, handles: Sequence[str], typed: str | None) -> SafeString:
    """The paragraphs that this one could be an alternative to: those shortly before it, and the one it is read as."""
    base = document.paragraphs[index].alternative_to
    near = [at for at in range(max(0, index - _NEAR), index) if document.paragraphs[at].kind != "section_heading"]
    if base is not None and base not in near:
        near.insert(0, base)
    chosen = typed if typed is not None else "" if base is None else str(document.paragraphs[base].src[0])
    in_place_of = _("in the place of %(handle)s")
    return _options(
        [(str(document.paragraphs[at].src[0]), in_place_of % {"handle": handles[at]}) for at in near], chosen
    )


def _lines(view: View, paragraph: ReadParagraph, typed: str | None) -> SafeString:
    """The lines of a paragraph but the first: where another one could begin."""
    beside = view.laid.beside
    lines = beside.lines_of(paragraph.src)[1 : MOST_LINES + 1]
    said = (f"{beside.numbers[line]}: {beside.lines.texts[line][:_FIRST_WORDS]}" for line in lines)
    return _options(zip((str(beside.lines.starts[line]) for line in lines), said, strict=True), typed)
