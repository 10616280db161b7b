"""Where things stand on a page as it is shown: its box, and the quarter turns by which it is turned."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

_LARGEST = 200_000.0  # points; what is larger is a damaged number


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a page that is seen, in the file's own coordinates, and its quarter turns (clockwise)."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """As shown, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A place of the file as a place on the page that is shown."""
        match self.turns:
            case 1:
                return y - self.bottom, self.right - x
            case 2:
                return self.right - x, self.top - y
            case 3:
                return self.top - y, x - self.left
            case _:
                return x - self.left, y - self.bottom

    def heading(self, a: float, b: float) -> int:
        """The direction in which a text runs, in degrees from left to right, counter-clockwise, as shown: whole steps
        of 15, since scans are never quite straight."""
        degrees = math.degrees(math.atan2(b, a)) - 90 * self.turns
        return round(degrees / 15) * 15 % 360


def frame_of(page: Any) -> Frame:
    """The frame of a page; that of a sheet of A4 where the file gives none that can be."""
    box = raw.FS_RECTF()
    turns = raw.FPDFPage_GetRotation(page) % 4
    if raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        sides = (box.left, box.bottom, box.right, box.top)
        if all(abs(side) < _LARGEST for side in sides) and box.right > box.left and box.top > box.bottom:
            return Frame(*sides, turns)
    return Frame(0.0, 0.0, 595.0, 842.0, turns)


def along(degrees: int, x: float, y: float) -> tuple[float, float]:
    """A place on the page, turned so that a text that runs at ``degrees`` runs from left to right."""
    turn = math.radians(-degrees)
    return x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
