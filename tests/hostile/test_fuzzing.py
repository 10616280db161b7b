"""Whatever comes in is read or refused, and nothing of it is lost: tried on files and texts that nobody wrote.

``bench/fuzz.py`` goes on where this stops.
"""

import json
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.notation.package import read_package
from documents.notation.podium import to_podium_json
from documents.reading.refusal import NotText
from documents.reading.taken import Taken, from_json, on_trial, take, to_json
from tests.hostile import office, portable
from tests.hostile.grammar import OTHER_PARTS, grown
from tests.hostile.lossless import lost, missing_of_docx
from tests.hostile.texts import TOKENS

SLOW = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SIGNS = st.sampled_from(
    [
        *"[]［］()+-–.;:a7Иө🛶 \n\r\f\xad\x1d\u200b\u2028\ufeff",
        *("\n\n", "\r\n", "-\n", ", ", "EVR", "SLN", "boats", "tcb", "alt", "PP1. ", "OP2 bis. ", "(a) "),
        *("(+EVR)", "(EVR tcb)", "[and]", "agreed ad ref", "keep original", "Podium version as of 1 May"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(SIGNS, max_size=120).map("".join))


def answer(data: bytes, name: str) -> Taken | None:
    """What comes of a file, with its text read on trial; it crosses to another process whole. None: refused in words."""
    try:
        taken = on_trial(take(data, name))
    except NotText as refused:
        said = str(refused)
        assert said.isprintable()
        assert said
        return None
    assert from_json(json.loads(json.dumps(to_json(taken)))) == taken
    return taken


@given(
    st.one_of(st.binary(max_size=400), TEXTS.map(str.encode), TEXTS.map(lambda text: text.encode("utf-16", "replace")))
)
@settings(SLOW, max_examples=600)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    answer(data, "a.txt")


@given(TEXTS)
@settings(SLOW, max_examples=1_200)
def test_any_text_is_read_without_loss_and_every_place_is_in_it(source: str) -> None:
    package = read_package(source)
    assert lost(package) == {}
    for document in package.documents:
        for paragraph in document.paragraphs:
            assert 0 <= paragraph.src[0] <= paragraph.src[1] <= len(source)
            for span in paragraph.reading.spans:
                assert paragraph.reading.text[span.open] in "[［"
                assert paragraph.reading.text[span.close] in "]］"
    json.dumps(to_podium_json(package, name="a.txt", data=b""))


@given(
    st.sampled_from(["docx", "pdf"]),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=8)), max_size=12),
    st.integers(0, 10**6),
)
@settings(SLOW, max_examples=500)
def test_a_good_file_with_bytes_changed_is_read_or_refused(
    kind: str, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray((office if kind == "docx" else portable).good_file().data)
    for at, put in changes:
        data[at % len(data) : at % len(data) + len(put)] = put
    if cut % 3 == 0:
        del data[cut % len(data) :]
    answer(bytes(data), f"a.{kind}")


@given(st.data())
@settings(SLOW, max_examples=500)
def test_a_word_file_grown_from_a_grammar_is_read_without_a_word_missing(data: st.DataObject) -> None:
    choices = iter(data.draw(st.lists(st.integers(0, 10**4), min_size=40, max_size=400)))
    body = grown(lambda count: next(choices, 0) % count)
    made = office.packed(office.parts_of(body, **{name: office.part(name, held) for name, held in OTHER_PARTS.items()}))
    taken = answer(made.data, "a.docx")
    assert taken is not None, "the file is well-formed"
    assert missing_of_docx(made.data, taken) == set()
    assert lost(read_package(taken.source, shown=taken.shown)) == {}


@given(
    st.lists(
        st.sampled_from(
            [
                "BT",
                "ET",
                "q",
                "Q",
                "(OP1. boats) Tj",
                "([) Tj",
                "/F1 9 Tf",
                "5 5 Td",
                "60 700 Td",
                "3 Tr",
                "0 Tr",
                "1 g",
                "0 g",
                "1 0 0 1 9 9 cm",
                "0 1 -1 0 0 0 cm",
                "/X1 Do",
                "T*",
                "[(a) -900 (b)] TJ",
                "0 0 50 50 re f",
            ]
        ),
        max_size=60,
    )
)
@settings(SLOW, max_examples=300)
def test_any_page_of_a_pdf_is_read_or_refused(steps: list[str]) -> None:
    answer(portable.written(portable.one_page("\n".join(steps))), "a.pdf")


def test_four_times_the_text_takes_about_four_times_the_time() -> None:
    """A square would take sixteen times. The margin is for machines that do other things meanwhile; the best of two counts."""
    slow = []
    for name, token in TOKENS.items():
        once, more = (min(_seconds(token * count) for _ in range(2)) for count in (2_000, 8_000))
        if more > 7 * once + 0.1:
            slow.append((name, once, more))
    assert slow == []


def _seconds(source: str) -> float:
    began = time.process_time()
    read_package(source)
    return time.process_time() - began
