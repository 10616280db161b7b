"""The reader judges; a person has the last word."""

from documents.notation.build import build
from documents.notation.contents import Package
from documents.notation.corrections import Corrections, corrected, from_json, to_json
from documents.notation.package import Cuts, read_package
from documents.notation.write import write

LETTER = """The Secretariat presents its compliments.

ASSEMBLY OF TOWNS
PODIUM VERSION AS OF 3 MAY 2024

DRAFT STATEMENT ON BOATS

PP1. Noting the boats,

PP1 bis. Noting the [many] (-EVR) oars,

OP1. Boats are lent.

ASSEMBLY OF TOWNS
PODIUM VERSION AS OF 4 MAY 2024

DRAFT STATEMENT ON OARS

OP1. Oars are lent.
"""


def place(words: str) -> int:
    return LETTER.index(words)


def shape(package: Package) -> list[tuple[str | None, list[str | None]]]:
    return [(read.title, [one.label for one in read.paragraphs]) for read in package.documents]


def test_without_decisions_the_reading_stays_as_it_was():
    package = read_package(LETTER)
    assert corrected(package, Corrections()) is package
    assert shape(package) == [
        ("DRAFT STATEMENT ON BOATS", ["PP1", "PP1 bis", "OP1"]),
        ("DRAFT STATEMENT ON OARS", ["OP1"]),
    ]


def test_a_document_begins_where_a_person_says_so():
    split = read_package(LETTER, cuts=Cuts(documents={place("OP1. Boats"): True}))
    assert shape(split) == [
        ("DRAFT STATEMENT ON BOATS", ["PP1", "PP1 bis"]),
        (None, ["OP1"]),
        ("DRAFT STATEMENT ON OARS", ["OP1"]),
    ]
    assert split.documents[1].begins == place("OP1. Boats")


def test_what_is_no_head_of_a_document_is_wording_and_nothing_is_lost():
    second = read_package(LETTER).documents[1].begins
    joined = read_package(LETTER, cuts=Cuts(documents={second: False}))
    [document] = joined.documents
    words = " ".join(one.reading.text for one in document.paragraphs)
    assert "PODIUM VERSION AS OF 4 MAY 2024" in words
    assert "DRAFT STATEMENT ON OARS" in words
    assert words.endswith("OP1. Oars are lent.")


def test_a_letter_can_be_a_document_and_text_without_heads_can_be_two():
    assert read_package(LETTER, cuts=Cuts(documents={0: True})).letter is None
    plain = "OP1. Boats are lent.\n\nOP2. Oars are lent."
    two = read_package(plain, cuts=Cuts(documents={plain.index("OP2"): True}))
    assert shape(two) == [(None, ["OP1"]), (None, ["OP2"])]


def test_a_paragraph_begins_or_goes_on_where_a_person_says_so():
    source = "OP1. Boats are lent\nby the town.\n\nOP2. Oars too."
    cuts = Cuts(paragraphs={source.index("by"): True, source.index("OP2"): False})
    [document] = read_package(source, cuts=cuts).documents
    assert [one.reading.text for one in document.paragraphs] == ["OP1. Boats are lent", "by the town. OP2. Oars too."]


def test_kind_label_and_relation_are_a_persons_to_correct():
    package = read_package(LETTER)
    rival, base = place("PP1 bis"), place("PP1. Noting")
    decided = Corrections(kinds={rival: "paragraph"}, labels={rival: "PP1"}, bases={rival: base})
    paragraph = corrected(package, decided).documents[0].paragraphs[1]
    assert (paragraph.kind, paragraph.label, paragraph.alternative_to) == ("paragraph", "PP1", 0)
    assert paragraph.reading.text == "PP1 bis. Noting the [many] (-EVR) oars,"
    without = corrected(package, Corrections(labels={rival: ""})).documents[0].paragraphs[1]
    assert without.label is None


def test_what_cannot_be_is_passed_over():
    package = read_package(LETTER)
    rival = place("PP1 bis")
    impossible = Corrections(
        labels={rival: "OP9"}, bases={rival: rival}, kinds={rival: "sermon"}, origins={f"{rival}.7": "original"}
    )
    assert corrected(package, impossible).documents == package.documents
    elsewhere = Corrections(bases={rival: place("OP1. Oars")})
    assert corrected(package, elsewhere).documents == package.documents


def test_origin_and_agreement_are_said_of_what_was_read():
    package = read_package(LETTER)
    rival = place("PP1 bis")
    decided = Corrections(origins={f"{rival}.1": "original"}, agreed=frozenset({place("OP1. Boats")}))
    document = corrected(package, decided).documents[0]
    assert document.paragraphs[1].reading.spans[0].origin == "original"
    assert [one.agreed for one in document.paragraphs] == [False, False, True]
    built = build(document.paragraphs[1].reading, "PP1 bis", lambda: "b")
    assert write(built.tree, {}).startswith("PP1 bis. Noting the [many]")


def test_decisions_are_kept_as_json_values():
    decided = Corrections(
        paragraphs={3: True},
        documents={0: False},
        codes={"EVR": "EVER", "XX": ""},
        kinds={3: "item"},
        labels={3: ""},
        bases={9: None, 12: 3},
        origins={"3.1": "inserted"},
        names={0: "Boats"},
        agreed=frozenset({12, 3}),
        dialect="inside",
        strip=True,
    )
    assert from_json(to_json(decided)) == decided
    assert from_json({}) == Corrections()
