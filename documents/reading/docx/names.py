"""The names of Office Open XML: namespaces, tags, attributes. Strict files are brought to the transitional names first."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    "w": f"{_TRANSITIONAL}wordprocessingml/2006/main",
    "r": f"{_TRANSITIONAL}officeDocument/2006/relationships",
    "m": f"{_TRANSITIONAL}officeDocument/2006/math",
    "a": f"{_TRANSITIONAL}drawingml/2006/main",
    "wp": f"{_TRANSITIONAL}drawingml/2006/wordprocessingDrawing",
    "pic": f"{_TRANSITIONAL}drawingml/2006/picture",
    "c": f"{_TRANSITIONAL}drawingml/2006/chart",
    "dgm": f"{_TRANSITIONAL}drawingml/2006/diagram",
    "mc": f"{_TRANSITIONAL}markup-compatibility/2006",
    "rel": f"{_TRANSITIONAL}package/2006/relationships",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
# The strict names end without a year, and two folders are called otherwise.
_STRICT_NAMES = {
    f"{_STRICT}{PREFIXES[prefix].removeprefix(_TRANSITIONAL).replace('/2006', '')}": PREFIXES[prefix]
    for prefix in ("w", "r", "m", "a", "wp", "pic", "c", "dgm")
}


def name(short: str) -> str:
    """``w:p`` as lxml writes it."""
    prefix, local = short.split(":")
    return f"{{{PREFIXES[prefix]}}}{local}"


def names(words: str) -> frozenset[str]:
    """Several names, parted by white space."""
    return frozenset(map(name, words.split()))


VAL = name("w:val")
ID = name("w:id")
R_ID = name("r:id")
# Every kind of element whose character data are words that somebody typed.
TEXTS = names("w:t w:delText w:instrText w:delInstrText m:t a:t")
_BREAKS = names("w:tab w:br w:cr w:p a:p a:br w:tc")


def attribute(element: Element | None, key: str = VAL) -> str:
    """An attribute, ``w:val`` if not said otherwise; empty where it or the element is missing."""
    return "" if element is None else element.get(key) or ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first child, or the first child of a child, of these names (as lxml writes them)."""
    for step in path:
        if element is None:
            return None
        element = element.find(step)
    return element


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and attribute(element) not in ("0", "false", "off", "none")


def words_in(element: Element) -> str:
    """Every word inside an element, of whatever kind, with white space where its parts are parted."""
    return "".join(_pieces(element)).strip()


def _pieces(element: Element) -> Iterator[str]:
    for one in element.iter(*TEXTS, *_BREAKS):
        yield "".join(one.itertext()) if one.tag in TEXTS else "\n"


def transitional(root: Element) -> Element:
    """The tree with the transitional names; nearly every file has them already, and is not walked."""
    if not any(uri in _STRICT_NAMES for uri in root.nsmap.values() if uri):
        return root
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for key, value in list(element.attrib.items()):
            if (new := _renamed(str(key))) != key:
                del element.attrib[key]
                element.set(new, value)
    return root


def _renamed(tag: str) -> str:
    uri, brace, local = tag[1:].partition("}")
    return f"{{{_STRICT_NAMES[uri]}}}{local}" if brace and uri in _STRICT_NAMES else tag
