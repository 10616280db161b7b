"""The legend that Podium prints behind a text, which is no wording of it: a file that comes back is read without it.

``documents/rendering/legend.py`` prints it; that both agree is tried by reading our own files back.
"""

from collections.abc import Iterable
from itertools import pairwise

from documents.notation.furniture import Furniture
from documents.notation.lines import Lines

_TITLE = "How to read this text"
_FORMS = ("[ ]", "(", "bold", "…")


def legend_lines(source: str, lines: Lines) -> list[int]:
    """The lines with which a legend begins: its title, with a form of the notation behind it."""
    if _TITLE not in source:
        return []
    pairs = enumerate(pairwise(lines.texts))
    return [at for at, (title, form) in pairs if title == _TITLE and form.startswith(_FORMS)]


def legend_furniture(known: Iterable[Furniture], first: int, end: int) -> dict[int, Furniture]:
    """The lines of the legend set aside, but for the page furniture among them that is known already."""
    taken = {at for thing in known for at in range(thing.first, thing.last + 1)}
    found: dict[int, Furniture] = {}
    begins: int | None = None
    for at in range(first, end + 1):
        if at < end and at not in taken:
            begins = at if begins is None else begins
        elif begins is not None:
            found[begins] = Furniture("other", begins, at - 1)
            begins = None
    return found
