"""Word files in a few strings of XML, without a library that would refuse to write bad ones."""

from collections.abc import Iterable
from functools import cache

from tests.hostile.cases import Made, planted_in
from tests.hostile.zips import Entry, archive

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = "word/document.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = dict[str, str | bytes]


def content_types(parts: Iterable[str]) -> str:
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{WORD}.{name[5:-4].rstrip("0123456789")}+xml"/>'
        for name in parts
        if name.startswith("word/") and name.endswith(".xml") and name != MAIN
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{MAIN}" ContentType="{WORD}.document.main+xml"/>{kinds}</Types>'
    )


def relationships(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """Rows of id, type, target and perhaps the mode; a type without a colon is one of Office's."""
    made = []
    for row in rows:
        kind = row[1] if ":" in row[1] else f"{OFFICE}/{row[1]}"
        mode = f' TargetMode="{row[3]}"' if len(row) == 4 else ""
        made.append(f'<Relationship Id="{row[0]}" Type="{kind}" Target="{row[2]}"{mode}/>')
    return f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">{"".join(made)}</Relationships>'


ROOT_RELATIONSHIPS = relationships(("rId1", "officeDocument", MAIN))


def document(body: str, *, prolog: str = "") -> str:
    return f"{HEAD}{prolog}<w:document {DECLARED}><w:body>{body}</w:body></w:document>"


def part(root: str, content: str, *, prolog: str = "") -> str:
    """A part other than the document: ``styles``, ``footnotes`` …"""
    return f"{HEAD}{prolog}<w:{root} {DECLARED}>{content}</w:{root}>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p>{properties}{run(words)}</w:p>"


def run(words: str, properties: str = "") -> str:
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{held}<w:t xml:space="preserve">{words}</w:t></w:r>'


def parts_of(body: str | bytes, **others: str) -> Parts:
    """The parts of a whole file. ``others`` are named by their place below ``word``, without ``.xml``; each is related."""
    main = body if isinstance(body, bytes) or body.startswith("<?xml") else document(body)
    named = {f"word/{name}.xml": content for name, content in others.items() if not name.startswith("rels_")}
    rows: list[tuple[str, ...]] = [
        (f"part{number}", name[5:-4].rstrip("0123456789"), name[5:]) for number, name in enumerate(named)
    ]
    more = others.get("rels_document", "")
    rels = relationships(*rows).replace("</Relationships>", more + "</Relationships>")  # type: ignore[arg-type]
    return {
        "[Content_Types].xml": content_types(named),
        "_rels/.rels": ROOT_RELATIONSHIPS,
        MAIN: main,
        "word/_rels/document.xml.rels": rels,
        **named,
    }


def external(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def internal(number: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def entries_of(parts: Parts) -> list[Entry]:
    return [Entry(name, content if isinstance(content, bytes) else content.encode()) for name, content in parts.items()]


def packed(parts: Parts) -> Made:
    """The file, and the words that were planted in any of its parts."""
    return Made(archive(entries_of(parts)), planted_in(*parts.values()))


def word_file(body: str, **others: str) -> Made:
    return packed(parts_of(body, **others))


PLAIN = paragraph("OP1. Boats [and keepoars1] (+EVR) are lent to keeptowns1.") + paragraph("OP2. keepoars2 are mended.")
"""The body of a file without any harm in it."""


@cache
def good_file() -> Made:
    """A small file without any harm, with a little of everything that is usual."""
    body = (
        PLAIN
        + f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{run("OP3. keepbold1 ", "<w:b/>")}'
        + f'<w:ins w:id="1" w:author="EVR" w:date="2024-05-01T10:00:00Z">{run("keepinserted1")}</w:ins>'
        + '<w:del w:id="2" w:author="SLN"><w:r><w:delText>keepdeleted1</w:delText></w:r></w:del></w:p>'
        + f"<w:tbl><w:tr><w:tc>{paragraph('keepcell1')}</w:tc><w:tc>{paragraph('keepcell2')}</w:tc></w:tr></w:tbl>"
        + f'<w:p>{run("keepnote1")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = f'<w:footnote w:id="2">{paragraph("keepfootnote1")}</w:footnote>'
    return word_file(body, footnotes=part("footnotes", notes), styles=part("styles", ""))
