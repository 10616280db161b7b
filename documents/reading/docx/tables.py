"""Tables: each cell on lines of its own, row by row."""

from documents.notation.shown import Range, Table
from documents.reading.docx.changes import KINDS, change_of
from documents.reading.docx.names import Element, attribute, child, is_on, name, words_in
from documents.reading.docx.shades import UNKNOWN, shading_of
from documents.reading.docx.story import Handler, Story

_TABLE_STYLE = (name("w:tblPr"), name("w:tblStyle"))
_TABLE_SHADING = (name("w:tblPr"), name("w:shd"))
_ROW, _CELL = name("w:trPr"), name("w:tcPr")
_MERGED = (name("w:vMerge"), name("w:hMerge"))
_CELL_CHANGES = {name("w:cellIns"): "inserted", name("w:cellDel"): "deleted", name("w:cellMerge"): "merged or split"}


def table(story: Story, element: Element) -> None:
    """A ``w:tbl``. One inside another, in a note or in a header is read as lines."""
    before = story.table_style, story.ground, story.rows
    story.table_style = attribute(child(element, *_TABLE_STYLE))
    by_style = UNKNOWN if story.file.styles.shades_cells(story.table_style) else ""
    story.ground = shading_of(child(element, *_TABLE_SHADING)) or by_style or story.ground
    if story.in_cell:
        story.end_block()
        story.note("nested-table", "A table inside of a table is read as lines of its cell", "")
    if story.in_cell or not story.is_body:
        story.inside(element)
    else:
        _read(story, element)
    story.table_style, story.ground, story.rows = before


def _read(story: Story, element: Element) -> None:
    out = story.file.out
    story.end_block()
    out.owe(2)
    rows: list[list[Range]] = []
    story.rows = rows
    story.inside(element)
    story.end_block()
    held = [src for row in rows for src in row if src[0] < src[1]]
    whole = (held[0][0], held[-1][1]) if held else (out.length, out.length)
    out.tables.append(Table(whole, tuple(tuple(row) for row in rows if row)))
    out.owe(2)


def row(story: Story, element: Element) -> None:
    said = element.find(_ROW)
    if story.rows is not None and not story.in_cell:
        story.rows.append([])
    if said is not None:
        for one in said:
            if one.tag in KINDS:
                story.note("tracked-change", f"A row of this table was {change_of(one).done}", "")
    if is_on(child(said, name("w:hidden"))):
        with story.aside("row"):
            story.inside(element)
    else:
        story.inside(element)


def cell(story: Story, element: Element) -> None:
    said = element.find(_CELL)
    before = story.ground
    story.ground = shading_of(child(said, name("w:shd"))) or before
    for one in said if said is not None else ():
        if one.tag in _CELL_CHANGES:
            who = attribute(one, name("w:author")) or "nobody that the file names"
            story.note("tracked-change", f"A cell of this table was {_CELL_CHANGES[one.tag]} by {who}", "")
    if story.in_cell or story.rows is None:
        _read_cell(story, element, said)
    else:
        _read_own_cell(story, element, said, story.rows)
    story.ground = before


def _read_own_cell(story: Story, element: Element, said: Element | None, rows: list[list[Range]]) -> None:
    """A cell of a table that is one: where it stands is kept."""
    out = story.file.out
    out.first, before = None, out.length
    story.in_cell = True
    _read_cell(story, element, said)
    story.in_cell = False
    start = before if out.first is None else out.first
    if not rows:
        rows.append([])
    rows[-1].append((start, out.length))


def _read_cell(story: Story, element: Element, said: Element | None) -> None:
    if _goes_on_from_before(said):
        if words := words_in(element):
            story.line.set_aside("merged", words)
    else:
        story.inside(element)
    story.end_block()


def _goes_on_from_before(said: Element | None) -> bool:
    merged = [found for one in _MERGED if (found := child(said, one)) is not None]
    return any(attribute(one) in ("", "continue") for one in merged)


HANDLERS: dict[object, Handler] = {name("w:tbl"): table, name("w:tr"): row, name("w:tc"): cell}
