"""The lines of all pages in reading order: what is at the edges first and last, the columns between, turned text last."""

from collections.abc import Iterable, Sequence

from documents.reading.pdf.columns import Block, Row, blocks, rows_of
from documents.reading.pdf.line import Line, line_of
from documents.reading.pdf.margins import mark_furniture
from documents.reading.pdf.notes import mark_footnotes, usual_size
from documents.reading.pdf.page import Page
from documents.reading.pdf.rows import Segment, segments


def lines_of_pages(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page in order; page furniture and footnotes have their ``kind``."""
    parts = [segments(page.pieces) for page in pages]
    across = [_across(page, found) for page, found in zip(pages, parts, strict=True)]
    mark_furniture([[line for line, _ in rows] for rows in across], [page.height for page in pages])
    lines = [_ordered(page, found, rows) for page, found, rows in zip(pages, parts, across, strict=True)]
    mark_footnotes(lines, pages, usual_size(line for on_page in lines for line in on_page if not line.kind))
    return lines


def _across(page: Page, found: Sequence[Segment]) -> list[tuple[Line, Row]]:
    """What stands on one height as one line, whatever columns there are: so is furniture printed."""
    rows = rows_of(found)
    made = [(line_of(row, page.number, 0), row) for row in rows]
    return [(line, row) for line, row in made if line is not None]


def _ordered(page: Page, found: Sequence[Segment], across: Iterable[tuple[Line, Row]]) -> list[Line]:
    furniture = [(line, row) for line, row in across if line.kind]
    away = {id(segment) for _, row in furniture for segment in row.segments}
    body = _numbered(page, blocks([segment for segment in found if id(segment) not in away]), 1)
    top = [line for line, _ in furniture if line.y > page.height / 2]
    last = body[-1].block if body else 0
    bottom = [line for line, _ in furniture if line.y <= page.height / 2]
    for line in bottom:
        line.block = last + 1
    return [*top, *body, *bottom, *_turned(page, last + 2)]


def _turned(page: Page, block: int) -> list[Line]:
    """Lines in other directions, those of each direction together."""
    made: list[Line] = []
    for heading in sorted(page.turned):
        made += _numbered(page, blocks(segments(page.turned[heading])), made[-1].block + 1 if made else block)
    for line in made:
        line.turned = True
    return made


def _numbered(page: Page, found: Sequence[Block], first: int) -> list[Line]:
    made = [line_of(row, page.number, number) for number, rows in enumerate(found, start=first) for row in rows]
    return [line for line in made if line is not None]
