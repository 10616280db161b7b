"""The screen's fragment and the HTML file: elements round the printed characters, never in their place."""

from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import given

from documents.notation.tree import Bracket, Label, Text, Tree
from documents.notation.write import Mark, Marks, pieces
from documents.rendering import html
from documents.rendering.html import paragraph_html, shorthand
from documents.rendering.printed import PrintedParagraph, text_of, that_print
from tests.rendering.samples import document, lanterns, paragraphs, plain


class Reader(HTMLParser):
    """What a browser reads out of markup: its text, its elements with their attributes, and that they nest."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def classed(self, name: str) -> list[dict[str, str]]:
        return [attrs for _tag, attrs in self.elements if name in attrs.get("class", "").split()]


def read(tree: Tree, marks: Marks, **more) -> Reader:
    return Reader(paragraph_html(tuple(pieces(tree, marks)), numbers={}, **more))


@given(paragraphs())
def test_the_text_of_the_fragment_is_the_text_that_prints(paragraph: PrintedParagraph):
    assert Reader(paragraph_html(paragraph.pieces, numbers={})).text == text_of(paragraph)


@pytest.mark.parametrize(
    ("stances", "state"),
    [
        ([], "bare"),
        (["support"], "adds"),
        (["support", "tcb"], "pending"),
        (["keep_original"], "pending"),
        (["unresolved", "support"], "pending"),
        (["support", "tcb", "oppose"], "objects"),
    ],
)
def test_a_bracket_shows_the_strongest_thing_said_about_it(stances, state):
    marks = [Mark(f"D{at}", stance, raw="(?)") for at, stance in enumerate(stances)]
    shown = read((Text("a "), Bracket("b1", (Text("b"),))), {"b1": marks})
    assert shown.classed("b")[0]["class"] == f"b {state} n1"


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (Mark("ELM", "support"), "m plus"),
        (Mark("ELM", "support", reservation=True), "m plus"),
        (Mark("ELM", "oppose"), "m minus"),
        (Mark("ELM", "tcb"), "m tcb"),
        (Mark("ELM", "keep_original"), "m keep"),
        (Mark("ELM", "unresolved", raw="(ELM hm)"), "m tcb"),
    ],
)
def test_a_marker_has_the_class_of_its_sign(mark, name):
    assert read((Text("a"),), {None: [mark]}).classed("m") == [{"class": name, "data-who": "ELM"}]


def test_a_marker_too_long_for_a_narrow_screen_may_break():
    mark = Mark("ELM", "unresolved", raw="(ELM, OAK, ASH, ALD, YEW, FIR: later)")
    assert read((Text("a"),), {None: [mark]}).classed("long")


def test_an_opening_sign_links_to_its_card_under_its_number():
    found = tuple(pieces((Text("a "), Bracket("u1", (Text("b"),))), {}))
    shown = Reader(paragraph_html(found, numbers={"u1": "PP5.3"}, card_href=lambda bracket: f"#card-{bracket}"))
    assert shown.elements[1] == ("a", {"class": "br", "id": "b-u1", "data-n": "5.3", "href": "#card-u1"})


@pytest.mark.parametrize(
    ("number", "said"),
    [("PP5.3", "5.3"), ("OP5a.1", "5a.1"), ("II-3.1", "II-3.1"), ("¶7.1", "¶7.1"), ("PPx.1", "PPx.1")],
)
def test_a_number_is_shown_as_people_say_it(number, said):
    assert shorthand(number) == said


def test_a_bracket_names_each_delegation_that_stands_on_it_once():
    marks = [Mark("ELM", "support"), Mark("OAK", "oppose"), Mark("ELM", "tcb")]
    assert read((Bracket("b1", (Text("b"),)),), {"b1": marks}).classed("b")[0]["data-who"] == "ELM OAK"


@pytest.mark.parametrize(
    ("tree", "whole"),
    [
        ((Bracket("b1", (Label("PP5a."), Text(" All of it"))), Text(".")), True),
        ((Bracket("b1", (Bracket("b2", (Text("both"),)),)),), True),
        ((Label("13."), Text(" "), Bracket("b1", (Text("All the rest"),)), Text(";")), True),
        ((Bracket("b1", (Text("one"),)), Text(" word")), False),
        ((Bracket("b1", (Text("one"),)), Bracket("b2", (Text("two"),))), False),
    ],
)
def test_a_bracket_that_holds_every_word_is_marked_whole(tree, whole):
    assert [found["class"].split()[-1] for found in read(tree, {}).classed("whole")] == ["whole"] * whole
    assert all("n1" in found["class"].split() for found in read(tree, {}).classed("whole"))


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '" onload="x', "&lt;b&gt; &amp;", "'", "]]>", "--><!--"]
)
def test_wording_never_becomes_markup(words):
    tree, marks = (Bracket(words, (Text(words),)),), {words: [Mark(words, "unresolved", raw=words)]}
    found = tuple(pieces(tree, marks))
    shown = Reader(paragraph_html(found, numbers={words: words}, card_href=lambda _bracket: words))
    assert {tag for tag, _attrs in shown.elements} == {"span", "a"}
    assert {name for _tag, attrs in shown.elements for name in attrs} <= {"class", "id", "href", "data-n", "data-who"}
    page = Reader(html.render(document(plain(words), title=words, header_lines=(words,), status_line=words)).decode())
    assert not [tag for tag, _attrs in page.elements if tag == "script"]


def test_brackets_sixty_four_deep_nest_in_the_page():
    tree: Tree = (Text("deep"),)
    for depth in range(64):
        tree = (Bracket(f"b{depth}", tree),)
    assert read(tree, {}).text == "[" * 64 + "deep" + "]" * 64


def test_the_file_holds_every_paragraph_that_prints_and_no_other():
    page = Reader(html.render(lanterns()).decode())
    assert [attrs["class"] for attrs in page.classed("p")] == [
        "p chapeau agreed", "p paragraph", "p paragraph", "p formula", "p section_heading", "p chapeau agreed", "p item",
        "p subitem",
    ]  # fmt: skip
    for paragraph in that_print(lanterns()):
        assert text_of(paragraph) in page.text
    assert "This was struck" not in page.text


def test_the_file_has_one_first_heading_a_language_and_no_script_or_outside_address():
    body = html.render(lanterns()).decode()
    page = Reader(body)
    assert [tag for tag, _attrs in page.elements].count("h1") == 1
    assert page.elements[0] == ("html", {"lang": "en"})
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _attrs in page.elements}
    assert "://" not in body
    assert "style=" not in body


def test_a_paragraph_in_another_language_says_so():
    page = Reader(html.render(document(plain("Мост.", language="ru"), plain("A bridge."))).decode())
    assert [attrs.get("lang") for attrs in page.classed("p")] == ["ru", None]


def test_the_file_is_the_same_whatever_language_its_reader_uses():
    with translation.override("ru"):
        russian = html.render(lanterns())
    with translation.override("en"):
        assert html.render(lanterns()) == russian
