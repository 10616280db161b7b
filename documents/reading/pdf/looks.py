"""What the text objects of a page look like: size, weight, colour, direction. Asked once for each object."""

import ctypes
import math
import re
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as raw

from documents.reading.pdf import pdfium
from documents.reading.pdf.frame import Frame
from documents.reading.pdf.pdfium import Handle

_BOLD = re.compile(r"bold|black|heavy|semi(?!cond|exp|ital|mono|sans|serif)|demi(?!cond)", re.IGNORECASE)
_BOLD_WEIGHT = 600
_DRAWS_NOTHING = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class Look(NamedTuple):
    """The look of one text object. ``size`` is that of its letters as shown, in points; ``heading`` the direction in
    which it runs, in degrees; ``colour`` None where it is filled with no plain colour."""

    size: float
    bold: bool
    heading: int
    is_drawn: bool
    colour: tuple[int, int, int] | None
    font: Handle


@dataclass(slots=True)
class Looks:
    """Looks of one page's text objects; ``bold_fonts`` is kept for the whole file."""

    text: Handle
    frame: Frame
    bold_fonts: dict[Handle, bool]
    _known: dict[Handle, Look] = field(default_factory=dict)

    def of(self, handle: Handle, at: int) -> Look:
        """The look of the object that prints the character at ``at``."""
        if (look := self._known.get(handle)) is None:
            look = self._known[handle] = self._asked(handle, at)
        return look

    def _asked(self, handle: Handle, at: int) -> Look:
        matrix, size = raw.FS_MATRIX(), ctypes.c_float()
        pdfium.matrix_at(self.text, at, ctypes.addressof(matrix))
        pdfium.size_of(handle, ctypes.addressof(size))
        mode, font = pdfium.render_mode(handle), pdfium.font_of(handle) or 0
        # A stroke round the letters is how a printer makes bold of a face that has none.
        stroked = mode in (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP)
        return Look(
            abs(size.value) * math.hypot(matrix.c, matrix.d),
            stroked or self._is_bold(font),
            self.frame.heading(matrix.a, matrix.b),
            mode not in _DRAWS_NOTHING,
            self._colour(at),
            font,
        )

    def _is_bold(self, font: Handle) -> bool:
        if font not in self.bold_fonts:
            name = pdfium.font_name(font) if font else ""
            heavy = bool(font) and pdfium.font_weight(font) >= _BOLD_WEIGHT
            self.bold_fonts[font] = heavy or _BOLD.search(name) is not None
        return self.bold_fonts[font]

    def _colour(self, at: int) -> tuple[int, int, int] | None:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not pdfium.colour_at(self.text, at, *map(ctypes.addressof, parts)):
            return None
        red, green, blue, _ = (part.value for part in parts)
        return red, green, blue
