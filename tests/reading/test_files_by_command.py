"""``parse_podium`` reads every kind of file, with the same exit codes and one line on stderr for what it cannot read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import office, portable, texts
from tests.hostile.corpus import corpus

FILES = {
    "boats.txt": texts.GOOD.encode(),
    "boats.docx": office.word_file(office.PLAIN).data,
    "boats.pdf": portable.written(portable.one_page(portable.PLAIN)),
}


def parse(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "parse_podium", str(file), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_is_read_to_one_object(name: str, tmp_path: Path) -> None:
    (file := tmp_path / name).write_bytes(FILES[name])
    answer = parse(file)
    assert (answer.returncode, answer.stderr) == (0, "")
    said = json.loads(answer.stdout)
    [document] = said["documents"]
    assert [paragraph["label"] for paragraph in document["paragraphs"]] == ["OP1", "OP2"]
    [span] = document["paragraphs"][0]["spans"]
    assert span["markers"][0]["delegation"] == "EVR"
    assert (said["source"]["name"], "bold" in document["paragraphs"][0]) == (name, not name.endswith("txt"))


def test_a_wrong_ending_is_reported_and_changes_nothing_else(tmp_path: Path) -> None:
    (file := tmp_path / "boats.txt").write_bytes(FILES["boats.docx"])
    said = json.loads(parse(file).stdout)
    assert "wrong-extension" in {found["code"] for found in said["diagnostics"]}
    assert len(said["documents"][0]["paragraphs"]) == 2


@pytest.mark.parametrize(
    "name",
    [
        "bomb-of-quoted-overlaps",
        "xxe-file-in-document",
        "pdf-encrypted",
        "zip-encrypted",
        "other-old-word",
        "pdf-of-noise",
    ],
)
def test_a_hostile_file_ends_in_one_line_and_exit_code_2(name: str, tmp_path: Path) -> None:
    (file := tmp_path / "a\nb.docx").write_bytes(corpus()[name].make("127.0.0.1:9").data)
    answer = parse(file)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert answer.stderr.startswith("parse_podium: ")
    assert "Traceback" not in answer.stderr
