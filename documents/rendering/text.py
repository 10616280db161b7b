"""The podium version in plain characters. Its bytes are what the version's checksum is taken over."""

import re
from dataclasses import dataclass

from documents.rendering.printed import PrintedDocument, PrintedParagraph, text_of, that_print

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Composition:
    """The whole text, and for each paragraph that prints its half-open range in it, in code points."""

    text: str
    paragraphs: tuple[tuple[PrintedParagraph, tuple[int, int]], ...]


def render(printed: PrintedDocument) -> bytes:
    """UTF-8 without a BOM: header lines, status line, title, then one paragraph a line, a blank line between."""
    return compose(printed).text.encode()


def compose(printed: PrintedDocument) -> Composition:
    """The text with the place of each paragraph in it."""
    head = "\n".join(one_line(line) for line in printed.header_lines)
    blocks = [block for block in (head, one_line(printed.status_line), one_line(printed.title)) if block]
    length = sum(len(block) + 2 for block in blocks)
    places = []
    for paragraph in that_print(printed):
        words = one_line(text_of(paragraph))
        blocks.append(words)
        places.append((paragraph, (length, length + len(words))))
        length += len(words) + 2
    text = "\n\n".join(blocks)
    return Composition(text + "\n" if text else "", tuple(places))


def one_line(words: str) -> str:
    """The words with line ends as spaces: a line of the file is a paragraph."""
    return _LINE_END.sub(" ", words)
