"""Word files whose words nobody sees, or that hold more than words: all of it must be in the text or be listed."""

from collections.abc import Iterator

from tests.hostile.cases import Case, Made
from tests.hostile.office import PLAIN, external, internal, packed, paragraph, part, parts_of, run

_HIDDEN = "hidden-text"
_Row = tuple[str, dict[str, str], tuple[str, ...]]

# The body after two plain paragraphs, other parts, and the notices that must be given.
_ROWS: dict[str, _Row] = {}


def _row(name: str, body: str, *codes: str, **others: str) -> None:
    assert name not in _ROWS
    _ROWS[name] = (body, others, codes)


def _p(*content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(content)}</w:p>"


_IN = "OP3. keepshown1 "


def _hidden_runs() -> None:
    for name, properties in {
        "vanish": "<w:vanish/>",
        "vanish-on": '<w:vanish w:val="on"/>',
        "vanish-true": '<w:vanish w:val="true"/>',
        "vanish-1": '<w:vanish w:val="1"/>',
        "web-hidden": "<w:webHidden/>",
        "special-vanish": "<w:specVanish/><w:vanish/>",
        "white": '<w:color w:val="FFFFFF"/>',
        "white-in-small-letters": '<w:color w:val="ffffff"/>',
        "half-a-point": '<w:sz w:val="1"/>',
        "one-point": '<w:sz w:val="2"/>',
        "white-and-tiny": '<w:color w:val="FFFFFF"/><w:sz w:val="2"/>',
    }.items():
        _row(f"run-{name}", _p(run(_IN), run("sidehidden1 [not] (-EVR)", properties), run(" keepshown2")), _HIDDEN)
    for name, properties in {
        "vanish-off": '<w:vanish w:val="0"/>',
        "vanish-false": '<w:vanish w:val="false"/>',
        "white-on-black": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        "white-highlighted": '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        "two-points": '<w:sz w:val="4"/>',
        "colour-auto": '<w:color w:val="auto"/>',
    }.items():
        _row(f"run-seen-{name}", _p(run(_IN), run("keepseen1", properties)))
    hide = '<w:style w:type="{kind}" w:styleId="H"><w:rPr>{what}</w:rPr></w:style>'
    for name, what in {
        "vanish": "<w:vanish/>",
        "white": '<w:color w:val="FFFFFF"/>',
        "tiny": '<w:sz w:val="2"/>',
    }.items():
        character = part("styles", hide.format(kind="character", what=what))
        _row(f"style-of-characters-{name}", _p(run("sidehidden1", '<w:rStyle w:val="H"/>')), _HIDDEN, styles=character)
        whole = part("styles", hide.format(kind="paragraph", what=what))
        body = _p(run("sidehidden1"), properties='<w:pStyle w:val="H"/>')
        _row(f"style-of-paragraph-{name}", body, _HIDDEN, styles=whole)
        based = '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="H"/></w:style>'
        body = _p(run("sidehidden1"), properties='<w:pStyle w:val="B"/>')
        styles = part("styles", hide.format(kind="paragraph", what=what) + based)
        _row(f"style-based-on-hidden-{name}", body, _HIDDEN, styles=styles)
    table = '<w:style w:type="table" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="H"/></w:tblPr><w:tr><w:tc>{paragraph("somehidden1")}</w:tc></w:tr></w:tbl>'
    )
    _row("style-of-table-vanish", body, styles=part("styles", table))
    _row("paragraph-hidden-whole", _p(run("sidehidden1", "<w:vanish/>")), _HIDDEN)
    _row("cell-hidden", f"<w:tbl><w:tr><w:tc>{_p(run('sidehidden1', '<w:vanish/>'))}</w:tc></w:tr></w:tbl>", _HIDDEN)
    _row("hidden-in-an-insertion", _p(_ins("EVR", run("sidehidden1", "<w:vanish/>"))), _HIDDEN)
    _row(
        "hidden-in-a-link", _p(f"<w:hyperlink w:anchor='a'>{run('sidehidden1', '<w:vanish/>')}</w:hyperlink>"), _HIDDEN
    )
    field = _field(" QUOTE ", run("sidehidden1", "<w:vanish/>"))
    _row("hidden-in-a-field", _p(field), _HIDDEN)
    holder = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    _row("placeholder-in-a-paragraph", _p(run(_IN), holder.format(run("sideholder1"))), _HIDDEN)
    _row("placeholder-of-paragraphs", holder.format(paragraph("sideholder1")), _HIDDEN)
    _row("placeholder-off", _p(holder.replace("Hdr/>", 'Hdr w:val="0"/>').format(run("keepholder1"))))
    many = "".join(run(f"sidehidden{n} ", "<w:vanish/>") for n in range(400))
    _row("hidden-400-words", _p(run(_IN), many), _HIDDEN)


def _ins(author: str, content: str, tag: str = "ins", date: str = "2024-05-01T10:00:00Z") -> str:
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="{date}">{content}</w:{tag}>'


def _deleted(words: str) -> str:
    return f"<w:r><w:delText>{words}</w:delText></w:r>"


def _changes() -> None:
    for name, author in {
        "that-closes-its-marker": "EVR) (+SLN",
        "with-brackets": "[EVR] ]] [[",
        "with-line-ends": "EVR&#10;&#13;OP9. sly",
        "of-10000-characters": "E" * 10_000,
        "right-to-left": "\u202eRVE\u2066",
        "invisible": "E\u200bV\u200dR\ufeff",
        "empty": "",
        "of-spaces": "   ",
        "of-signs": "+-–—−",
        "like-an-agreement": "agreed ad ref",
        "like-a-command": "=cmd|' /C calc'!A0",
        "like-a-page": "&lt;script&gt;alert(1)&lt;/script&gt;",
        "of-a-surrogate-pair": "🛶",
    }.items():
        body = _p(run(_IN), _ins(author, run("keepinserted1 ")), _ins(author, _deleted("keepdeleted1"), "del"))
        _row(f"author-{name}", body)
    body = _p(_ins("EVR", run("keepinserted1 ") + _ins("SLN", _deleted("keepdeleted1"), "del")))
    _row("deleted-in-inserted", body)
    body = _p(_ins("A", _deleted("keepmoved1"), "moveFrom"), run(" between "), _ins("A", run("keepmoved2"), "moveTo"))
    _row("moved", body)
    _row("moved-with-live-text", _p(_ins("A", run("keepmoved1"), "moveFrom")))
    _row("inserted-bracket-alone", _p(run(_IN), _ins("EVR", run("[ somebracket1"))), "tracked-change")
    _row("deleted-bracket-alone", _p(run(_IN), _ins("EVR", _deleted("] somebracket1"), "del")), "tracked-change")
    _row("deleted-text-outside-of-a-deletion", _p(_deleted("somedeleted1")))
    _row("live-text-in-a-deletion", _p(_ins("EVR", run("somelive1"), "del")))
    mark = '<w:rPr><w:ins w:id="1" w:author="EVR"/></w:rPr>'
    _row("paragraph-inserted", _p(_ins("EVR", run("keepinserted1")), properties=mark))
    mark = '<w:rPr><w:del w:id="1" w:author="EVR"/></w:rPr>'
    _row("paragraph-mark-deleted", _p(run("keepfirst1"), properties=mark) + _p(run("keepsecond1")), "tracked-change")
    cell = f"<w:tc>{paragraph('keepcell1')}</w:tc>"
    row = f'<w:tbl><w:tr><w:trPr><w:del w:id="1" w:author="EVR"/></w:trPr>{cell}</w:tr></w:tbl>'
    _row("row-deleted", row, "tracked-change")
    _row("date-that-is-none", _p(_ins("EVR", run("keepinserted1"), date="yesterday [")))
    changed = '<w:rPrChange w:id="1" w:author="EVR"><w:rPr><w:b/></w:rPr></w:rPrChange>'
    _row("formatting-changed", _p(run("keepformatted1", changed)), "formatting-change")
    sly = _ins("EVR", run("keepinserted1] (+SLN) [keepinserted2"))
    _row("insertion-that-closes-its-bracket", _p(run(_IN), sly))
    _row("insertion-around-paragraphs", f'<w:ins w:id="1" w:author="EVR">{paragraph("someinserted1")}</w:ins>')


def _field(instruction: str, result: str) -> str:
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    return f'{begin}<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{separate}{result}{end}'


def _fields() -> None:
    target = "http://ADDRESS/sidetarget1.docx"
    for name, code in {
        "include-text": f'INCLUDETEXT "{target}"',
        "include-picture": f'INCLUDEPICTURE "{target}"',
        "dde": f'DDE excel "{target}" a1',
        "dde-auto": f"DDEAUTO c:\\\\windows\\\\cmd.exe {target}",
        "link": f"LINK Excel.Sheet.12 {target} a",
        "hyperlink": f'HYPERLINK "{target}"',
        "import": f'IMPORT "{target}"',
        "data-base": f'DATABASE "{target}"',
    }.items():
        _row(f"field-{name}", _p(run(_IN), _field(f" {code} ", run("keepresult1"))), "external-link")
    for name, code in {
        "macro-button": "MACROBUTTON sidemacro1 press",
        "quote": 'QUOTE "sidequote1"',
        "set": 'SET x "sideset1"',
        "if": 'IF 1 = 1 "sideif1" "sideif2"',
        "fill-in": 'FILLIN "sidefill1"',
        "unheard-of": "FROBNICATE sidefrob1",
    }.items():
        _row(f"field-{name}", _p(run(_IN), _field(f" {code} ", run("keepresult1"))), "field-code")
    _row("field-page", _p(run(_IN), _field(" PAGE ", run("7"))))
    simple = f'<w:fldSimple w:instr=" INCLUDETEXT &quot;{target}&quot; ">{run("keepresult1")}</w:fldSimple>'
    _row("field-simple-include-text", _p(simple), "external-link")
    inner = _field(" DDE sideinner1 ", run("sideinner2"))
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    _row("field-in-an-instruction", _p(begin, run("someinstruction1"), inner.replace("side", "some"), end))
    _row(
        "field-never-separated",
        _p(begin, "<w:r><w:instrText> QUOTE sidequote1 </w:instrText></w:r>", end),
        "field-code",
    )
    _row("field-never-ended", _p(begin, "<w:r><w:instrText> DDE somedde1 </w:instrText></w:r>") + _p(run("somelater1")))
    crossed = f'<w:fldSimple w:instr=" PAGE ">{begin}{run("somecrossed1")}</w:fldSimple>{end}'
    _row("field-begun-in-another-and-ended-outside", _p(crossed))
    _row(
        "field-ended-in-another-and-begun-outside",
        _p(begin + crossed.replace(begin, end).replace(f"</w:fldSimple>{end}", "</w:fldSimple>")),
    )
    _row("instruction-outside-of-a-field", _p("<w:r><w:instrText>someinstruction1</w:instrText></w:r>"))
    split = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (" DDE", "AUTO side", "cut1 "))
    whole = _p(begin, split, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("keepresult1"), end)
    _row("field-whose-instruction-is-cut-up", whole, "external-link")


def _objects() -> None:
    ole = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="o1"/></w:object></w:r>'
    _row(
        "object-embedded",
        _p(run(_IN), ole),
        "embedded-object",
        rels_document=internal("o1", "oleObject", "embeddings/o.bin"),
    )
    link = external("o1", "oleObject", "http://ADDRESS/o.xlsx")
    _row(
        "object-linked",
        _p(run(_IN), ole.replace("ProgID", 'Type="Link" ProgID')),
        "external-link",
        rels_document=link,
    )
    chunk = internal("c1", "aFChunk", "chunk.html")
    _row("chunk-of-html", '<w:altChunk r:id="c1"/>', "embedded-object", rels_document=chunk)
    _row("chunk-elsewhere", '<w:altChunk r:id="c1"/>', rels_document=external("c1", "aFChunk", "http://ADDRESS/c.html"))
    sub = external("s1", "subDocument", "http://ADDRESS/s.docx")
    _row("document-in-a-document", '<w:p><w:subDoc r:id="s1"/></w:p>', "external-link", rels_document=sub)
    image = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="sidepicture1"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:link="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    _row(
        "picture-linked",
        _p(run(_IN), image),
        "external-link",
        rels_document=external("i1", "image", "http://ADDRESS/i.png"),
    )
    _row("picture-described", _p(run(_IN), image.replace("r:link", "r:embed")), "embedded-object")
    template = f"{external('t1', 'attachedTemplate', 'http://ADDRESS/t.dotm')}"
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{template}</Relationships>'
    settings = part("settings", '<w:attachedTemplate r:id="t1"/>')
    _row("template-elsewhere", paragraph(_IN), "external-link", settings=settings, **{"_rels/settings.xml.rels|": rels})
    _row("macros", paragraph(_IN), "embedded-object", **{"vbaProject.bin|": "Attribute VB_Name"})
    _row(
        "control", _p(run(_IN), '<w:r><w:object><w:control r:id="x1" w:name="a"/></w:object></w:r>'), "embedded-object"
    )
    video = '<w:r><w:pict><v:shape alt="sideshape1"><v:imagedata r:href="i1"/></v:shape></w:pict></w:r>'
    _row("drawing-of-the-old-kind", _p(run(_IN), video), rels_document=external("i1", "image", "http://ADDRESS/v.png"))
    ruby = f"<w:r><w:ruby><w:rt>{run('siderubyabove1')}</w:rt><w:rubyBase>{run('keeprubybase1')}</w:rubyBase></w:ruby></w:r>"
    _row("ruby", _p(run(_IN), ruby))
    _row("sum", _p(run(_IN), "<m:oMath><m:r><m:t>keepsum1</m:t></m:r></m:oMath>"))


def _places() -> None:
    box = f"<w:txbxContent>{paragraph('keepbox1')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    _row("box-in-both-forms", _p(run(_IN), both))
    _row("box-in-the-old-form", _p(run(_IN), f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"))
    _row("box-in-the-new-form", _p(run(_IN), f"<w:r><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></w:r>"))
    other = fallback.replace("keepbox1", "somebox2")
    _row(
        "box-whose-forms-differ",
        _p(run(_IN), f"<w:r><mc:AlternateContent>{choice.replace('keep', 'some')}{other}</mc:AlternateContent></w:r>"),
    )
    only = f"<w:r><mc:AlternateContent>{fallback}</mc:AlternateContent></w:r>"
    _row("box-with-a-fallback-only", _p(run(_IN), only))
    comment = f'<w:comment w:id="1" w:author="EVR">{paragraph("sidecomment1")}{paragraph("sidecomment2")}</w:comment>'
    body = _p('<w:commentRangeStart w:id="1"/>', run(_IN), '<w:r><w:commentReference w:id="1"/></w:r>')
    _row("comment", body, "comment", comments=part("comments", comment))
    _row("comment-without-a-place", paragraph(_IN), "comment", comments=part("comments", comment))
    hidden = f'<w:comment w:id="1" w:author="x">{_p(run("sidecomment1", "<w:vanish/>"))}</w:comment>'
    _row("comment-hidden", body, "comment", comments=part("comments", hidden))
    for kind in ("footnote", "endnote"):
        notes = f'<w:{kind} w:id="2">{paragraph("keepnote1")}{_p(run("sidenote2", "<w:vanish/>"))}</w:{kind}>'
        called = _p(run(_IN), f'<w:r><w:{kind}Reference w:id="2"/></w:r>')
        _row(f"{kind}-half-hidden", called, _HIDDEN, **{f"{kind}s": part(f"{kind}s", notes)})
        lost = f'<w:{kind} w:id="3">{paragraph("somenote1")}</w:{kind}>'
        _row(f"{kind}-never-called", paragraph(_IN), **{f"{kind}s": part(f"{kind}s", lost)})
    for kind, root in (("header1", "hdr"), ("footer1", "ftr")):
        reference = f'<w:sectPr><w:{kind[:-1]}Reference w:type="default" r:id="part0"/></w:sectPr>'
        _row(f"{kind[:-1]}", paragraph(_IN) + reference, **{kind: part(root, paragraph("keepmargin1"))})
        hidden = part(root, _p(run("sidemargin1", "<w:vanish/>")))
        _row(f"{kind[:-1]}-hidden", paragraph(_IN) + reference, _HIDDEN, **{kind: hidden})
        _row(f"{kind[:-1]}-on-no-page", paragraph(_IN), **{kind: part(root, paragraph("somemargin1"))})
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('keepcell2')}</w:tc></w:tr></w:tbl>"
    _row("table-in-a-cell", f"<w:tbl><w:tr><w:tc>{paragraph('keepcell1')}{inner}<w:p/></w:tc></w:tr></w:tbl>")
    merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("somemerged1") + "</w:tc>"
    _row(
        "cell-merged-away-with-words",
        f"<w:tbl><w:tr><w:tc>{paragraph('keepcell1')}</w:tc></w:tr><w:tr>{merged}</w:tr></w:tbl>",
    )
    wraps = {
        "content-control": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        "smart-tag": ("<w:smartTag>", "</w:smartTag>"),
        "custom-xml": ("<w:customXml>", "</w:customXml>"),
        "direction": ("<w:dir>", "</w:dir>"),
        "override": ("<w:bdo>", "</w:bdo>"),
        "permission": ('<w:permStart w:id="1"/>', '<w:permEnd w:id="1"/>'),
    }
    for name, (start, end) in wraps.items():
        _row(f"wrapped-in-{name}", _p(run(_IN), start, run("keepwrapped1"), end))
        _row(f"wrapped-twice-in-{name}", _p(run(_IN), start * 2, run("keepwrapped1"), end * 2))
    for name in ("content-control", "custom-xml"):
        start, end = wraps[name]
        cell = f"<w:tc>{paragraph('keepcell1')}</w:tc>"
        _row(f"rows-wrapped-in-{name}", f"<w:tbl>{start}<w:tr>{start}{cell}{end}</w:tr>{end}</w:tbl>")
        _row(f"paragraphs-wrapped-in-{name}", start + paragraph("keepwrapped1") + end)


def _strange() -> None:
    _row("words-in-an-unknown-element", _p("<a:unheard><a:t>someunknown1</a:t></a:unheard>"))
    _row("words-in-an-unknown-element-of-the-body", "<a:unheard>someunknown1</a:unheard>")
    _row("run-in-the-body", run("someloose1"))
    _row("words-between-runs", f"<w:p>{run('keepshown1')}someloose1{run('keepshown2')}</w:p>")
    _row("words-between-paragraphs", f"someloose1{paragraph('keepshown1')}")
    _row("text-in-a-paragraph-without-a-run", "<w:p><w:t>someloose1</w:t></w:p>")
    _row("text-with-an-element-inside", "<w:p><w:r><w:t>somefirst1<w:b/>somesecond1</w:t></w:r></w:p>")
    _row("paragraph-in-a-paragraph", f"<w:p>{run('keepouter1 ')}{paragraph('someinner1')}</w:p>")
    _row("table-in-a-paragraph", f"<w:p><w:tbl><w:tr><w:tc>{paragraph('somecell1')}</w:tc></w:tr></w:tbl></w:p>")
    _row("text-in-properties", f"<w:p><w:pPr>{run('someproperty1')}</w:pPr>{run('keepshown1')}</w:p>")
    _row("struck", _p(run("keepstruck1", "<w:strike/>")), "struck-text")
    _row("coloured", _p(run("keepcoloured1", '<w:color w:val="FF0000"/>')), "coloured-text")
    _row("capitals", _p(run("keepcapitals1", "<w:caps/>")))
    _row("right-to-left", _p(run("keepturned1 \u202e\u2066 abc", "<w:rtl/>")))
    _row("characters-invisible", _p(run("keepodd1 a\u200bb\u200c\u200d\u2060\ufeff\u00ad")))
    _row("characters-private", _p(run("keepodd1 \ue000\uf8ff\U000f0000")))
    _row("characters-tags", _p(run("keepodd1 \U000e0041\U000e007f")))
    _row(
        "break-of-every-kind",
        _p(
            "<w:r><w:t>keepone1</w:t><w:br/><w:t>keeptwo1</w:t><w:cr/><w:t>keepthree1</w:t><w:tab/><w:t>keepfour1</w:t><w:br w:type='page'/><w:t>keepfive1</w:t></w:r>"
        ),
    )
    _row("second-body", "</w:body><w:body>" + paragraph("somebody1"))


def unseen() -> Iterator[Case]:
    """Every case of this page."""
    if not _ROWS:
        for fill in (_hidden_runs, _changes, _fields, _objects, _places, _strange):
            fill()
    for name, (body, others, codes) in _ROWS.items():
        yield _case(name, body, others, codes)


def _case(name: str, body: str, others: dict[str, str], codes: tuple[str, ...]) -> Case:
    return Case(f"word-{name}", lambda address: _made(address, body, others), "read", codes=codes)


def _made(address: str, body: str, others: dict[str, str]) -> Made:
    named = {name: held for name, held in others.items() if not name.endswith("|")}
    parts = parts_of(PLAIN + body, **named)
    for name, held in others.items():
        if name.endswith("|"):
            parts[f"word/{name[:-1]}"] = held
    said = {name: held.replace("ADDRESS", address) if isinstance(held, str) else held for name, held in parts.items()}
    return packed(said)
