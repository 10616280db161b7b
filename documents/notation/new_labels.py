"""Names for paragraphs that come in between: ``PP5a`` or ``PP5 bis`` after PP5, ``PP5 altern`` for a rival of it.

A name that was given stays taken, also by a paragraph that was struck (``rules.md`` 14), so the next free one is found
among all of them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from string import ascii_lowercase
from typing import NamedTuple

_LATIN = (
    *("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies", "undecies", "duodecies"),
    *("terdecies", "quaterdecies", "quindecies", "sedecies", "septdecies", "octodecies", "novodecies", "vicies"),
)
_LETTERS = (*ascii_lowercase, *(one + two for one in ascii_lowercase for two in ascii_lowercase))
_SUFFIX = re.compile(
    rf"(?:(?<=\d)[a-z]{{1,2}}|\s(?:{'|'.join(_LATIN)})|\saltern(?:\.\s\d+)?|\salt(?:\s\d+)?|-alt\d+)+\Z"
)


class Name(NamedTuple):
    """A paragraph's label (empty where it has none) and its handle in the document."""

    label: str
    handle: str


def name_after(base: Name, taken: Collection[Name], *, latin: bool = False) -> Name:
    """The next name in the family of ``base``: PP5a, PP5b, or with ``latin`` PP5 bis, PP5 ter; holes stay holes.

    Where a letter would not be told apart from the label itself (``(a)``, ``Article``) it is Latin in any case.

    >>> name_after(Name("PP5", "PP5"), [Name("PP5a", "PP5a")])
    Name(label='PP5b', handle='PP5b')
    """
    root = Name(_root(base.label), _root(base.handle))
    by_letter = root.label or root.handle
    if latin or not by_letter[-1:].isdigit() or by_letter.startswith(_PARTS):
        return _behind_the_last([_joined(root, f" {word}") for word in _LATIN], taken)
    return _behind_the_last([_joined(root, letters) for letters in _LETTERS], taken)


def rival_name(base: Name, taken: Collection[Name]) -> Name:
    """The next free name of a paragraph that would stand in the place of ``base``: PP5 altern, PP5 altern. 2."""
    if not base.label:
        return _first_free((Name("", f"{base.handle}-alt{number}") for number in count(1)), taken)
    word = "alt" if base.label.endswith(")") else "altern"
    numbered = (f" {word}" if n == 1 else f" {word}{'. ' if word == 'altern' else ' '}{n}" for n in count(1))
    return _first_free((_joined(base, suffix) for suffix in numbered), taken)


def nameless(taken: Collection[Name]) -> Name:
    """A name for a paragraph that follows one after which nothing is counted: the next free ``¶12``."""
    return _first_free((Name("", f"¶{number}") for number in count(len(taken) + 1)), taken)


def of_one_family(one: Name, other: Name) -> bool:
    """Whether two names come from one paragraph's: PP5, PP5a, PP5b altern."""
    return _root(one.handle) == _root(other.handle)


_PARTS = ("Article", "Section", "Chapter", "Part", "Pillar", "Annex", "Appendix", "Goal", "Cluster", "Статья", "Раздел")


def _root(name: str) -> str:
    """The name without what was put behind it to set it apart; ``(a bis)`` is of ``(a)``."""
    if name.endswith(")"):
        return _root(name[:-1]) + ")"
    return _SUFFIX.sub("", name)


def _joined(root: Name, suffix: str) -> Name:
    return Name(_put(root.label, suffix) if root.label else "", _put(root.handle, suffix))


def _put(name: str, suffix: str) -> str:
    return f"{name[:-1]}{suffix})" if name.endswith(")") else name + suffix


def _behind_the_last(names: Sequence[Name], taken: Collection[Name]) -> Name:
    labels, handles = {name.label for name in taken if name.label}, {name.handle for name in taken}
    last = max((at for at, name in enumerate(names) if name.label in labels or name.handle in handles), default=-1)
    return names[last + 1]


def _first_free(names: Iterator[Name], taken: Collection[Name]) -> Name:
    labels, handles = {name.label for name in taken if name.label}, {name.handle for name in taken}
    return next(name for name in names if name.handle not in handles and (not name.label or name.label not in labels))
