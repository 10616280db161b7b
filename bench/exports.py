"""E1, E2: a suspension until every file is made, and PDF and DOCX beside the least that makes a file of their kind.

No text is set twice in one process: the typesetter remembers what it has laid out, and would answer from memory.
"""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import count, cycle, islice
from time import perf_counter
from typing import Any
from xml.sax.saxutils import escape

import typst
from pypdfium2 import PdfDocument

DOCUMENTS, PARAGRAPHS, WORDS = 4, 190, 30
"""About 18 pages of A4 each."""
LONG = (1_000, 10_000)
GOALS = {"PDF": 1.5, "DOCX": 10}
Ratio = Callable[..., tuple[float, float, float]]
_never = count(1)


def report(ratio: Ratio) -> None:
    pinned = _suspension()
    _beside(ratio, f"E1 {DOCUMENTS} documents", pinned)
    times = {}
    for paragraphs in LONG:
        long = replace(pinned[0], paragraphs=tuple(islice(cycle(pinned[0].paragraphs), paragraphs)))
        times[paragraphs] = _beside(ratio, f"E2 1 document, {paragraphs:,} paragraphs", [long], pairs=3)
    for name in GOALS:
        grown = times[LONG[1]][name] / times[LONG[0]][name]
        print(f"E2 {name} 10,000 : 1,000 paragraphs = {grown:.1f} (linear is 10; goal <= 12)")


def _suspension() -> list[Any]:
    """Suspend a session over the documents, let the worker's own function make every file, and say how long each took."""
    from bench.texts import document
    from documents.notation.package import read_package
    from documents.rendering.formats import FORMATS
    from documents.rendering.printed import from_json
    from negotiations.acts import texts
    from negotiations.models import Freeze
    from negotiations.tasks import work_off_jobs
    from tests.room import Room

    def source(number: int) -> str:
        return document(PARAGRAPHS, words=WORDS + number, title=f"Draft Statement {number}")

    room = Room.opened(source(0))
    for number in range(1, DOCUMENTS):
        package = read_package(source(number))
        act = {"actor": room.secretariat, "negotiation_id": room.negotiation.pk, "key": room.key()}
        texts.import_package(**act, package=package, name=f"draft {number}")
    began = perf_counter()
    room.suspends()
    frozen = perf_counter()
    work_off_jobs()
    print(
        f"E1 a suspension with {DOCUMENTS} documents of {PARAGRAPHS} paragraphs: pinned in {frozen - began:.2f} s, all "
        f"files ({', '.join(FORMATS)}) on record {perf_counter() - frozen:.2f} s later"
    )
    pinned = [from_json(freeze.printed) for freeze in Freeze.objects.filter(session__negotiation=room.negotiation)]
    for name, form in FORMATS.items():
        began = perf_counter()
        files = [form.render(_unseen(one)) for one in pinned]
        took, size = perf_counter() - began, sum(map(len, files))
        pages = f", {sum(len(PdfDocument(file)) for file in files)} pages" if name == "pdf" else ""
        print(f"   {name:4} {1000 * took:5.0f} ms, {size // 1000} kB{pages}")
    return pinned


def _beside(ratio: Ratio, what: str, documents: list[Any], pairs: int = 5) -> dict[str, float]:
    """How many times the peer's time each format takes; gives our own times in seconds."""
    from documents.rendering import docx, pdf

    def each(render: Callable[[Any], bytes]) -> Callable[[], object]:
        # Made before, so that its making is not measured.
        fresh = iter([[_unseen(one) for one in documents] for _ in range(pairs)])
        return lambda: [render(one) for one in next(fresh)]

    times = {}
    for name, peer, ours, kind in (
        ("PDF", _raw_typst, pdf.render, "typst on the bare paragraphs"),
        ("DOCX", _raw_zip, docx.render, "a zip of the bare paragraphs"),
    ):
        against, theirs, times[name] = ratio(each(peer), each(ours), pairs)
        print(
            f"{what}: {name} takes {1 / against:.2f} x {kind} (goal <= {GOALS[name]}); "
            f"{1000 * theirs:.0f} and {1000 * times[name]:.0f} ms",
            flush=True,
        )
    return times


def _unseen(printed: Any) -> Any:
    """The document with a number before each paragraph that no document had before."""
    from documents.notation.write import Piece

    run = next(_never)
    numbered = (
        replace(paragraph, pieces=(Piece("text", f"{run}/{at} "), *paragraph.pieces))
        for at, paragraph in enumerate(printed.paragraphs)
    )
    return replace(printed, paragraphs=tuple(numbered))


def _words(printed: Any) -> list[str]:
    from documents.rendering.printed import text_of

    return [text_of(paragraph) for paragraph in printed.paragraphs]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


def _raw_typst(printed: Any) -> bytes:
    # The words are ASCII: a string of JSON is one of typst.
    source = '#set page("a4")\n' + "\n\n".join(f"#{json.dumps(words)}" for words in _words(printed))
    return bytes(_compiler().compile(input=source.encode(), format="pdf"))


def _raw_zip(printed: Any) -> bytes:
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>' for words in _words(printed)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return file.getvalue()
