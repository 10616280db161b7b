"""Labels such as ``a)`` within a paragraph: they close a parenthesis that nobody opened, and are no fault."""

import re
from functools import lru_cache

from documents.notation.labels import counts, read_label

_NEAR = 12  # characters before the sign that are enough to see a label
_LOOKS = 8  # times a paragraph that the next label is looked for
_FAR = 2000  # characters behind it in which the next label of its list is looked for
# Where a list may begin or go on, whatever its sign says.
_IN_PLACE = re.compile(
    r"(?:^|[\[［;:,.]\s?|\s(?:and|or|и|или)\s)(?:([^\W\d_])\1?|\d{1,2}|x{0,3}(?:ix|iv|vi{0,3}|i{1,3}))\s?$|"
    r"[^\W\d_]{2}[.,]?\d{1,2}$|"
    r"^[\[［\s]*(?:[PO]P|[ПО]П)[ .-]?\d{1,3}[a-zа-я]?(?:\s(?:bis|ter|alt|бис|тер|альт))?$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:^|[\s\[［])([^\W\d_]|\d{1,2}|x{0,3}(?:ix|iv|vi{0,3}|i{1,3}))$", re.IGNORECASE)
_NEXT = {"1": "2", "a": "b", "A": "B", "i": "ii", "I": "II", "а": "б", "А": "Б"}


class ListSigns:
    """The labels seen in one paragraph; ``seen`` holds the sequences and places that they have."""

    __slots__ = ("looks", "seen")

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()
        self.looks = _LOOKS

    def is_one(self, text: str, at: int) -> bool:
        """Whether the ``)`` at this place closes a label: in a place for one, or as the first or next of a list."""
        since = max(0, at - _NEAR)
        sign = _SIGN.search(text, since, at)
        places = _places(sign[1]) if sign else frozenset()
        known = any((style, place - step) in self.seen for style, place in places for step in (0, 1))
        if not known and _IN_PLACE.search(text, since, at) is None and not (sign and self._goes_on(sign[1], text, at)):
            return False
        self.seen |= places
        return True

    def _goes_on(self, sign: str, text: str, at: int) -> bool:
        """Whether the first label of a list is followed by its second. That is looked for a few times, not for ever."""
        if sign not in _NEXT or not self.looks:
            return False
        self.looks -= 1
        return re.search(rf"(?<![\w(]){_NEXT[sign]}\)", text[at : at + _FAR]) is not None


@lru_cache(maxsize=1024)
def _places(sign: str) -> frozenset[tuple[str, int]]:
    label = read_label(f"{sign}) ")
    counted = counts(label) if label else None
    return frozenset((counted[0], place) for place in counted[1]) if counted else frozenset()
