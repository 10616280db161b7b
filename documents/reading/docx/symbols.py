"""Letters of symbol fonts: those that have a plain character of their own, brought to it."""

import re

_SHIFT = 0xF000  # where Word keeps the letters of a symbol font
PRIVATE = re.compile("[\uf000-\uf0ff]")
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xA7: "♣", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xC6: "∅", 0xCE: "∈", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
_GREEK = dict(
    zip(
        map(ord, "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw"),
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
# Figures and the commonest signs stand in the symbol font where they stand in every other.
_PLAIN = {code: chr(code) for code in (*range(0x30, 0x3A), *map(ord, " !%()+,./:;<=>?[]{|}_"))}
_FONTS = {"symbol": {**_PLAIN, **_SYMBOL, **_GREEK}, "wingdings": _WINGDINGS}


def plain_symbol(code: int, font: str) -> str | None:
    """The plain character for a letter of a symbol font; None where there is none.

    >>> plain_symbol(0xF0B7, "Symbol"), plain_symbol(0xFC, "Wingdings")
    ('•', '✓')
    """
    letters = _FONTS.get(font.casefold())
    if letters is None:
        return chr(code) if 0x20 <= code < 0xD800 or 0xF100 <= code <= 0xFFFD else None
    return letters.get(code - _SHIFT if code >= _SHIFT else code)
