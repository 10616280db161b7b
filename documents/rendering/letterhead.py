"""The header lines of a document, sorted into what stands where on a printed page.

An import keeps header lines as the source printed them, without saying what they are; the shapes below are those of
the house's own papers (organisation, symbol, date, a drawn rule, the chair). A line of no known shape stays with the
organisation, so none is lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.rendering.printed import PrintedDocument

LONGEST_REFERENCE = 40
"""Characters of a symbol or a date; a longer line is neither."""

_SYMBOL = re.compile(r"(?=.*\d)\S*[^\W\d_]\S*/\S+")
_YEAR = re.compile(r"\b(1[89]|20|21)\d\d\b")
_CHAIR = re.compile(r"chair|председател|төраға", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``organisation`` stands at the left, ``reference`` (symbol, date) at the right, ``chair`` below the rule."""

    organisation: tuple[str, ...]
    reference: tuple[str, ...]
    chair: tuple[str, ...]


def letterhead(printed: PrintedDocument) -> Letterhead:
    """The header of the document; the organisation's own name where its header does not print any."""
    found = _sorted([line.strip() for line in printed.header_lines if line.strip()])
    if not found.organisation and printed.organisation.strip():
        return Letterhead((printed.organisation.strip(),), found.reference, found.chair)
    return found


def _sorted(lines: Sequence[str]) -> Letterhead:
    rule = next((at for at, line in enumerate(lines) if not any(sign.isalnum() for sign in line)), len(lines))
    organisation, reference, chair = [], [], []
    for at, line in enumerate(lines):
        if not any(sign.isalnum() for sign in line):
            continue  # a rule typed as a row of underscores: the page draws it
        if at > rule or _CHAIR.search(line):
            chair.append(line)
        elif len(line) <= LONGEST_REFERENCE and (_SYMBOL.fullmatch(line) or _YEAR.search(line)):
            reference.append(line)
        else:
            organisation.append(line)
    return Letterhead(tuple(organisation), tuple(reference), tuple(chair))
