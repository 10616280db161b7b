"""Small Word files, made of short XML, and what is in them counted without the reader."""

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from documents.notation.shown import Notice, Shown
from documents.reading.docx import take_docx

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:example:another-program",
}
W = f"{{{SPACES['w']}}}"
NAMESPACES = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in SPACES.items())
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOTS = {"header": "hdr", "footer": "ftr"}

Entry = tuple[str, bytes | str]
Relation = tuple[str, str, str]  # id, kind, target; a target with ":" lies outside of the file


def relations(*listed: Relation) -> str:
    made = "".join(
        f'<Relationship Id="{key}" Type="{SPACES["r"]}/{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for key, kind, target in listed
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{made}</Relationships>'


def part(root: str, content: str) -> str:
    return f"{HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>"


def entries(body: str, *, links: tuple[Relation, ...] = (), **parts: str) -> list[Entry]:
    """The entries of a file with this body. A part is named for its file (``styles``, ``header1``); ``x_rels`` are its
    relations. Content without a root of its own gets the usual one."""
    own: list[Relation] = [
        (f"rId_{name}", re.sub(r"\d+$", "", name), f"{name}.xml") for name in parts if not name.endswith("_rels")
    ]
    made: list[Entry] = [
        ("[Content_Types].xml", _content_types(["document", *(name for name in parts if not name.endswith("_rels"))])),
        ("_rels/.rels", relations(("rId1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", part("document", f"<w:body>{body}</w:body>")),
        ("word/_rels/document.xml.rels", relations(*own, *links)),
    ]
    for name, content in parts.items():
        if name.endswith("_rels"):
            made.append((f"word/_rels/{name.removesuffix('_rels')}.xml.rels", content))
        else:
            kind = re.sub(r"\d+$", "", name)
            made.append(
                (f"word/{name}.xml", content if content.startswith("<?") else part(ROOTS.get(kind, kind), content))
            )
    return made


def _content_types(names: list[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {name: "document.main" if name == "document" else re.sub(r"\d+$", "", name) for name in names}
    made = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{made}</Types>'
    )


def zipped(listed: list[Entry]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in listed:
            # Always of the same bytes: tests are named by what they are given.
            package.writestr(zipfile.ZipInfo(name, (2024, 5, 1, 10, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def docx(*body: str, links: tuple[Relation, ...] = (), **parts: str) -> bytes:
    """A Word file with these blocks in its body."""
    return zipped(entries("".join(body), links=links, **parts))


# ---- short XML


def t(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def r(words: str, properties: str = "") -> str:
    """A run; ``properties`` are the contents of its ``w:rPr``."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(words)}</w:r>"


def p(*content: str, style: str = "", pr: str = "") -> str:
    """A paragraph of runs; what is not XML is a run of its own."""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{pr}</w:pPr>{runs}</w:p>"


def ins(*content: str, by: str = "EVR", date: str = "2024-05-01T10:00:00Z", tag: str = "ins") -> str:
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    return f'<w:{tag} w:id="1"{who(by, date)}>{runs}</w:{tag}>'


def deleted(*content: str, by: str = "ELM", date: str = "2024-05-01T10:00:00Z", tag: str = "del") -> str:
    return ins(*content, by=by, date=date, tag=tag).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")


def who(by: str, date: str = "2024-05-01T10:00:00Z") -> str:
    return f" w:author={quoteattr(by)}" * bool(by) + f' w:date="{date}"' * bool(date)


def end(change: str, by: str = "EVR") -> str:
    """Paragraph properties that say that the end of the paragraph was inserted or deleted."""
    return f'<w:rPr><w:{change} w:id="2"{who(by)}/></w:rPr>'


def table(*rows: tuple[str, ...], pr: str = "") -> str:
    """A table; a cell is its blocks."""
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{pr}</w:tblPr>{made}</w:tbl>"


def field(instruction: str, *result: str) -> str:
    """A complex field."""

    def character(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    runs = "".join(one if one.startswith("<") else r(one) for one in result)
    return f"{character('begin')}{code}{character('separate')}{runs}{character('end')}"


def box(*blocks: str, properties: str = "") -> str:
    """A run with a text box, as new programs and as old ones are to read it."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    new = f"<w:drawing><a:graphic><wps:wsp><wps:spPr>{properties}</wps:spPr><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphic></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def styles(*made: str, defaults: str = "") -> str:
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>{''.join(made)}"


def style(
    name: str, kind: str = "paragraph", *, based_on: str = "", rpr: str = "", ppr: str = "", default: bool = False
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    usual = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{usual}>{base}<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
    )


def numbers(*levels: tuple[str, str], number_id: str = "1", extra: str = "") -> str:
    """A list: for each level its number format and its text."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number_id}">{made}{extra}</w:abstractNum>'
        f'<w:num w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/></w:num>'
    )


def numbered(level: int = 0, number_id: str = "1") -> str:
    """Paragraph properties: an entry of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'


# ---- what the reader took, and what there was to take

SET_ASIDE = ("hidden-text", "comment", "embedded-object", "external-link", "field-code", "unread-element")
"""The notices whose quotes are in the text no more."""
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
_HARMLESS = re.compile(r"\s*(?:PAGE|NUMPAGES|REF|PAGEREF|TOC|SEQ|DATE|HYPERLINK\s+\\l)\b.{0,190}", re.DOTALL)
_WORD = re.compile(r"\w+")


def taken(data: bytes) -> tuple[str, Shown]:
    """The text and what is shown, once it is certain that no word went missing and all places are places."""
    source, shown = take_docx(data)
    assert missing(data, source, shown) == []
    assert all(0 <= one.at <= len(source) for one in shown.notices)
    assert all(source[one.open] == "[" for one in shown.tracked)
    assert all(source[at].strip() and (at == 0 or source[at - 1] in "\n\f\t ") for at in shown.paragraphs or ())
    return source, shown


def missing(data: bytes, source: str, shown: Shown) -> list[str]:
    """The words that are in a file, and more often than in its text and in what was set aside together; then the letters."""
    aside = [one.quote for one in shown.notices if one.code in SET_ASIDE]
    found = unicodedata.normalize("NFKC", "\n".join((source, *aside)))
    words = words_of(data)
    letters: Counter[str] = Counter()
    for word, times in words.items():
        letters.update({letter: times * word.count(letter) for letter in set(word)})
    letters -= Counter(found)
    return [word for word, times in words.items() if found.count(word) < times] + list(letters)


def source_of(data: bytes) -> str:
    return taken(data)[0]


def notices(data: bytes, code: str) -> list[Notice]:
    return [one for one in taken(data)[1].notices if one.code == code]


def quotes(data: bytes, code: str) -> list[str]:
    return [one.quote for one in notices(data, code)]


def words_of(data: bytes) -> Counter[str]:
    """Every word in a file's parts that hold text, counted from all text nodes that there are.

    What old programs are to read in place of something else counts where it says something else, and text of several
    headers counts once.
    """
    words: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        roots = {
            name: ElementTree.fromstring(package.read(name)) for name in package.namelist() if _PARTS.fullmatch(name)
        }
    heads: dict[str, None] = {}
    for name, root in roots.items():
        if "header" in name or "footer" in name:
            heads.update(dict.fromkeys(_texts(root)))
        else:
            words.update(_WORD.findall("\n".join(_texts(root))))
    words.update(_WORD.findall("\n".join(heads)))
    return words


def _texts(element: ElementTree.Element) -> Iterator[str]:
    space, _, kind = element.tag[1:].partition("}")
    if kind == "AlternateContent":
        yield from _branches(element)
    elif kind in ("footnote", "endnote") and "eparator" in element.get(f"{W}type", ""):
        return
    elif kind in ("t", "delText", "instrText", "delInstrText") and space in (SPACES["w"], SPACES["m"], SPACES["a"]):
        said = unicodedata.normalize("NFKC", "".join(element.itertext()))
        if "nstrText" not in kind or not _HARMLESS.fullmatch(said):
            yield said
    else:
        for one in element:
            yield from _texts(one)


def _branches(element: ElementTree.Element) -> Iterator[str]:
    known: Counter[str] = Counter()
    for branch in element:
        words = "\n".join(_texts(branch))
        if Counter(_WORD.findall(words)) - known:
            yield words
            known |= Counter(_WORD.findall(words))
