"""What a run of text looks like, as far as it matters here: its own properties, read from one ``w:rPr``."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from documents.reading.docx.names import Element, attribute, is_on, name
from documents.reading.docx.shades import colour_of, drawn_fill, highlight_of, readable, shading_of

Properties = dict[str, Any]
Unseen = Literal["", "hidden", "web", "white", "tiny"]

_TINIEST = 2  # half-points
# Switched by each kind of style that names them, not just overridden (ISO/IEC 29500-1, 17.7.3).
TOGGLES = ("b", "bCs", "i", "iCs", "strike", "vanish")


class Look(NamedTuple):
    """A run's look. ``colour`` and ``fill`` are ``RRGGBB`` or empty; ``unseen`` is why nobody sees it, whatever it
    stands on; ``font`` is the name of its font."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    raised: bool = False
    colour: str = ""
    fill: str = ""
    font: str = ""
    unseen: Unseen = ""

    def unseen_on(self, ground: str) -> Unseen:
        """Why nobody sees it on a ground of this colour; empty where everybody does."""
        return self.unseen or ("" if readable(self.colour, self.fill or ground) else "white")


PLAIN = Look()


def properties(rpr: Element | None) -> Properties:
    """The properties that one ``w:rPr`` sets."""
    found: Properties = {}
    if rpr is not None:
        for one in rpr:
            if (reader := _READERS.get(one.tag)) is not None:
                found[reader[0]] = reader[1](one)
    return found


def look_of(said: Properties) -> Look:
    """The look that these properties, with all styles in them, come to."""
    get = said.get
    other_way = get("rtl") or get("cs")  # scripts from right to left have their own bold, italic and size
    return Look(
        bool(get("bCs" if other_way else "b")),
        bool(get("iCs" if other_way else "i")),
        bool(get("u")),
        bool(get("strike") or get("dstrike")),
        get("vertAlign") == "superscript",
        get("textFill") or get("color", ""),
        get("highlight") or get("shd", ""),
        get("rFonts", ""),
        _unseen(said, "szCs" if other_way else "sz"),
    )


def _unseen(said: Properties, size: str) -> Unseen:
    if said.get("vanish") or said.get("specVanish"):
        return "hidden"
    if said.get("webHidden"):
        return "web"
    if said.get("textFill") == "":
        return "white"
    return "tiny" if said.get(size, 24) <= _TINIEST else ""


def _size(element: Element) -> float:
    try:
        return float(attribute(element).removesuffix("pt")) * (2 if attribute(element).endswith("pt") else 1)
    except ValueError:
        return 24


def _font(element: Element) -> str:
    return attribute(element, name("w:ascii")) or attribute(element, name("w:hAnsi"))


_VALUES: dict[str, Callable[[Element], Any]] = {
    **dict.fromkeys((*TOGGLES, "dstrike", "webHidden", "specVanish", "rtl", "cs", "u"), is_on),
    "color": colour_of,
    "highlight": highlight_of,
    "shd": shading_of,
    "sz": _size,
    "szCs": _size,
    "vertAlign": attribute,
    "rFonts": _font,
}
_READERS: dict[Any, tuple[str, Callable[[Element], Any]]] = {
    **{name(f"w:{key}"): (key, reader) for key, reader in _VALUES.items()},
    name("w14:textFill"): ("textFill", lambda element: drawn_fill(element, "w14")),
}
