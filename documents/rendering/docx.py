"""The podium version as a Word document: real styles, header, footer and page fields, the same bytes every time.

The parts are written as XML by hand: a document of this shape needs a tenth of what a library would build, in a
thirtieth of its time. Nothing about whoever made it goes in: no author, no revision ids, no clock.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from importlib import resources
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from documents.rendering.language import speaking
from documents.rendering.legend import legend
from documents.rendering.letterhead import letterhead
from documents.rendering.paper import on_paper, page_of_pages, shortened, version_line
from documents.rendering.printed import AGREED, PrintedDocument, PrintedParagraph, text_of, that_print

WIDTH = 8278
"""The text's width on A4 in twentieths of a point, the unit of all measures in these files."""
STYLES = {
    "section_heading": "Heading2",
    "formula": "Formula",
    "chapeau": "Chapeau",
    "item": "Item",
    "subitem": "Subitem",
}
"""The style of each kind of paragraph; every other kind is of the style ``Wording``."""
LANGUAGES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip's calendar: the time of writing must not get into the file
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FIELD = re.compile(r"\{(pages?)\}")


def render(printed: PrintedDocument) -> bytes:
    """The version as a .docx file."""
    with speaking(printed.language):
        return _zipped(_parts(printed))


def _zipped(parts: Iterable[tuple[str, str]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, body in parts:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, (_HEAD + body).encode())
    return file.getvalue()


def _parts(printed: PrintedDocument) -> Iterator[tuple[str, str]]:
    styles = resources.files("documents.rendering").joinpath("podium-styles.xml").read_text(encoding="utf-8")
    title = on_paper(printed.title).strip() or version_line(printed)
    yield "[Content_Types].xml", _content_types()
    yield "_rels/.rels", _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml"))
    yield "docProps/core.xml", _core(title, printed.as_of)
    yield (
        "word/_rels/document.xml.rels",
        _relations(("styles", "styles.xml"), ("header", "header.xml"), ("footer", "footer.xml")),
    )
    yield "word/styles.xml", styles.replace("{language}", _language(printed.language))
    yield "word/header.xml", _part("hdr", _paragraph("Header", _runs(_reference(printed))))
    yield "word/footer.xml", _part("ftr", "".join(_footer(printed, title)))
    yield "word/document.xml", _part("document", f"<w:body>{''.join(_body(printed, title))}{_section()}</w:body>")


# ---- the body


def _body(printed: PrintedDocument, title: str) -> Iterator[str]:
    head = letterhead(printed)
    if head.organisation or head.reference:
        left = [_paragraph("Organisation", _runs(line)) for line in head.organisation]
        right = [_paragraph("Reference", _runs(line)) for line in head.reference]
        yield _table([("".join(left), "".join(right))], (5300, WIDTH - 5300), rule="bottom")
    yield from (_paragraph("Chair", _runs(line)) for line in head.chair)
    if printed.status_line.strip():
        yield _paragraph("Status", _runs(printed.status_line.strip()))
    yield _paragraph("Title", _runs(title))
    yield from (_wording(paragraph, printed.language) for paragraph in that_print(printed))
    if entries := legend(printed):
        yield _paragraph("LegendTitle", _runs(_("How to read this text")))
        rows = [
            (_paragraph("Legend", _runs(e.sample, agreed=e.bold)), _paragraph("Legend", _runs(e.meaning)))
            for e in entries
        ]
        yield _table(rows, (2300, WIDTH - 2300))
        yield _paragraph("Legend", "")  # a table may not be the last thing before the section's end


def _wording(paragraph: PrintedParagraph, language: str) -> str:
    """One paragraph as it prints, brackets and markers literal, bold where it is agreed."""
    own = paragraph.language if paragraph.language != language else ""
    runs = _runs(text_of(paragraph), agreed=paragraph.state in AGREED, language=own)
    return _paragraph(STYLES.get(paragraph.kind, "Wording"), runs)


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _runs(words: str, *, agreed: bool = False, language: str = "") -> str:
    plain = escape(_NOT_IN_XML.sub("\ufffd", on_paper(words)))
    marked = '<w:rStyle w:val="Agreed"/>' if agreed else ""
    spoken = f'<w:lang w:val="{_language(language)}"/>' if language else ""
    properties = f"<w:rPr>{marked}{spoken}</w:rPr>" if marked or spoken else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{plain}</w:t></w:r>' if plain else ""


def _table(rows: Iterable[tuple[str, str]], widths: tuple[int, int], rule: str = "") -> str:
    line = f'<w:{rule} w:val="single" w:sz="8" w:space="0" w:color="auto"/>' if rule else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = "".join(f"<w:tr>{_cells(row, widths)}</w:tr>" for row in rows)
    properties = (
        f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{line}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def _cells(row: tuple[str, str], widths: tuple[int, int]) -> str:
    """A cell holds a paragraph at least."""
    empty = _paragraph("Wording", "")
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content or empty}</w:tc>'
        for content, width in zip(row, widths, strict=True)
    )


def _section() -> str:
    """A4 with a header from the second page on."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="first" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1531" w:right="1814" w:bottom="1814" w:left="1814" w:header="850" w:footer="850" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )


# ---- what stands on every page


def _reference(printed: PrintedDocument) -> str:
    return next(iter(letterhead(printed).reference), "")


def _footer(printed: PrintedDocument, title: str) -> Iterator[str]:
    pages = "".join(_with_fields(page_of_pages()))
    yield _paragraph("Footer", f"{_runs(shortened(title, 70))}<w:r><w:tab/></w:r>{pages}")
    yield _paragraph("FooterSecond", _runs(version_line(printed)))


def _with_fields(words: str) -> Iterator[str]:
    """The words with ``{page}`` and ``{pages}`` as fields that Word fills in."""
    for at, found in enumerate(_FIELD.split(words)):
        if at % 2:
            name = {"page": "PAGE", "pages": "NUMPAGES"}[found]
            yield f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        else:
            yield _runs(found)


# ---- the package around it


def _part(root: str, content: str) -> str:
    return f'<w:{root} xmlns:w="{_MAIN}" xmlns:r="{_RELATED}">{content}</w:{root}>'


def _core(title: str, as_of: date) -> str:
    made = f'<dcterms:created xsi:type="dcterms:W3CDTF">{as_of.isoformat()}T00:00:00Z</dcterms:created>'
    names = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    plain = escape(_NOT_IN_XML.sub("\ufffd", title))
    return f"<cp:coreProperties {names}><dc:title>{plain}</dc:title>{made}</cp:coreProperties>"


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "header": "header", "footer": "footer"}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{parts}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_relation(kind)}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _relation(kind: str) -> str:
    return f"{_PACKAGE}/relationships/metadata/core-properties" if kind == "core" else f"{_RELATED}/{kind}"


def _language(tag: str) -> str:
    code = tag.lower().partition("-")[0]
    return LANGUAGES.get(code, code if code.isalpha() and code.isascii() else "en-GB")
