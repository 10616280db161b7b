"""The characters that nobody sees, or that are not what they look like, class by class, as Unicode lists them."""

import sys
import unicodedata
from collections.abc import Iterator

CLASSES = {
    "format": [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Cf"],
    "control": [sign for sign in map(chr, range(0x100)) if unicodedata.category(sign) == "Cc" and sign != "\n"],
    "variation selector": [
        unicodedata.lookup(f"VARIATION SELECTOR-{n}") if n > 16 else chr(0xFDFF + n) for n in range(1, 257)
    ],
    "Mongolian variation selector": list("\u180b\u180c\u180d\u180f"),
    "joiner and filler": list("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"),
    "blank": list("\u2800\ufffc\ufffd\U0001d159"),
    "separator": list("\u2028\u2029"),
    "look-alike space": [
        sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) == "Zs" and sign != " "
    ],
    "private use": ["\ue000", "\uf8ff", "\U000f0000", "\U0010fffd"],
    "surrogate": ["\ud800", "\udfff"],
    "means nothing": ["\u0378", "\ufdd0", "\uffff", "\U000e0080", "\U0003fffe", "\U0010ffff"],
    "enclosing mark": [sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) == "Me"],
}


def hidden() -> Iterator[str]:
    """All of them."""
    for signs in CLASSES.values():
        yield from signs
