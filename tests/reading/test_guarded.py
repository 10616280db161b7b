"""Files are read in a process of their own that can do nothing else, and whatever becomes of it is said in words."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from django.utils import translation

from documents.notation.shown import Notice, Shown, Tracked
from documents.reading import guarded
from documents.reading.guarded import ReadingChild, take_guarded
from documents.reading.refusal import NotText
from documents.reading.taken import Taken, from_json, take, to_json

WORDS = "OP1. Boats [and oars] (+EVR) are lent.\r\n\r\n\ufeffПодтверждая [ө] (-SLN) 🛶\u2028"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux")


def refusal(data: bytes, **limits: int) -> str:
    with pytest.raises(NotText) as refused:
        take_guarded(data, "a.txt", **limits)
    said = str(refused.value)
    assert len(said) < 120
    assert said.isprintable()
    assert "Traceback" not in said
    assert "/" not in said
    return said


def test_the_answer_is_that_of_reading_in_the_same_process():
    there, here = take_guarded(WORDS.encode(), "a.pdf"), take(WORDS.encode(), "a.pdf")
    assert (there.kind, there.source, there.shown) == (here.kind, WORDS, here.shown)


def test_the_text_is_read_on_trial_and_counted():
    counts = take_guarded(WORDS.encode(), "a.txt").counts
    assert counts is not None
    assert (counts.documents, counts.paragraphs, counts.brackets, counts.markers) == (1, 2, 2, 2)
    assert counts.diagnostics["invisible-characters"] == 1


def test_a_refusal_comes_back_with_its_facts():
    assert refusal(b"boats \x01") == "it holds the control character U+0001, so it is not a text"
    assert refusal(b"boats \xff") == "it is not UTF-8 at byte 6"


def test_a_refusal_is_said_in_the_language_of_the_reader(monkeypatch: pytest.MonkeyPatch):
    with translation.override("ru"):
        monkeypatch.setattr("django.utils.translation.gettext", lambda words: f"«{words}»")
        assert refusal(b"boats \xff") == "«it is not UTF-8 at byte 6»"


def test_a_file_over_the_limit_starts_no_process(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert refusal(b"a" * (10 * 1024 * 1024 + 1)) == "it is larger than 10 MiB"


def test_what_takes_too_long_is_stopped_in_time():
    began = time.monotonic()
    assert refusal(b"[" * (10 * 1024 * 1024), seconds=1) == (
        "it takes longer than 1 seconds to read; it is too large or damaged"
    )
    assert time.monotonic() - began < 2


def test_computing_is_limited_even_if_nobody_waits():
    with ReadingChild(["text"], seconds=1) as child:
        child.seconds = 30
        with pytest.raises(NotText, match="it takes longer than"):
            child.take(b"[" * (10 * 1024 * 1024), "a.txt")
        assert child._process.returncode == -signal.SIGXCPU


def test_what_takes_too_much_memory_is_stopped():
    many = b"[a] " * 2_600_000
    assert refusal(many, megabytes=256) == "it takes more than 256 MB of memory to read; it is too large or damaged"


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM])
def test_a_process_that_dies_is_a_file_that_is_refused(how: signal.Signals):
    with ReadingChild(["text"]) as child:
        os.kill(child._process.pid, how)
        with pytest.raises(NotText, match="the reader stopped on it; it is damaged"):
            child.take(b"boats", "a.txt")


def test_many_small_files_are_read_by_one_process():
    with ReadingChild() as child:
        for number in range(50):
            assert child.take(f"OP{number}.".encode(), "a.txt").source == f"OP{number}."
            with pytest.raises(NotText):
                child.take(b"\xff", "a.txt")


def test_no_process_is_left_behind():
    with ReadingChild(["text"]) as child:
        here = psutil.Process(child._process.pid)
    assert not here.is_running()
    take_guarded(b"boats", "a.txt")
    with pytest.raises(NotText):
        take_guarded(b"[" * (10 * 1024 * 1024), "a.txt", seconds=1)
    assert all(
        guarded._START not in " ".join(child.cmdline()) for child in psutil.Process().children() if child.is_running()
    )


def test_a_process_of_its_own_starts_fast():
    began = time.monotonic()
    take_guarded(b"boats", "a.txt")
    assert time.monotonic() - began < 2, "0.1 s on a quiet machine"


@on_linux
def test_system_calls_are_filtered():
    with ReadingChild(["text"]) as child:
        child.take(b"boats", "a.txt")
        assert child.filtered
        status = Path(f"/proc/{child._process.pid}/status").read_text()
    assert "Seccomp:\t2\n" in status
    assert "NoNewPrivs:\t1\n" in status


@on_linux
def test_the_process_has_a_session_of_its_own_and_a_bare_environment():
    with ReadingChild(["text"]) as child:
        child.take(b"boats", "a.txt")
        pid = child._process.pid
        assert os.getsid(pid) == pid
        assert Path(f"/proc/{pid}/environ").read_bytes().rstrip(b"\0") == b"LC_ALL=C.UTF-8"
        limits = psutil.Process(pid)
        assert limits.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert limits.rlimit(psutil.RLIMIT_CORE) == (0, 0)
        assert limits.rlimit(psutil.RLIMIT_AS) == (512 * 1024 * 1024,) * 2


# ---- a child that was led astray


def as_told(answer: str) -> ReadingChild:
    """A child that answers this, whatever it is asked."""
    child = ReadingChild(["text"])
    child._end()
    child._process = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.buffer.readline(); sys.stdout.write(sys.argv[1])", answer],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )
    return child


REST = '"peak": 1, "filtered": true}\n'
EMPTY = '"paragraphs": null, "bold": null, "tracked": [], "aside": [], "tables": [], "notices": []'


def taken(kind: str, source: str, counts: str) -> str:
    return f'{{"taken": {{"kind": {kind}, "source": {source}, "counts": {counts}, "shown": {{{EMPTY}}}}}, {REST}'


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "boats\n",
        "[]\n",
        "1\n",
        "[" * 50_000 + "\n",
        "{" + REST,
        '{"taken": {}, ' + REST,
        taken('"exe"', '"a"', "null"),
        taken('"text"', "5", "null"),
        taken('"text"', '"\\ud800"', "null"),
        taken('"text"', '"a"', '{"documents": 1}'),
        '{"refused": "%(nothing)s", "facts": {"a": 1}, ' + REST,
        '{"refused": "%s", "facts": {}, ' % ("a" * 400) + REST,
        '{"refused": "a\\nb", "facts": {}, ' + REST,
        '{"refused": "a", "facts": {"b": [1]}, ' + REST,
        '{"refused": ["a"], "facts": {}, ' + REST,
    ],
)
def test_an_answer_that_makes_no_sense_is_a_file_that_is_refused(answer: str):
    with as_told(answer) as child, pytest.raises(NotText, match="the reader stopped on it; it is damaged"):
        child.take(b"boats", "a.txt")


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guarded, "_LONGEST_ANSWER", 1000)
    with as_told("a" * 5000) as child, pytest.raises(NotText, match="more text than can be read"):
        child.take(b"boats", "a.txt")


@pytest.mark.parametrize(
    "shown",
    [
        Shown(paragraphs=(0, 6)),
        Shown(bold=((0, 6),)),
        Shown(bold=((3, 2),)),
        Shown(notices=(Notice("comment", -1, "", ""),)),
        Shown(notices=(Notice("unheard-of", 0, "", ""),)),
        Shown(tracked=(Tracked(9, "ins", "EVR", None, "(+EVR)"),)),
        Shown(tracked=(Tracked(0, "eaten", "EVR", None, "(+EVR)"),)),  # type: ignore[arg-type]
    ],
)
def test_places_outside_of_the_source_are_not_believed(shown: Shown):
    with pytest.raises(ValueError, match=r"a place|a notice|a tracked change"):
        from_json(to_json(Taken("text", "boats", shown)))
