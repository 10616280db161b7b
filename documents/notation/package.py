"""A whole file read: the covering letter, the documents, their paragraphs, and everything worth reporting.

Files taken out of a PDF have blank lines between wrapped lines, and wrapped lines without any: paragraphs are found by
what stands in them (labels, ends of sentences, open brackets, a word that would still have fitted), not by blank lines
alone. Every visible character ends up in exactly one place (podium/1, losslessness).
"""

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

from documents.notation.faults import SEVERITIES
from documents.notation.labels import find_label, number_of
from documents.notation.lines import BLANK, INVISIBLE, LINE_END, Lines, split_lines
from documents.notation.paragraphs import Block, blocks
from documents.notation.read import Reading, crossings, read_wording

_STATUS = re.compile(r"(?:PODIUM VERSION|ПОДИУМНАЯ ВЕРСИЯ|ПОДИУМ НҰСҚАСЫ)\b.{0,80}", re.IGNORECASE)
_RULE = re.compile(r"[_=*\s-]{6,}")
_SENTENCE_END = (".", ";", ",", ":")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as podium/1 has it; ``src`` is its range in the source, ``alternative_to`` an index."""

    label: str | None
    kind: str
    reading: Reading
    src: tuple[int, int]
    alternative_to: int | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Artefact:
    """Page furniture: ``kind`` is page_number, running_header or other."""

    kind: str
    text: str
    src: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document: header lines, status line, title and paragraphs, in the order of the source."""

    title: str | None
    header_lines: tuple[str, ...]
    status_line: str | None
    paragraphs: tuple[ReadParagraph, ...]
    artefacts: tuple[Artefact, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something to report; ``at`` is its offset in the source, ``line`` and ``column`` count from 1."""

    code: str
    severity: str
    at: int
    line: int
    column: int
    excerpt: str
    message: str


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that one file holds."""

    source: str
    letter: str | None
    documents: tuple[ReadDocument, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_package(source: str, *, known_codes: Collection[str] | None = None) -> Package:
    """Read a decoded file. Never raises; takes time in proportion to its length.

    ``known_codes`` only adds ``unknown-delegation``; it never decides what a marker is.
    """
    lines = split_lines(source)
    starts = _documents(lines)
    if not starts:
        letter, ranges = None, [(0, 0, len(lines))] if len(lines) else []
    else:
        letter = _letter(source, lines, starts[0][0])
        ends = [head for head, _ in starts[1:]] + [len(lines)]
        ranges = [(head, status, end) for (head, status), end in zip(starts, ends, strict=True)]
    reporter = _Reporter(source, None if known_codes is None else {code.upper() for code in known_codes})
    documents = tuple(_document(source, lines, *span, with_head=bool(starts), reporter=reporter) for span in ranges)
    if not len(lines):
        reporter.say("no-text", 0, "There is no text in this file.")
    return Package(source, letter, documents, reporter.sorted())


# ---- where documents begin


def _documents(lines: Lines) -> list[tuple[int, int]]:
    """For each document the line its head begins on, and the line of its status line."""
    found: list[tuple[int, int]] = []
    for at, text in enumerate(lines.texts):
        if _STATUS.fullmatch(text) and not text.endswith((",", ";")):
            floor = found[-1][1] + 1 if found else 0
            found.append((_head(lines, at, floor), at))
    return found


def _head(lines: Lines, status: int, floor: int) -> int:
    """The first line of the head above a status line: short lines that end no sentence, up to the top of the page."""
    head = status
    while head > floor and _heads(lines.texts[head - 1]):
        head -= 1
        if lines.indents[head] or head in lines.new_page:
            break
    return head


def _heads(text: str) -> bool:
    return len(text) <= 90 and not text.endswith(_SENTENCE_END) and find_label(text) is None and "[" not in text


def _letter(source: str, lines: Lines, end: int) -> str | None:
    if end == 0:
        return None
    return source[lines.starts[0] : lines.ends[end - 1]]


# ---- one document


def _document(
    source: str, lines: Lines, head: int, status: int, end: int, *, with_head: bool, reporter: "_Reporter"
) -> ReadDocument:
    header: tuple[str, ...] = ()
    status_line = title = None
    first = head
    if with_head:
        header = tuple(lines.texts[head:status])
        status_line = lines.texts[status]
        first = status + 1
        found = list(blocks(source, lines, first, end, after_head=True))
        if found and _is_title(found[0]):
            title = found[0].text
            found = found[1:]
    else:
        found = list(blocks(source, lines, first, end, after_head=False))
    bodies = [block for block in found if block.kind == "wording"]
    artefacts = tuple(Artefact(block.kind, block.text, block.src) for block in found if block.kind != "wording")
    paragraphs = _paragraphs(bodies)
    reporter.report(bodies, paragraphs)
    return ReadDocument(title, header, status_line, tuple(paragraphs), artefacts)


def _is_title(block: Block) -> bool:
    label = find_label(block.text)
    ends = block.text.endswith(_SENTENCE_END)
    return block.kind == "wording" and label is None and not ends and len(block.text) <= 400 and "[" not in block.text


def _paragraphs(bodies: list[Block]) -> list[ReadParagraph]:
    labels = [find_label(block.text) for block in bodies]
    made: list[ReadParagraph] = []
    for at, block in enumerate(bodies):
        reading = read_wording(block.text)
        label = labels[at]
        made.append(
            ReadParagraph(
                label[1] if label else None,
                _kind(bodies, labels, made, at),
                reading,
                block.src,
                _base(made, label),
                "agreed_ad_ref" if _is_agreed(reading) else None,
            )
        )
    return made


def _is_agreed(reading: Reading) -> bool:
    every = (*reading.markers, *reading.orphans, *(marker for span in reading.spans for marker in span.markers))
    return any(marker.stance == "agreed" for marker in every)


def _base(made: list[ReadParagraph], label: tuple[str, str] | None) -> int | None:
    """Which paragraph an alternative would replace: the nearest one before it that is no alternative itself."""
    if label is None or not re.search(r"\balt", label[1], re.IGNORECASE):
        return None
    return next((at for at in range(len(made) - 1, -1, -1) if made[at].alternative_to is None), None)


def _kind(bodies: list[Block], labels: list[tuple[str, str] | None], made: list[ReadParagraph], at: int) -> str:
    text, label = bodies[at].text, labels[at]
    plain = text.strip("[]［］ ")
    if label:
        match label[0]:
            case "named":
                return "preambular" if label[1][0] in "PП" else "operative"
            case "alt":
                return made[-1].kind if made else "paragraph"
            case "part":
                return "section_heading"
            case "sub":
                return (
                    "item"
                    if not made or made[-1].kind not in ("item", "subitem") or _same_style(made, label[1])
                    else "subitem"
                )
        return "section_heading" if _is_heading(plain) else "item"
    if plain.isupper() and len(plain) < 160:
        return "formula" if plain.endswith(":") else "section_heading"
    if _is_heading(plain) and len(plain) < 80 and len(bodies) > at + 1:
        return "section_heading"
    if at == 0 or plain.endswith(":"):
        return "chapeau"
    return "preambular" if _before_formula(bodies, at) else "paragraph"


def _is_heading(plain: str) -> bool:
    return len(plain) < 120 and not plain.endswith((".", ";", ",", ":", ")", "]"))


def _same_style(made: list[ReadParagraph], label: str) -> bool:
    """Whether the list that is being read counts as this label does: (1), (2) or a), b)."""
    last = next((p.label for p in reversed(made) if p.kind in ("item", "subitem") and p.label), "") or ""
    first = next((p.label for p in reversed(made) if p.kind == "item" and p.label), "") or ""
    return any(re.sub(r"\w+", "x", seen) == re.sub(r"\w+", "x", label) for seen in (last, first)[1:]) or last == ""


def _before_formula(bodies: list[Block], at: int) -> bool:
    ahead = (block.text for block in bodies[at + 1 : at + 60])
    return any(text.isupper() and text.endswith(":") for text in ahead)


# ---- reporting


@dataclass(slots=True)
class _Reporter:
    source: str
    known: set[str] | None
    found: list[tuple[int, str, str]] = field(default_factory=list)

    def say(self, code: str, at: int, message: str) -> None:
        self.found.append((at, code, message))

    def report(self, bodies: list[Block], paragraphs: list[ReadParagraph]) -> None:
        """Everything that is odd in one document's paragraphs, at its place in the source."""
        readings = [paragraph.reading for paragraph in paragraphs]
        crossed = list(crossings(readings))
        dropped = {(at, fault.at) for at, fault in crossed}
        for at, (block, reading) in enumerate(zip(bodies, readings, strict=True)):
            for fault in reading.faults:
                crosses = fault.code == "unclosed-bracket" and (at, fault.at) in dropped
                code = "bracket-crosses-paragraphs" if crosses else fault.code
                self.say(code, block.place(self.source, fault.at), fault.message)
            self._codes(block, reading)
            if match := _INVISIBLE.search(self.source, *block.src):
                self.say("invisible-characters", match.start(), "There are characters here that nobody sees.")
            self._stray(block, reading)
        self._labels(bodies, paragraphs)

    def _codes(self, block: Block, reading: Reading) -> None:
        for marker in (*reading.markers, *reading.orphans, *(m for span in reading.spans for m in span.markers)):
            code = marker.delegation or ""
            if _scripts(code) > 1:
                self.say(
                    "mixed-script-code",
                    block.place(self.source, marker.start),
                    f"{code} mixes letters of two alphabets.",
                )
            if self.known is not None and code and code.upper() not in self.known:
                self.say(
                    "unknown-delegation", block.place(self.source, marker.start), f"{code} is not a code of this house."
                )

    def _stray(self, block: Block, reading: Reading) -> None:
        """Punctuation outside a bracket that holds the whole paragraph: ``[PP5a. …] (+VIE).``"""
        roots = [span for span in reading.spans if span.parent is None]
        if len(roots) != 1 or reading.text[: roots[0].open].strip():
            return
        rest = reading.text[roots[0].close + 1 :]
        for marker in roots[0].markers:
            rest = rest.replace(marker.raw, " " * len(marker.raw), 1)
        marks = [at for at, sign in enumerate(rest) if not sign.isspace() and sign != ","]
        if len(marks) == 1 and not rest[marks[0]].isalnum() and rest[marks[0]] not in "()[]":
            at = block.place(self.source, roots[0].close + 1 + marks[0])
            self.say("stray-punctuation", at, "This sign stands outside the bracket that holds the whole paragraph.")

    def _labels(self, bodies: list[Block], paragraphs: list[ReadParagraph]) -> None:
        seen: set[str] = set()
        last: dict[str, int] = {}
        for block, paragraph in zip(bodies, paragraphs, strict=True):
            label = paragraph.label
            if paragraph.kind == "section_heading":
                seen.clear()
                last = {name: number for name, number in last.items() if name}
            if not label or re.fullmatch(r"alt\w*", label, re.IGNORECASE):
                continue
            at = block.place(self.source, block.text.index(label))
            if label in seen and paragraph.kind not in ("item", "subitem"):
                self.say("duplicate-label", at, f"{label} was used before in this section.")
            seen.add(label)
            counted = number_of(label)
            if counted is None or paragraph.kind == "section_heading":
                continue
            name, number = counted
            if name in last and number > last[name] + 1:
                self.say("label-gap", at, f"{name}{last[name]} is followed by {label}.")
            last[name] = number

    def sorted(self) -> tuple[Diagnostic, ...]:
        ends = [match.end() for match in LINE_END.finditer(self.source)] if self.found else []
        begins = [0, *ends]
        made = []
        for at, code, message in sorted(set(self.found)):
            line = bisect_right(begins, at)
            excerpt = " ".join(self.source[at : at + 200].strip(BLANK).split())[:40]
            made.append(Diagnostic(code, SEVERITIES[code], at, line, at - begins[line - 1] + 1, excerpt, message))
        return tuple(made)


def _scripts(code: str) -> int:
    """How many of Latin and Cyrillic letters a code has."""
    return bool(re.search("[A-Za-z]", code)) + bool(re.search("[Ѐ-ӿ]", code))
