"""Colours as Word names them, and whether one can be read upon another. A colour is ``RRGGBB``; empty is *automatic*."""

import re
from functools import lru_cache

from documents.reading.docx.names import Element, attribute, child, name

WHITE = "FFFFFF"
UNKNOWN = "?"
"""A ground of which only is known that it is not plain: a picture, a gradient, a style that shades some cells."""

_HEX = re.compile("[0-9A-F]{6}")
_LEAST_CONTRAST = 1.15  # white on white is 1, the palest grey that people print is 1.4
_LIGHT = ("background1", "light1", "bg1", "lt1")
_DARK = ("text1", "dark1", "tx1", "dk1")
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000",
    "white": WHITE, "yellow": "FFFF00",
}  # fmt: skip
_THEME_FILL, _FILL, _COLOR = name("w:themeFill"), name("w:fill"), name("w:color")
_THEME_COLOR, _THEME_SHADE = name("w:themeColor"), name("w:themeShade")


def colour_of(element: Element) -> str:
    """The colour of a ``w:color``. Word takes the theme's before the one that is written out."""
    return _themed(attribute(element, _THEME_COLOR), attribute(element, _THEME_SHADE), attribute(element))


def highlight_of(element: Element) -> str:
    """The colour of a ``w:highlight``; empty for none."""
    return _HIGHLIGHTS.get(attribute(element), "")


def shading_of(element: Element | None) -> str:
    """The colour of a ``w:shd``; empty for none."""
    if element is None or (pattern := attribute(element)) in ("nil", "none"):
        return ""
    fill = _themed(
        attribute(element, _THEME_FILL), attribute(element, name("w:themeFillShade")), attribute(element, _FILL)
    )
    if pattern == "solid":
        return _themed("", "", attribute(element, _COLOR)) or "000000"
    share = pattern.removeprefix("pct")
    if pattern != share and share.isdecimal():
        return _mixed(_themed("", "", attribute(element, _COLOR)) or "000000", fill or WHITE, int(share) / 100)
    return fill


def drawn_fill(fills: Element | None, prefix: str = "a") -> str:
    """What a shape (or a text effect) of DrawingML is filled with; empty for nothing, UNKNOWN for no plain colour."""
    if fills is None or fills.find(name(f"{prefix}:noFill")) is not None:
        return ""
    if (solid := fills.find(name(f"{prefix}:solidFill"))) is None:
        return UNKNOWN if len(fills) else ""
    key = name("w14:val") if prefix == "w14" else "val"
    if (said := child(solid, name(f"{prefix}:srgbClr"))) is not None:
        return _themed("", "", attribute(said, key)) or UNKNOWN
    said = child(solid, name(f"{prefix}:schemeClr"))
    return _themed(attribute(said, key), "" if said is None or not len(said) else "?", "") or UNKNOWN


@lru_cache(maxsize=1024)
def readable(colour: str, ground: str) -> bool:
    """Whether text of this colour shows upon this ground."""
    if not colour or ground == UNKNOWN or colour == UNKNOWN:
        return True
    bright, dark = sorted((_luminance(colour), _luminance(ground or WHITE)), reverse=True)
    return (bright + 0.05) / (dark + 0.05) >= _LEAST_CONTRAST


def _themed(theme: str, shade: str, written: str) -> str:
    if theme in _LIGHT and not shade:
        return WHITE
    if theme in _DARK and not shade:
        return "000000"
    written = written.upper()
    return written if _HEX.fullmatch(written) else ""


def _luminance(colour: str) -> float:
    """As the Web Content Accessibility Guidelines reckon it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)
