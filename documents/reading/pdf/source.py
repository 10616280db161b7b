"""The lines of all pages written out as the source text, with what they show."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.notation.shown import Aside, Range
from documents.reading.pdf.layout import Layout
from documents.reading.pdf.line import Line


@dataclass(slots=True)
class Written:
    """The source, and where in it the lines begin; ``places`` are those of each page, with the height of the line."""

    source: str = ""
    bold: list[Range] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    places: list[list[tuple[float, int]]] = field(default_factory=list)


def write(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> Written:
    """One line of source for each printed line, a blank one where a gap parts paragraphs, a form feed at page turns."""
    written, parts, length = Written(), list[str](), 0
    layout = Layout(pages, widths)
    for page, lines in enumerate(pages):
        places: list[tuple[float, int]] = []
        for at, line in enumerate(lines):
            lead = _between(layout, lines, at) if at else ("\n" if parts else "") + "\f" * _turns(pages, page)
            lead += layout.indent(line)
            text = layout.padded(lines, at)
            start = length + len(lead)
            parts += (lead, text)
            length = start + len(text)
            places.append((line.y, start))
            written.bold += _bold(line, text, start)
            _set_aside(written.aside, line, lines[at - 1] if at else None, (start, length))
        written.places.append(places or [(0.0, length)])
    written.source = "".join(parts) + ("\n" if parts else "")
    written.bold = _joined(written.bold, written.source)
    return written


def _turns(pages: Sequence[Sequence[Line]], page: int) -> int:
    """How many pages were turned since the last one with a line on it."""
    count = 0
    while count < page:
        count += 1
        if pages[page - count]:
            break
    return count


def _between(layout: Layout, lines: Sequence[Line], at: int) -> str:
    """The line end, or two where a paragraph ends."""
    before, line = lines[at - 1], lines[at]
    if before.kind == line.kind == "footnote":
        return "\n"
    above = lines[at - 2] if at > 1 else None
    return "\n\n" if layout.is_wide(before, line) or layout.was_ended(before, line, above) else "\n"


def _bold(line: Line, text: str, start: int) -> list[Range]:
    """The bold stretches in the source; ``text`` is the line's own, or with more spaces in it."""
    if not line.bold or text == line.text:
        return [(start + a, start + z) for a, z in line.bold]
    places, at = [], 0
    for sign in line.text:
        at = text.index(sign, at) if sign != " " else at
        places.append(at)
        at += 1
        if sign == " ":
            at = len(text) - len(text[at:].lstrip(" "))
    return [(start + places[a], start + places[z - 1] + 1) for a, z in line.bold]


def _set_aside(aside: list[Aside], line: Line, before: Line | None, src: Range) -> None:
    """A line that is no wording; one that goes on with the footnote of the line before is added to it."""
    if not line.kind:
        return
    goes_on = line.kind == "footnote" and not line.mark and before is not None and before.kind == "footnote"
    if goes_on and aside:
        aside[-1] = aside[-1]._replace(src=(aside[-1].src[0], src[1]))
    else:
        aside.append(Aside(line.kind, src, line.mark))


def _joined(ranges: list[Range], source: str) -> list[Range]:
    """Ranges with nothing but white space between them as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not source[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
