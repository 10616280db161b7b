"""What stands on one page, taken from PDFium: pieces of text with their place and look.

Places are points from the lower left corner of the page as it is shown: a page that is turned is turned here.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

Range = tuple[int, int]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Sign(NamedTuple):
    """One character and where it begins and ends on its line. Letters of one ligature share a place."""

    left: float
    right: float
    text: str


@dataclass(slots=True)
class Piece:
    """Characters that one operator of the file prints on one base line, in its order.

    ``size`` is that of the font as shown, ``raised`` says that it stands above the line as a footnote's call does.
    """

    signs: list[Sign]
    y: float
    size: float
    bold: bool = False
    raised: bool = False
    spaced: bool = field(init=False)  # whether it holds a space of its own
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.right = self.signs[0].left, max(self.signs[-1].right, self.signs[0].right)
        self.spaced = any(sign.text == " " for sign in self.signs)

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)


class Hidden(NamedTuple):
    """Words that nobody sees on the page, and why: ``white``, ``invisible``, ``tiny``, ``outside``, ``covered`` or
    ``flat``."""

    why: str
    y: float
    text: str


@dataclass(slots=True)
class Page:
    """One page as shown. ``pieces`` are those that run from left to right, ``turned`` all others, by the direction in
    which they run (degrees), in places along it."""

    number: int
    width: float = 0.0
    height: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    turned: dict[int, list[Piece]] = field(default_factory=dict)
    hidden: list[Hidden] = field(default_factory=list)
    unreadable: int = 0  # characters of which the file does not say what they are
    replaced: list[tuple[str, str]] = field(default_factory=list)  # what the file says to read, and what it prints
    pictures: int = 0
    drawings: int = 0
    rules: list[Box] = field(default_factory=list)  # level strokes
    recognised: bool = False  # the text is a layer under or over a picture of the page
    is_unread: bool = False
