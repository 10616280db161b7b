"""Files that nobody thought of, for as long as you like: ``python -m bench.fuzz package --seconds 600``.

It needs atheris, which is no dependency of the product: install it with lxml and pypdfium2 into an environment of its own
(``python -m venv elsewhere; elsewhere/bin/pip install atheris lxml pypdfium2``) and run this file with that one's Python.
What makes a reader fail is written to ``var/fuzz/`` and ends the run.

    text     bytes as a text file: read, or refused with a reason
    markup   bytes as the main part of a Word file
    docx     bytes as a Word file
    tree     a Word file grown from a grammar, by the bytes
    pdf      bytes as a PDF
    package  any text: read without loss, every offset a place, the answer in the shape of podium/1
"""

import argparse
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["documents"]):
    import documents.reading.docx
    import documents.reading.pdf  # noqa: F401
    from documents.notation.package import read_package
    from documents.notation.podium import to_podium_json
    from documents.reading.refusal import NotText
    from documents.reading.taken import on_trial, take

from tests.hostile import office, portable
from tests.hostile.grammar import OTHER_PARTS, grown
from tests.hostile.lossless import lost, missing_of_docx
from tests.hostile.zips import STORED, Entry, archive

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "var" / "fuzz"
LONGEST = 20_000


def text(data: bytes) -> None:
    _read(lambda: take(data, "a.txt"))


def docx(data: bytes) -> None:
    _read(lambda: take(b"PK\x03\x04" + data[4:], "a.docx"))


def pdf(data: bytes) -> None:
    _read(lambda: take(b"%PDF-" + data[5:], "a.pdf"))


def markup(data: bytes) -> None:
    parts = office.parts_of(data)
    stored = [Entry(entry.name, entry.data, STORED) for entry in office.entries_of(parts)]
    _read(lambda: take(archive(stored), "a.docx"))


def tree(data: bytes) -> None:
    chosen = iter(data)
    body = grown(lambda count: next(chosen, 0) % count)
    parts = office.parts_of(body, **{name: office.part(name, held) for name, held in OTHER_PARTS.items()})
    made = archive([Entry(entry.name, entry.data, STORED) for entry in office.entries_of(parts)])
    taken = take(made, "a.docx")  # well-formed, so never refused
    assert not missing_of_docx(made, taken), missing_of_docx(made, taken)
    assert not lost(read_package(taken.source, shown=taken.shown))


def package(data: bytes) -> None:
    source = data.decode("utf-8", "replace")
    read = read_package(source)
    assert not lost(read), lost(read)
    json.dumps(to_podium_json(read, name="a.txt", data=data))


def _read(work: Callable[[], object]) -> None:
    """Do it and read the text on trial. A refusal is an answer; anything else that is raised is a finding."""
    try:
        taken = work()
    except NotText:
        return
    on_trial(taken)  # type: ignore[arg-type]


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "markup": markup,
    "docx": docx,
    "tree": tree,
    "pdf": pdf,
    "package": package,
}


def seeds(target: str) -> list[bytes]:
    """Good files to begin with."""
    if target in ("text", "package"):
        golden = [path.read_bytes() for path in (ROOT / "tests" / "golden").glob("**/*.txt")]
        return [data[at : at + 3_000] for data in golden for at in range(0, len(data), 3_000)]
    if target == "pdf":
        return [portable.good_file().data]
    if target == "tree":
        return [bytes(range(1, 200)), bytes(range(7, 250, 3)) * 3, b"\1\3\0\2" * 80]
    good = office.good_file().data
    return [good] if target == "docx" else [office.document(office.PLAIN).encode(), _main_part(good)]


def _main_part(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(office.MAIN)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("--seconds", type=int, default=600)
    given = asked.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(seeds(given.target)):
            (Path(folder) / str(number)).write_bytes(data)
        limits = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=1500"]
        places = [f"-artifact_prefix={FOUND}/{given.target}-", "-print_final_stats=1", folder]
        atheris.Setup([sys.argv[0], *limits, *places], TARGETS[given.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
