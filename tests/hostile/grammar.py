"""Bodies of Word files grown from a small grammar: whatever may stand in whatever, in any number and at any depth."""

from collections.abc import Callable

from tests.hostile.office import DECLARED

Pick = Callable[[int], int]
"""Chooses: a number from 0 up to and without the one given."""

_WORDS = (
    "a",
    "boats ",
    "[",
    "]",
    "[and] ",
    "(+EVR)",
    "(EVR tcb)",
    "PP1. ",
    "(a) ",
    " ",
    "\u200b",
    "–",
    "не ",
    "🛶",
    "-",
    "¹",
)
_PROPERTIES = (
    "",
    "<w:b/>",
    '<w:b w:val="0"/>',
    "<w:vanish/>",
    '<w:color w:val="FFFFFF"/>',
    '<w:sz w:val="2"/>',
    "<w:strike/>",
    '<w:rStyle w:val="A"/>',
    '<w:color w:val="FF0000"/><w:i/>',
    "<w:rPrChange w:author='B'><w:rPr><w:b/></w:rPr></w:rPrChange>",
)
_LEAVES = (
    "<w:tab/>",
    "<w:br/>",
    '<w:br w:type="page"/>',
    "<w:cr/>",
    "<w:noBreakHyphen/>",
    "<w:softHyphen/>",
    '<w:sym w:font="Symbol" w:char="F0B7"/>',
    '<w:footnoteReference w:id="2"/>',
    '<w:commentReference w:id="1"/>',
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="separate"/>',
    '<w:fldChar w:fldCharType="end"/>',
    "<w:instrText> DDE a </w:instrText>",
    "<w:delText>gone </w:delText>",
    '<w:drawing><wp:docPr id="1" name="a" descr="seen"/></w:drawing>',
    '<w:object><o:OLEObject r:id="x"/></w:object>',
)
_AROUND_RUNS = (
    ('<w:ins w:id="1" w:author="EVR">', "</w:ins>"),
    ('<w:del w:id="1" w:author="SLN" w:date="2024-05-01T10:00:00Z">', "</w:del>"),
    ('<w:moveFrom w:id="1" w:author="">', "</w:moveFrom>"),
    ('<w:moveTo w:id="1" w:author="(A) [B]">', "</w:moveTo>"),
    ('<w:hyperlink r:id="h">', "</w:hyperlink>"),
    ('<w:fldSimple w:instr=" PAGE ">', "</w:fldSimple>"),
    ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ("<w:smartTag>", "</w:smartTag>"),
    ("<m:oMath><m:r><m:t>x</m:t></m:r>", "</m:oMath>"),
    ("<mc:AlternateContent><mc:Choice>", "</mc:Choice><mc:Fallback><w:r/></mc:Fallback></mc:AlternateContent>"),
    ("<a:unheard>", "</a:unheard>"),
    ("<w:unheard>", "</w:unheard>"),
)
_OF_PARAGRAPHS = (
    "",
    '<w:pStyle w:val="A"/>',
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>',
    "<w:pageBreakBefore/>",
    '<w:rPr><w:ins w:id="1" w:author="EVR"/></w:rPr>',
    '<w:rPr><w:del w:id="1" w:author="EVR"/></w:rPr>',
    "<w:rPr><w:vanish/></w:rPr>",
    '<w:framePr w:dropCap="drop"/>',
)
_BOX = ("<w:r><w:pict><v:textbox><w:txbxContent>", "</w:txbxContent></v:textbox></w:pict></w:r>")


def grown(pick: Pick, *, most: int = 60) -> str:
    """The main part of a file. ``most`` bounds how many elements there are."""
    left = [most]

    def several(make: Callable[[int], str], depth: int) -> str:
        made = []
        while left[0] > 0 and pick(4):
            left[0] -= 1
            made.append(make(depth))
        return "".join(made)

    def run() -> str:
        properties = _PROPERTIES[pick(len(_PROPERTIES))]
        inner = (
            _LEAVES[pick(len(_LEAVES))]
            if not pick(3)
            else f"<w:t>{''.join(_WORDS[pick(len(_WORDS))] for _ in range(pick(4)))}</w:t>"
        )
        return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"

    def in_paragraph(depth: int) -> str:
        kind = pick(6)
        if kind == 0 and depth:
            start, end = _AROUND_RUNS[pick(len(_AROUND_RUNS))]
            return start + several(in_paragraph, depth - 1) + end
        if kind == 1 and depth:
            return _BOX[0] + several(block, depth - 1) + _BOX[1]
        return run()

    def block(depth: int) -> str:
        kind = pick(8)
        if kind == 0 and depth:
            cell = f"<w:tc>{'<w:tcPr><w:vMerge/></w:tcPr>' if not pick(4) else ''}"
            rows = "".join(
                f"<w:tr>{cell}{several(block, depth - 1)}</w:tc>{cell}</w:tc></w:tr>" for _ in range(pick(3))
            )
            return f"<w:tbl>{rows}</w:tbl>"
        if kind == 1 and depth:
            start, end = _AROUND_RUNS[pick(len(_AROUND_RUNS))]
            return start + several(block, depth - 1) + end
        if kind == 2:
            return in_paragraph(depth)  # where none may stand
        return f"<w:p><w:pPr>{_OF_PARAGRAPHS[pick(len(_OF_PARAGRAPHS))]}</w:pPr>{several(in_paragraph, 3)}</w:p>"

    return f'<?xml version="1.0"?><w:document {DECLARED}><w:body>{several(block, 4)}</w:body></w:document>'


OTHER_PARTS = {
    "footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>noted</w:t></w:r></w:p></w:footnote>',
    "comments": '<w:comment w:id="1" w:author="EVR"><w:p><w:r><w:t>said</w:t></w:r></w:p></w:comment>',
    "styles": '<w:style w:type="paragraph" w:styleId="A"><w:rPr><w:b/></w:rPr></w:style>',
    "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
}
