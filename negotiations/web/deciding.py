"""The forms of the review, turned into decisions about a reading. What a decision does is said in ``corrections.py``."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from documents.notation.build import starts_with_label
from documents.notation.contents import ReadDocument, ReadParagraph
from documents.notation.corrections import ORIGINS, Corrections
from documents.notation.dialects import DIALECTS
from documents.notation.kinds import KINDS
from documents.notation.questions import bold_of, bracket_name, is_clean, known_origin, only_opposed
from negotiations.web.laid import Laid

LONGEST_NAME = 200


class NotDecided(ValueError):
    """What was typed cannot be decided so; the message is for the person who typed it."""


def decide(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """The decisions with the one that the form makes. Raises NotDecided; KeyError for a form that is none of ours."""
    return FORMS[form.get("what", "")](said, laid, form)


# ---- the whole file


def _codes(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """What each code that was listed is; a code that nothing prints any more is passed over."""
    listed = zip(form.getlist("code"), form.getlist("delegation"), strict=False)
    return replace(said, codes={**said.codes, **{code: house for code, house in listed if code in laid.codes}})


def _strip(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    return replace(said, strip=form.get("strip") == "on")


def _dialect(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """How this house writes positions; the whole file is read so."""
    if (chosen := form.get("dialect", "")) not in DIALECTS:
        raise NotDecided(_("Choose one of the ways in which houses write positions."))
    return replace(said, dialect=chosen)


# ---- a document


def _name(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    name = " ".join(form.get("name", "").split())
    if not name:
        raise NotDecided(_("A document needs a name: people choose it from a list."))
    if len(name) > LONGEST_NAME:
        raise NotDecided(_("A name has up to %(n)s characters.") % {"n": LONGEST_NAME})
    return replace(said, names={**said.names, _document(laid, form).begins: name})


def _join_document(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    document = _document(laid, form)
    if document is laid.package.documents[0]:
        raise NotDecided(_("This is the first document: there is none before it."))
    return replace(said, documents={**said.documents, document.begins: False})


def _documents_as_read(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    return replace(said, documents={})


def _bold_is_agreed(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    return replace(said, agreed=said.agreed | frozenset(bold_of(_document(laid, form)).clean))


def _none_is_agreed(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    places = {paragraph.src[0] for paragraph in _document(laid, form).paragraphs}
    return replace(said, agreed=said.agreed - places)


def _opposed_is_original(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    return replace(said, origins={**said.origins, **dict.fromkeys(only_opposed(_document(laid, form)), "original")})


def _origins_as_read(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    ours = set(only_opposed(_document(laid, form)))
    return replace(said, origins={name: origin for name, origin in said.origins.items() if name not in ours})


def _document(laid: Laid, form: QueryDict) -> ReadDocument:
    begins = _number(form, "document")
    for document in laid.package.documents:
        if document.begins == begins:
            return document
    raise NotDecided(_("This document begins elsewhere by now. Look at it again."))


# ---- a paragraph


def _paragraph(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """Kind, label, relation, agreement and origins in one form; what is as it was read before is no decision."""
    document, paragraph = _found(laid, form)
    at, kind = paragraph.src[0], form.get("kind", paragraph.kind)
    if kind != paragraph.kind and kind in KINDS:
        said = replace(said, kinds={**said.kinds, at: kind})
    label = form.get("label", paragraph.label or "").strip()
    if label != (paragraph.label or ""):
        if label and not starts_with_label(paragraph.reading.text, label):
            raise NotDecided(
                _("The paragraph does not begin with “%(label)s”. A label is printed, so it must stand there.")
                % {"label": label}
            )
        said = replace(said, labels={**said.labels, at: label})
    said = _relation(said, document, paragraph, form)
    said = _agreement(said, paragraph, form)
    return _origins(said, paragraph, form)


def _relation(said: Corrections, document: ReadDocument, paragraph: ReadParagraph, form: QueryDict) -> Corrections:
    was = None if paragraph.alternative_to is None else document.paragraphs[paragraph.alternative_to].src[0]
    typed = form.get("base", "" if was is None else str(was))
    base = int(typed) if typed.isdecimal() else None
    if base == was:
        return said
    if base is not None and base not in {other.src[0] for other in document.paragraphs if other is not paragraph}:
        raise NotDecided(_("The paragraph that it would replace is not in this document."))
    return replace(said, bases={**said.bases, paragraph.src[0]: base})


def _agreement(said: Corrections, paragraph: ReadParagraph, form: QueryDict) -> Corrections:
    at = paragraph.src[0]
    if form.get("agreed") != "on":
        return replace(said, agreed=said.agreed - {at})
    if not is_clean(paragraph):
        raise NotDecided(_("Only a paragraph without brackets and positions can come in as agreed."))
    return replace(said, agreed=said.agreed | {at})


def _origins(said: Corrections, paragraph: ReadParagraph, form: QueryDict) -> Corrections:
    found = {}
    for number, span in enumerate(paragraph.reading.spans, start=1):
        origin = form.get(f"origin-{number}", "")
        if origin in ORIGINS and origin != known_origin(span):
            found[bracket_name(paragraph, number)] = origin
    return replace(said, origins={**said.origins, **found}) if found else said


def _goes_on(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """The paragraph belongs to the one before it."""
    document, paragraph = _found(laid, form)
    if paragraph is document.paragraphs[0]:
        raise NotDecided(_("This is the first paragraph of its document: there is none before it."))
    return replace(said, paragraphs={**said.paragraphs, _line_of(laid, paragraph): False})


def _begins_at(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """A paragraph begins with a line in the middle of this one."""
    _document, paragraph = _found(laid, form)
    line = _number(form, "line")
    lines = laid.beside.lines_of(paragraph.src)[1:]
    if line not in {laid.beside.lines.starts[at] for at in lines}:
        raise NotDecided(_("Choose the line that the new paragraph begins with."))
    return replace(said, paragraphs={**said.paragraphs, line: True})


def _document_begins(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    _document, paragraph = _found(laid, form)
    return replace(said, documents={**said.documents, _line_of(laid, paragraph): True})


def _as_read(said: Corrections, laid: Laid, form: QueryDict) -> Corrections:
    """Everything that was decided about a paragraph and the lines in it is taken back."""
    _document, paragraph = _found(laid, form)
    start, end = paragraph.src
    names = {bracket_name(paragraph, at + 1) for at in range(len(paragraph.reading.spans))}
    return replace(
        said,
        paragraphs=_outside(said.paragraphs, start, end),
        documents=_outside(said.documents, start, end),
        kinds=_outside(said.kinds, start, end),
        labels=_outside(said.labels, start, end),
        bases=_outside(said.bases, start, end),
        origins={name: origin for name, origin in said.origins.items() if name not in names},
        agreed=said.agreed - {start},
    )


def _outside(decided: Mapping[int, Any], start: int, end: int) -> dict[int, Any]:
    return {at: value for at, value in decided.items() if not start <= at < end}


def _found(laid: Laid, form: QueryDict) -> tuple[ReadDocument, ReadParagraph]:
    """The paragraph that the form is about. Raises NotDecided where another decision has moved it."""
    at = _number(form, "at")
    document = laid.document(laid.beside.part_at(at))
    for paragraph in document.paragraphs if document is not None else ():
        if paragraph.src[0] == at and document is not None:
            return document, paragraph
    raise NotDecided(_("This paragraph begins elsewhere by now. Look at it again."))


def _line_of(laid: Laid, paragraph: ReadParagraph) -> int:
    """The place by which the reading knows a paragraph's first line: characters that nobody sees may stand before it."""
    starts = laid.beside.lines.starts
    return starts[bisect_left(starts, paragraph.src[0])]


def _number(form: QueryDict, name: str) -> int:
    typed = form.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 12 else -1


FORMS: dict[str, Callable[[Corrections, Laid, QueryDict], Corrections]] = {
    "codes": _codes,
    "strip": _strip,
    "dialect": _dialect,
    "name": _name,
    "join-document": _join_document,
    "documents-as-read": _documents_as_read,
    "bold-is-agreed": _bold_is_agreed,
    "none-is-agreed": _none_is_agreed,
    "opposed-is-original": _opposed_is_original,
    "origins-as-read": _origins_as_read,
    "paragraph": _paragraph,
    "goes-on": _goes_on,
    "begins-at": _begins_at,
    "document-begins": _document_begins,
    "as-read": _as_read,
}
"""What each form decides, by the value of its button."""
OF_A_ROW = {"paragraph", "as-read"}
"""Forms of one row; of these, ``paragraph`` changes nothing but its row."""
