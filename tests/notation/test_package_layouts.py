"""The same paragraphs however a file is laid out: blank lines, wrapping, line ends and indents say little."""

import textwrap
from collections.abc import Callable

import pytest

from documents.notation.package import read_package

PREAMBLE_AND_ARTICLES = [
    "We, the towns of the coast, having met in Port Vell on the first day of the fair,",
    "PP1. Recognizing that lights save ships [and ferries] (-OST) (-LUM) and that a light which is not kept in repair is "
    "worse than none, since masters trust it and steer by it in the dark;",
    "[PP1a. Recalling the winter of the great ice, when no ship left the harbour of Lumen for nine weeks and the towns "
    "fed one another by sledge. We honour those who drove them.] (+LUM) (NEV tcb)",
    "PP2. Noting the rules of the Association of Coastal Harbours (AOH), as they stood on 4 June 2029, and the comments "
    "of the pilots on them; (OST, NEV: keep original)",
    "HAVE AGREED AS FOLLOWS:",
    "OP1. Each town shall:",
    "(a) keep its lights burning from dusk till dawn, whatever the weather, and name a keeper for each of them;",
    "(b) lend its pilots [free of charge] (+NEV) [at cost] (-NEV).",
    "OP2. The towns shall meet each spring. They shall hear the keepers and the pilots, and decide on the repairs of the "
    "year [by consensus] (+OST).",
]
UNLABELLED = [
    "Recognizing that lights save ships and that a light which is not kept in repair is worse than none, since masters "
    "trust it and steer by it in the dark,",
    "[Considering that pilots of all towns should be taught the same signs before they are let on board] (+OST) (-NEV)",
    "Mindful of the winter of the great ice, when no ship left the harbour of Lumen for nine weeks,",
    "Welcoming the rules of the Association of Coastal Harbours, which all the towns have made their own since the fair "
    "of the year before last;",
]
RUSSIAN = [
    "ПП1. Признавая, что маяки [северного побережья] (-ОСТ) спасают суда и что неисправный маяк хуже, чем никакого, "
    "поскольку капитаны ему доверяют;",
    "ЗАЯВЛЯЮТ О СЛЕДУЮЩЕМ:",
    "ОП1. Города будут содержать маяки за свой счёт и назначат смотрителя каждого из них; (НЕВ: сохранить исходный текст)",
    "[ОП1а. Города учат лоцманов одним и тем же сигналам.] (+ЛУМ) (-ВИК)",
]


def wrapped(paragraph: str, indent: str = "") -> str:
    return textwrap.fill(paragraph, 72, initial_indent=indent, break_on_hyphens=False, break_long_words=False)


LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "a blank line between paragraphs": lambda ps: "\n\n".join(map(wrapped, ps)),
    "no blank line anywhere": lambda ps: "\n".join(map(wrapped, ps)),
    "a blank line after every line": lambda ps: "\n\n".join(wrapped(p).replace("\n", " \n\n") for p in ps),
    "two blank lines between paragraphs": lambda ps: "\n\n\n".join(wrapped(p).replace("\n", " \n\n") for p in ps),
    "one line a paragraph": "\n".join,
    "one line a paragraph, blank lines between": "\n\n".join,
    "first lines set in": lambda ps: "\n".join(wrapped(p, "    ") for p in ps),
    "CR LF": lambda ps: "\n\n".join(map(wrapped, ps)).replace("\n", "\r\n"),
    "CR": lambda ps: "\n\n".join(map(wrapped, ps)).replace("\n", "\r"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paragraphs", [PREAMBLE_AND_ARTICLES, UNLABELLED, RUSSIAN], ids=["labels", "none", "Russian"])
def test_the_layout_of_a_file_does_not_change_its_paragraphs(layout: str, paragraphs: list[str]) -> None:
    [document] = read_package(LAYOUTS[layout](paragraphs)).documents
    assert [paragraph.reading.text for paragraph in document.paragraphs] == paragraphs


def test_an_open_bracket_runs_on_over_blank_lines() -> None:
    [document] = read_package(
        "PP1. Noting [the lights and\n\nthe buoys,\n\nold and new] (+IND) of the coast;"
    ).documents
    assert [len(paragraph.reading.spans) for paragraph in document.paragraphs] == [1]


def test_an_unclosed_bracket_ends_with_its_paragraph_even_without_labels() -> None:
    source = "Noting [the lights of the coast;\n\nNoting the buoys;\n\nNoting [the piers] (+OST);"
    [document] = read_package(source).documents
    assert [len(paragraph.reading.spans) for paragraph in document.paragraphs] == [0, 0, 1]


def test_a_page_turned_inside_a_paragraph_does_not_cut_it() -> None:
    source = "OP1. Each town shall keep its lights\n\n\f- 7 -\n\nburning from dusk till dawn;\n\nOP2. Done."
    [document] = read_package(source).documents
    assert [p.reading.text for p in document.paragraphs] == [
        "OP1. Each town shall keep its lights burning from dusk till dawn;",
        "OP2. Done.",
    ]
    assert [(a.kind, a.text) for a in document.artefacts] == [("page_number", "- 7 -")]


def test_a_year_that_ends_a_sentence_is_no_page_number() -> None:
    [document] = read_package("PP1. Noting the rules that the towns made in\n2029\n\nPP2. Noting more;").documents
    assert (document.paragraphs[0].reading.text, document.artefacts) == (
        "PP1. Noting the rules that the towns made in 2029",
        (),
    )


def test_a_soft_hyphen_and_a_hyphen_at_a_line_end_join_what_they_part() -> None:
    [document] = read_package("OP1. The harbour\u00ad\nmaster and the co-\npilots agree.").documents
    assert document.paragraphs[0].reading.text == "OP1. The harbourmaster and the co-pilots agree."
