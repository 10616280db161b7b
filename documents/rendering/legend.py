"""The printed legend: one sentence for each form of the notation that occurs in the document, and for no other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.rendering.printed import AGREED, PrintedDocument, that_print
from documents.rendering.signs import marks_by_bracket


@dataclass(frozen=True, slots=True)
class Entry:
    """A form as it prints (``bold`` if that is the form) and what it means."""

    sample: str
    meaning: str
    bold: bool = False


def legend(printed: PrintedDocument) -> list[Entry]:
    """The entries for this document, in the language now spoken (see :func:`..language.speaking`)."""
    forms = set(_forms(printed))
    return [entry for form, entry in _entries() if form in forms]


def _forms(printed: PrintedDocument) -> Iterator[str]:
    for paragraph in that_print(printed):
        if paragraph.state in AGREED:
            yield paragraph.state
        brackets = marks_by_bracket(paragraph.pieces)
        yield from ("bracket" for _id in brackets)
        yield from ("bare" for marks in brackets.values() if not marks)
        for piece in paragraph.pieces:
            if piece.kind == "marker":
                yield from (form_of(mark.stance, reservation=mark.reservation) for mark in piece.marks)
                if piece.bracket is None:
                    yield "paragraph"


def form_of(stance: str, *, reservation: bool) -> str:
    """The form that a position prints in; ``other`` for a marker that fits no position (``rules.md`` 7)."""
    if reservation:
        return "reservation"
    if stance == "agreed":
        return "agreed_marker"
    return stance if stance in ("support", "oppose", "tcb", "keep_original") else "other"


def _entries() -> list[tuple[str, Entry]]:
    return [
        ("agreed_ad_ref", Entry(_("bold"), _("The paragraph is agreed ad referendum."), bold=True)),
        ("agreed", Entry(_("bold"), _("The paragraph is agreed."), bold=True)),
        ("bracket", Entry("[ ]", _("The wording between the brackets is not agreed."))),
        ("bare", Entry(_("[ ] without a marker"), _("No position on this bracket is on record."))),
        ("support", Entry("(+X)", _("X wants the words in the bracket before the marker to stay."))),
        (
            "reservation",
            Entry(
                _("(+X with reservation)"),
                _("X wants these words to stay and has put a caveat on record; it does not block."),
            ),
        ),
        ("oppose", Entry("(-X)", _("X wants the words in the bracket before the marker to go."))),
        (
            "tcb",
            Entry(_("(X tcb)"), _("X will come back to this. The position is pending: no support, no objection.")),
        ),
        (
            "keep_original",
            Entry(_("(X: keep original)"), _("X wants the original wording, without any of the changes.")),
        ),
        ("agreed_marker", Entry(_("(agreed ad ref)"), _("Accepted by the negotiators, subject to their capitals."))),
        ("other", Entry("(X …)", _("Printed as received; what it means for the text is still to be settled."))),
        (
            "paragraph",
            Entry("… ; (X …)", _("A marker that follows no bracket is about the whole paragraph.")),
        ),
    ]
