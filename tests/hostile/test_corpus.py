"""Each hostile file is refused in one sentence, or read with every word of it in the text or in the list of what was set aside.

No file harms whoever asks: nothing is waited for longer, nothing takes more memory, than is allowed; no connection is made.
"""

import contextlib
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from documents.notation.package import read_package
from documents.reading.guarded import MEGABYTES, ReadingChild
from documents.reading.kinds import Kind, kind_of
from documents.reading.refusal import NotText
from documents.reading.taken import Taken, take
from tests.hostile.cases import Case, Made
from tests.hostile.corpus import corpus
from tests.hostile.lossless import lost, missing_of_docx, missing_of_text

SMALL = 200_000
"""Characters up to which what was read is counted letter by letter."""


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    """The address of a listener on loopback that must hear of nobody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard: list[object] = []
        thread = threading.Thread(target=_listen, args=(server, heard), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        time.sleep(0.1)
        assert heard == [], "a file made its reader connect to an address"
        server.shutdown(socket.SHUT_RDWR)


def _listen(server: socket.socket, heard: list[object]) -> None:
    with contextlib.suppress(OSError):
        while True:
            heard.append(server.accept())


class Readers:
    """Children to read with: one for the small files, as long as it lives, and one for each of the dangerous ones."""

    def __init__(self) -> None:
        self.child: ReadingChild | None = None

    def take(self, made: Made, case: Case) -> tuple[Taken | NotText, int]:
        """What came of a file, and the most memory in bytes that was seen."""
        if case.alone:
            with ReadingChild(_kinds(made.data), seconds=case.seconds) as child:
                return _taken(child, made, case), child.peak
        if self.child is None or self.child.has_ended:
            self.end()
            self.child = ReadingChild(files=10_000)
        return _taken(self.child, made, case), self.child.peak

    def end(self) -> None:
        if self.child is not None:
            with self.child:
                pass


def _kinds(data: bytes) -> list[Kind]:
    with contextlib.suppress(NotText):
        return [kind_of(data)]
    return ["text"]


def _taken(child: ReadingChild, made: Made, case: Case) -> Taken | NotText:
    try:
        return child.take(made.data, case.called)
    except NotText as refused:
        return refused


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    """At the end there are no children, no open files and no temporary files more than before."""
    here = tmp_path_factory.mktemp("temporary")
    before, opened = os.environ.get("TMPDIR"), psutil.Process().num_fds()
    os.environ["TMPDIR"] = str(here)
    readers = Readers()
    yield readers
    readers.end()
    os.environ.pop("TMPDIR")
    if before is not None:
        os.environ["TMPDIR"] = before
    assert list(here.iterdir()) == []
    assert psutil.Process().num_fds() <= opened + 1
    assert not [child for child in psutil.Process().children() if child.status() == psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("name", list(corpus()))
def test_a_hostile_file_is_refused_in_a_sentence_or_read_without_a_word_missing(
    name: str, listener: str, readers: Readers
) -> None:
    case = corpus()[name]
    made = case.make(listener)
    began = time.monotonic()
    came, peak = readers.take(made, case)
    took = time.monotonic() - began
    assert took < case.seconds + 3, "it was waited for longer than allowed"
    assert peak <= MEGABYTES * 1024 * 1024
    if isinstance(came, NotText):
        assert case.outcome != "read", f"it was refused: {came}"
        _check_sentence(str(came), made)
    else:
        assert case.outcome != "refused", f"it was read: {came.source[:200]!r}"
        _check_words(case, made, came)


def _check_sentence(said: str, made: Made) -> None:
    assert said.isprintable()
    assert 5 < len(said) < 160
    assert said[0].islower(), "half a sentence"
    for never in ("Traceback", "Error", "documents.", "site-packages", "0x", "%(", "/", "\\", "<", ">"):
        assert never not in said, said
    assert not [word for word in made.planted if word in said]


def _check_words(case: Case, made: Made, came: Taken) -> None:
    quoted = " ".join(notice.quote for notice in came.shown.notices)
    assert [code for code in case.codes if code not in {notice.code for notice in came.shown.notices}] == []
    twice = [word for word in made.planted if len(re.findall(f"{word}(?![0-9])", came.source)) > 1]
    assert twice == [], "words stand in the text more than once"
    for word in sorted(made.planted):
        in_text, in_list = word in came.source, word in quoted
        if word.startswith("keep"):
            assert in_text, f"{word} is not in the text"
        elif word.startswith("side"):
            assert not in_text, f"{word} is in the text although nobody sees it"
            assert in_list, f"{word} is missing without a word"
        else:
            assert in_text or in_list, f"{word} is missing without a word"
    if len(came.source) <= SMALL and not case.alone:
        assert lost(read_package(came.source, shown=came.shown)) == {}
        if came.kind == "text":
            assert missing_of_text(made.data, came.source) == {}
        elif came.kind == "docx" and case.outcome == "read":
            assert missing_of_docx(made.data, came) == set()


def test_the_corpus_is_large_and_the_same_at_every_run() -> None:
    assert len(corpus()) >= 400
    for name in ("turned-docx-3", "turned-pdf-17", "turned-markup-2", "bomb-of-quoted-overlaps", "pdf-file-attached"):
        case = corpus()[name]
        assert case.make("a:1") == case.make("a:1")


def test_reading_apart_gives_what_reading_here_gives() -> None:
    """The walls change nothing about the answer."""
    with ReadingChild() as child:
        for name in ("txt-named-txt", "docx-named-docx", "pdf-named-pdf", "pdf-words-turned", "word-comment"):
            case = corpus()[name]
            data = case.make("a:1").data
            there, here = child.take(data, case.called), take(data, case.called)
            assert (there.source, there.shown) == (here.source, here.shown)


def test_what_has_to_be_kept_out_is_kept_out_of_a_child_that_reads_all_kinds() -> None:
    with ReadingChild() as child:
        child.take(b"boats", "a.txt")
        status = Path(f"/proc/{child._process.pid}/status")
        if status.exists():
            assert "Seccomp:\t2" in status.read_text()
