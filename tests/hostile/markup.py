"""XML that asks for other files, swells, nests or repeats without end, in the parts of a Word file."""

from collections.abc import Callable, Iterator

from tests.hostile.cases import Case, Made, just
from tests.hostile.office import (
    HEAD,
    PLAIN,
    Parts,
    content_types,
    document,
    packed,
    paragraph,
    part,
    parts_of,
    run,
    word_file,
)

_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_TYPES = {
    "xxe-file": '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "xxe-http": '<!DOCTYPE w:document [<!ENTITY x SYSTEM "http://ADDRESS/x">]>',
    "xxe-parameter": '<!DOCTYPE w:document [<!ENTITY % p SYSTEM "http://ADDRESS/p">%p;<!ENTITY x "a">]>',
    "xxe-public": '<!DOCTYPE w:document [<!ENTITY x PUBLIC "-//A" "http://ADDRESS/x">]>',
    "external-dtd": '<!DOCTYPE w:document SYSTEM "http://ADDRESS/d.dtd">',
    "external-dtd-file": '<!DOCTYPE w:document SYSTEM "file:///etc/passwd">',
    "billion-laughs": f'<!DOCTYPE w:document [<!ENTITY l0 "boats">{_LAUGHS}<!ENTITY x "&l9;">]>',
    "quadratic-blow-up": f'<!DOCTYPE w:document [<!ENTITY y "{"a" * 50_000}"><!ENTITY x "{"&y;" * 5_000}">]>',
    "entities-in-a-ring": '<!DOCTYPE w:document [<!ENTITY x "&y;"><!ENTITY y "&x;">]>',
    "attribute-defaults": '<!DOCTYPE w:document [<!ATTLIST w:t xml:space CDATA "preserve"><!ENTITY x "">]>',
    "empty-dtd": "<!DOCTYPE w:document><!-- &x; -->",
}


def _in_document(prolog: str) -> Parts:
    body = paragraph("OP1. Boats &x;") if "ENTITY x" in prolog else PLAIN
    return parts_of(document(body, prolog=prolog))


def _in_styles(prolog: str) -> Parts:
    content = '<w:style w:styleId="A"><w:name w:val="&x;"/></w:style>' if "ENTITY x" in prolog else ""
    return parts_of(PLAIN, styles=part("styles", content, prolog=prolog.replace("w:document", "w:styles")))


def _in_footnotes(prolog: str) -> Parts:
    words = "&x;" if "ENTITY x" in prolog else "boats"
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph(words)}</w:footnote>', prolog=prolog)
    return parts_of(paragraph("OP1.") + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', footnotes=notes)


def _in_relationships(prolog: str) -> Parts:
    parts = parts_of(PLAIN)
    held = parts["_rels/.rels"]
    assert isinstance(held, str)
    return parts | {"_rels/.rels": held.replace(HEAD, HEAD + prolog.replace("w:document", "Relationships"))}


def _in_content_types(prolog: str) -> Parts:
    held = content_types([]).replace(HEAD, HEAD + prolog.replace("w:document", "Types"))
    return parts_of(PLAIN) | {"[Content_Types].xml": held}


_WHERE: dict[str, Callable[[str], Parts]] = {
    "document": _in_document,
    "styles": _in_styles,
    "footnotes": _in_footnotes,
    "relationships": _in_relationships,
    "content-types": _in_content_types,
}


def _typed(where: str, prolog: str) -> Callable[[str], Made]:
    return lambda address: packed(_WHERE[where](prolog.replace("ADDRESS", address)))


def _document_types() -> Iterator[Case]:
    for kind, prolog in _TYPES.items():
        for where in _WHERE:
            # A part that is never looked into may hold what it likes.
            outcome = "either" if where == "content-types" else "refused"
            yield Case(f"{kind}-in-{where}", _typed(where, prolog), outcome)  # type: ignore[arg-type]


# ---- depth

DEEP = 20_000
_INNER = paragraph("keepinner1")
_NESTS = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", _INNER),
    "content-controls": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", _INNER),
    "insertions": ('<w:ins w:id="1" w:author="EVR">', "</w:ins>", run("boats")),
    "deletions-in-insertions": (
        '<w:ins w:id="1" w:author="EVR"><w:del w:id="2" w:author="SLN">',
        "</w:del></w:ins>",
        run("a"),
    ),
    "links": ("<w:hyperlink>", "</w:hyperlink>", run("boats")),
    "smart-tags": ("<w:smartTag>", "</w:smartTag>", run("boats")),
    "custom-xml": ("<w:customXml>", "</w:customXml>", _INNER),
    "unknown-elements": ("<a:unheard>", "</a:unheard>", "boats"),
    "alternate-contents": ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", run("boats")),
    "text-boxes": (
        "<w:r><w:pict><v:textbox><w:txbxContent><w:p>",
        "</w:p></w:txbxContent></v:textbox></w:pict></w:r>",
        "",
    ),
    "sums": ("<m:oMath><m:e>", "</m:e></m:oMath>", "<m:r><m:t>a</m:t></m:r>"),
}


def _nested(kind: str, depth: int) -> Callable[[str], Made]:
    start, end, core = _NESTS[kind]
    inner = start * depth + core + end * depth
    whole = kind in ("tables", "content-controls", "custom-xml")
    return lambda _: word_file(PLAIN + (inner if whole else f"<w:p>{inner}</w:p>"))


def _depths() -> Iterator[Case]:
    for kind in _NESTS:
        yield Case(f"nested-20000-deep-{kind}", _nested(kind, DEEP), "refused")
        yield Case(f"nested-90-deep-{kind}", _nested(kind, 90), "either")


# ---- size


def _many(piece: str, count: int, *, before: str = "", after: str = "") -> Callable[[str], Made]:
    return lambda _: word_file(PLAIN + before + piece * count + after)


def _numbered(piece: str, count: int) -> Callable[[str], Made]:
    return lambda _: word_file(PLAIN + "".join(piece.replace("#", str(number)) for number in range(count)))


def _sizes() -> Iterator[Case]:
    in_paragraph = {"before": "<w:p>", "after": "</w:p>"}
    yield Case("runs-1000000", _many(run("a"), 1_000_000, **in_paragraph), "either", alone=True)
    yield Case("runs-400000-empty", _many("<w:r/>", 400_000, **in_paragraph), "either", alone=True)
    yield Case("runs-50000", _many("<w:r><w:t>a </w:t></w:r>", 50_000, **in_paragraph), "either", alone=True)
    yield Case("paragraphs-40000-empty", _many("<w:p/>", 40_000), "either", alone=True)
    yield Case("paragraphs-5000", _many("<w:p><w:r><w:t>PP1. a</w:t></w:r></w:p>", 5_000), "either", alone=True)
    yield Case("line-breaks-50000", _many("<w:br/>", 50_000, before="<w:p><w:r>", after="</w:r></w:p>"), "either")
    change = '<w:ins w:id="#" w:author="A#"><w:r><w:t>boat# </w:t></w:r></w:ins>'
    yield Case("insertions-4000", _numbered(f"<w:p>{change}</w:p>", 4_000), "either", alone=True)
    in_one = lambda _: word_file("<w:p>" + "".join(change.replace("#", str(n)) for n in range(4_000)) + "</w:p>")  # noqa: E731
    yield Case("insertions-4000-in-one-paragraph", in_one, "either", alone=True)
    cell = "<w:tc><w:p/></w:tc>"
    yield Case("cells-20000-in-one-row", _many(cell, 20_000, before="<w:tbl><w:tr>", after="</w:tr></w:tbl>"), "either")
    yield Case("rows-10000", _many(f"<w:tr>{cell}</w:tr>", 10_000, before="<w:tbl>", after="</w:tbl>"), "either")
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    yield Case("fields-50000-begun-and-never-ended", _many(field, 50_000, **in_paragraph), "either")
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    yield Case("fields-50000-ended-and-never-begun", _many(end, 50_000, **in_paragraph), "either")
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    yield Case("attributes-100000", just(word_file(f"<w:p {attributes}/>").data), "either")
    yield Case("attribute-of-5-mb", just(word_file(f'<w:p w:rsid="{"a" * 5_000_000}"/>').data), "either")
    yield Case("attribute-of-20-mb", just(word_file(f'<w:p w:rsid="{"a" * 20_000_000}"/>').data), "either")
    spaces = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(50_000))
    yield Case("namespaces-50000", just(word_file(f"<w:p {spaces}/>").data), "either")
    yield Case("attribute-twice", just(word_file('<w:p w:rsid="1" w:rsid="2"/>').data), "refused")
    yield Case("name-of-an-element-of-1-mb", just(word_file(f"<w:{'a' * 1_000_000}/>").data), "either")
    yield Case("comments-of-xml-100000", _many("<!--a-->", 100_000), "either")
    yield Case("processing-instructions-100000", _many("<?a b?>", 100_000), "either")
    yield Case(
        "character-references-500000",
        _many("&#97;", 500_000, before="<w:p><w:r><w:t>", after="</w:t></w:r></w:p>"),
        "either",
    )
    yield Case("cdata", just(word_file("<w:p><w:r><w:t><![CDATA[<boats>]]></w:t></w:r></w:p>").data), "read")


# ---- rings and numbers


def _styled(styles: str, body: str = "") -> Callable[[str], Made]:
    return lambda _: word_file(PLAIN + body, styles=part("styles", styles))


def _listed(numbering: str, body: str) -> Callable[[str], Made]:
    return lambda _: word_file(PLAIN + body, numbering=part("numbering", numbering))


def _rings() -> Iterator[Case]:
    styled = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>keepstyled1</w:t></w:r></w:p>'
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BC", "CA")
    )
    yield Case("styles-in-a-ring", _styled(ring, styled), "read")
    own = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/><w:link w:val="A"/></w:style>'
    yield Case("style-based-on-itself", _styled(own, styled), "read")
    long = "".join(
        f'<w:style w:type="paragraph" w:styleId="A{n or ""}"><w:basedOn w:val="A{n + 1}"/></w:style>'
        for n in range(20_000)
    )
    yield Case("styles-20000-in-a-chain", _styled(long, styled), "either", alone=True)
    yield Case("style-missing", _styled("", styled), "read")
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="LEVEL"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>keepitem1</w:t></w:r></w:p>'
    level = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="START"/><w:numFmt w:val="FORMAT"/><w:lvlText w:val="TEXT"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    odd = {
        "start-2-to-the-40": ("0", str(2**40), "decimal", "%1."),
        "start-not-a-number": ("0", "boats", "decimal", "%1."),
        "start-negative": ("0", "-5", "lowerRoman", "%1."),
        "roman-of-a-billion": ("0", "1000000000", "upperRoman", "%1."),
        "letter-of-a-billion": ("0", "1000000000", "lowerLetter", "%1."),
        "russian-of-a-million": ("0", "1000000", "russianLower", "%1."),
        "level-negative": ("-1", "1", "decimal", "%1."),
        "level-of-a-million": ("1000000", "1", "decimal", "%1."),
        "level-not-a-number": ("boats", "1", "decimal", "%1."),
        "format-unheard-of": ("0", "1", "boats", "%1."),
        "text-of-percents": ("0", "1", "decimal", "%%%1%9%0%a%"),
        "text-of-1-mb": ("0", "1", "decimal", "%1" * 500_000),
        "text-of-brackets": ("0", "1", "decimal", "[%1]] (+EVR) ["),
    }
    for name, (depth, start, form, text) in odd.items():
        held = level.replace("START", start).replace("FORMAT", form).replace("TEXT", text)
        yield Case(f"numbering-{name}", _listed(held, item.replace("LEVEL", depth)), "either")
    ring = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    yield Case("numbering-in-a-ring", _listed(ring, item.replace("LEVEL", "0")), "read")
    yield Case("numbering-missing", lambda _: word_file(PLAIN + item.replace("LEVEL", "0")), "read")
    yield Case("notes-that-call-each-other", _notes_in_a_ring, "either")
    yield Case(
        "note-missing", lambda _: word_file(PLAIN + '<w:p><w:r><w:footnoteReference w:id="9"/></w:r></w:p>'), "read"
    )
    sized = run("keepsized1", '<w:sz w:val="99999999999999999999999"/>') + run("keepsized2", '<w:sz w:val="boats"/>')
    yield Case("sizes-that-are-no-sizes", lambda _: word_file(PLAIN + f"<w:p>{sized}</w:p>"), "read")
    span = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>keepcell1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    yield Case("cell-over-two-billion-columns", lambda _: word_file(PLAIN + span), "read")
    sign = '<w:p><w:r><w:sym w:font="Symbol" w:char="FFFFFFFFFF"/><w:sym w:char=""/><w:sym/></w:r></w:p>'
    yield Case("signs-that-are-no-signs", lambda _: word_file(PLAIN + sign), "read")
    coded = run("keepcoded1 _x0000_ _x0008_ _xD800_ _xFFFF_")
    yield Case("characters-in-words-code", lambda _: word_file(PLAIN + f"<w:p>{coded}</w:p>"), "read")


def _notes_in_a_ring(_: str) -> Made:
    call = '<w:p><w:r><w:t>keepnote%d</w:t></w:r><w:r><w:footnoteReference w:id="%d"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{call % (2, 3)}</w:footnote><w:footnote w:id="3">{call % (3, 2)}</w:footnote>'
    return word_file(PLAIN + call % (1, 2), footnotes=part("footnotes", notes))


def markup() -> Iterator[Case]:
    """Every case of this page."""
    yield from _document_types()
    yield from _depths()
    yield from _sizes()
    yield from _rings()
