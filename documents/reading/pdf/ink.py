"""Whether words can be seen: the page is drawn once, small, and looked at where the words should be.

Only so is it known of what else a file can do to a word: a picture or a bar over it, a path that clips it, a layer
that is switched off, the colour of the ground.
"""

import ctypes
from typing import Any

import pypdfium2.raw as raw

from documents.reading.pdf.frame import Frame

_LONGEST = 1400  # pixels; longer pages are drawn smaller
_SHORTEST = 8
_LEAST = 14  # of 255: less contrast than this nobody sees
_LIGHT = 225  # of 255: a colour that is seen only on a ground that is darker
_WHITE = 0xFFFFFFFF


class Ink:
    """A page as drawn, four bytes a pixel."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self.scale = min(1.0, _LONGEST / max(frame.width, frame.height, 1.0))
        self.width = max(_SHORTEST, round(frame.width * self.scale))
        self.height = max(_SHORTEST, round(frame.height * self.scale))
        self.stride = self.width * 4
        self.pixels = _drawn(page, self.width, self.height)

    def shows(self, left: float, right: float, y: float, size: float, colour: tuple[int, int, int] | None) -> bool:
        """Whether there is something to see where a word stands on the base line ``y``; a word of light colour needs a
        darker ground."""
        first = max(0, int((self.height / self.scale - y - size * 0.8) * self.scale))
        last = min(self.height, int((self.height / self.scale - y + size * 0.25) * self.scale) + 1)
        start, end = max(0, int(left * self.scale)), min(self.width, int(right * self.scale) + 1)
        if start >= end or first >= last:
            return False
        light = colour is not None and min(colour) >= _LIGHT
        if light:
            return self._has_ground(start, end, first, last, min(colour or ()))
        return any(self._has_contrast(start, end, first, last, channel) for channel in (1, 2, 0))

    def _has_contrast(self, start: int, end: int, first: int, last: int, channel: int) -> bool:
        least, most = 255, 0
        for row in range(first, last):
            at = row * self.stride + channel
            strip = self.pixels[at + start * 4 : at + end * 4 : 4]
            least, most = min(least, min(strip)), max(most, max(strip))
            if most - least >= _LEAST:
                return True
        return False

    def _has_ground(self, start: int, end: int, first: int, last: int, colour: int) -> bool:
        seen: list[int] = []
        for row in range(first, last):
            at = row * self.stride
            strip = self.pixels[at + start * 4 : at + end * 4]
            seen += map(min, strip[0::4], strip[1::4], strip[2::4])
        seen.sort()
        return colour - seen[len(seen) // 2] >= _LEAST


def _drawn(page: Any, width: int, height: int) -> bytes:
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGRx, None, width * 4)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_NO_NATIVETEXT)
        size = raw.FPDFBitmap_GetStride(bitmap) * height
        return ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
