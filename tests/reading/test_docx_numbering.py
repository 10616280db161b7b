"""Labels that Word prints by itself: they are in no text of the file, and in the source all the same."""

import pytest

from documents.reading.docx.numerals import numeral
from tests.reading import word
from tests.reading.word import docx, numbered, numbers, p, r, source_of, style, styles, table, taken


def entry(words: str = "x", level: int = 0, number_id: str = "1") -> str:
    return p(words, pr=numbered(level, number_id))


def labels(*blocks: str, numbering: str, styles: str = "") -> list[str]:
    """The first word of each line."""
    source = source_of(docx(*blocks, numbering=numbering, styles=styles))
    return [line.split()[0] for line in source.split("\n") if line]


def test_the_label_is_written_before_the_words():
    source, shown = taken(docx(entry("Boats."), entry("Oars."), numbering=numbers(("decimal", "PP%1."))))
    assert source == "PP1. Boats.\n\nPP2. Oars."
    assert shown.paragraphs == (0, 13)


def test_a_label_is_never_bold():
    source, shown = taken(docx(p(r("x", "<w:b/>"), pr=numbered()), numbering=numbers(("decimal", "%1."))))
    assert [source[start:stop] for start, stop in shown.bold or ()] == ["x"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "(%1)", ["(1)", "(2)", "(3)"]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("ordinal", "%1", ["1st", "2nd", "3rd"]),
        ("decimalZero", "%1", ["01", "02", "03"]),
        ("russianLower", "%1)", ["а)", "б)", "в)"]),
        ("russianUpper", "%1)", ["А)", "Б)", "В)"]),
        ("none", "Note:", ["Note:", "Note:", "Note:"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "–", ["–", "–", "–"]),
        ("somethingNew", "%1.", ["1.", "2.", "3."]),
    ],
)
def test_every_number_format_prints_as_in_word(form, text, expected):
    assert labels(entry(), entry(), entry(), numbering=numbers((form, text))) == expected


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (29, "russianLower", "аа"),
        (28, "russianLower", "я"),
        (1994, "upperRoman", "MCMXCIV"),
        (5000, "lowerRoman", "5000"),
        (999_999, "lowerLetter", "999999"),
        (11, "ordinal", "11th"),
        (0, "lowerLetter", "0"),
    ],
)
def test_large_numbers_print_as_in_word_or_in_figures(number, form, printed):
    assert numeral(number, form) == printed


DEEP = numbers(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))


def test_a_deeper_level_names_those_above_and_begins_anew_below_each():
    levels = (0, 1, 1, 2, 2, 0, 1, 2)
    found = labels(*(entry(level=level) for level in levels), numbering=DEEP)
    assert found == ["1.", "1.1", "1.2", "(a)", "(b)", "2.", "2.1", "(a)"]


def test_a_deeper_level_before_any_higher_one_takes_it_as_begun():
    assert labels(entry(level=1), entry(level=1), numbering=DEEP) == ["1.1", "1.2"]


def test_a_level_may_restart_only_after_some_levels_or_never():
    never = '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="OP%2"/></w:lvl>'
    found = labels(
        *(entry(level=level) for level in (0, 1, 1, 0, 1)), numbering=numbers(("upperRoman", "%1."), extra=never)
    )
    assert found == ["I.", "OP1", "OP2", "II.", "OP3"]


def test_legal_numbering_prints_every_level_in_figures():
    legal = '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    assert labels(entry(), entry(level=1), numbering=numbers(("upperRoman", "%1."), extra=legal)) == ["I.", "1.1"]


def test_a_list_begins_where_it_says_and_two_lists_of_one_kind_count_on_unless_told_otherwise():
    base = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    )
    plain = '<w:num w:numId="{}"><w:abstractNumId w:val="1"/>{}</w:num>'
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = base + plain.format(1, "") + plain.format(2, "") + plain.format(3, again)
    found = labels(*(entry(number_id=key) for key in ("1", "1", "2", "3", "3")), numbering=numbering)
    assert found == ["5.", "6.", "7.", "1.", "2."]


def test_a_list_may_have_a_level_of_its_own():
    own = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/>'
        "</w:lvl></w:lvlOverride>"
    )
    numbering = numbers(("decimal", "%1.")).replace(
        '<w:abstractNumId w:val="1"/></w:num>', f'<w:abstractNumId w:val="1"/>{own}</w:num>'
    )
    assert labels(entry(), entry(), numbering=numbering) == ["iii)", "iv)"]


def test_numbering_comes_through_the_style_of_a_paragraph_and_what_that_is_based_on():
    made = styles(
        style("Clause", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'),
        style("Sub", ppr='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
        style("Child", based_on="Clause"),
        style("Without", based_on="Clause", ppr='<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    blocks = (p("x", style="Clause"), p("x", style="Sub"), p("x", style="Child"), p("plain", style="Without"))
    assert labels(*blocks, numbering=DEEP, styles=made) == ["1.", "1.1", "2.", "plain"]


def test_a_level_that_is_linked_to_a_style_is_that_of_its_paragraphs():
    linked = '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:pStyle w:val="Sub"/><w:lvlText w:val="(%2)"/></w:lvl>'
    made = styles(style("Sub", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    numbering = numbers(("decimal", "%1."), extra=linked)
    assert labels(entry(), p("x", style="Sub"), numbering=numbering, styles=made) == ["1.", "(a)"]


def test_a_list_may_be_defined_by_a_style():
    numbering = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="Clauses"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="8"/></w:num>'
    ) + numbers(("decimal", "OP%1"))
    made = styles(style("Clauses", "numbering", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>'))
    assert labels(entry(number_id="8"), entry(number_id="8"), numbering=numbering, styles=made) == ["OP1", "OP2"]


def test_the_list_zero_is_none_and_one_that_is_not_defined_is_none_too():
    assert source_of(docx(entry("x", number_id="0"), entry("y", number_id="77"), numbering=DEEP)) == "x\n\ny"


def test_an_empty_numbered_paragraph_prints_its_label_and_an_empty_bullet_nothing():
    assert source_of(docx(p(pr=numbered()), entry(), numbering=numbers(("decimal", "OP%1.")))) == "OP1. \n\nOP2. x"
    assert source_of(docx(p(pr=numbered()), entry(), numbering=numbers(("bullet", "\uf0b7")))) == "• x"


def test_what_stands_between_label_and_words_is_a_space_or_nothing():
    close = numbers(("decimal", "%1.")).replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText')
    assert source_of(docx(entry(), numbering=close)) == "1.x"
    assert source_of(docx(entry(), numbering=close.replace("nothing", "tab"))) == "1. x"


def test_a_label_that_is_hidden_does_not_print():
    hidden = numbers(("decimal", "%1.")).replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    assert source_of(docx(entry(), numbering=hidden)) == "x"


def test_the_cells_of_a_table_may_be_numbered():
    assert source_of(docx(table((p(pr=numbered()), p("a"))), numbering=numbers(("decimal", "%1.")))) == "1. \na"


def test_numbers_that_are_none_do_no_harm():
    odd = numbers(("decimal", "%1.")).replace('w:start w:val="1"', 'w:start w:val="-99999999999999999999"')
    assert word.source_of(docx(entry(), numbering=odd)).endswith("x")
