"""The Word document: the words of the text file, in real styles, and nothing about whoever made it."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given

from documents.notation.tree import Bracket, Text
from documents.notation.write import Mark
from documents.rendering import docx, text
from documents.rendering.paper import on_paper
from documents.rendering.printed import PrintedParagraph, text_of, that_print
from tests.rendering.samples import document, lanterns, paragraph, paragraphs, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Word:
    """A .docx read back: its parts, and its paragraphs as (style, words, bold all through or not)."""

    def __init__(self, body: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(body))
        self.parts = {name: ElementTree.fromstring(self.package.read(name)) for name in self.package.namelist()}
        self.paragraphs = [self._read(p) for p in self.parts["word/document.xml"].iter(f"{W}p")]

    def _read(self, p: ElementTree.Element) -> tuple[str, str, bool]:
        style = p.find(f"{W}pPr/{W}pStyle")
        assert style is not None
        runs = list(p.iter(f"{W}r"))
        marked = [run.find(f"{W}rPr/{W}rStyle") is not None for run in runs]
        words = "".join(t.text or "" for t in p.iter(f"{W}t"))
        return style.attrib[f"{W}val"], words, bool(runs) and all(marked)

    def of(self, *styles: str) -> list[str]:
        return [words for style, words, _bold in self.paragraphs if style in styles]


WORDING = ("Wording", "Chapeau", "Formula", "Item", "Subitem", "Heading2")


def test_its_words_are_those_of_the_text_file() -> None:
    word = Word(docx.render(lanterns()))
    blocks = text.render(lanterns()).decode().rstrip("\n").split("\n\n")
    head, status, title, *wording = blocks
    assert word.of("Status") == [status]
    assert word.of("Title") == [title]
    assert [words for words in word.of(*WORDING) if words] == wording
    printed = word.of("Organisation", "Reference", "Chair")
    assert sorted(printed) == sorted(line for line in head.split("\n") if any(sign.isalnum() for sign in line))


@given(paragraphs())
def test_any_wording_comes_back_but_for_what_no_font_draws(one: PrintedParagraph) -> None:
    found = Word(docx.render(document(one))).of(*WORDING)
    expected = [re.sub("[\ufffe\uffff]", "\ufffd", on_paper(text_of(p))) for p in that_print(document(one))]
    assert found == expected


def test_only_agreed_paragraphs_are_bold_by_the_style_of_that_name() -> None:
    agreed = plain("We agree.", state="agreed_ad_ref")
    open_ = paragraph((Text("We "), Bracket("b1", (Text("differ"),)), Text(".")), {"b1": [Mark("ELM", "oppose")]})
    word = Word(docx.render(document(agreed, open_)))
    shown = {words: bold for style, words, bold in word.paragraphs if style == "Wording"}
    assert shown["We agree."] is True
    assert shown["We [differ] (-ELM)."] is False
    style = next(s for s in word.parts["word/styles.xml"] if s.attrib.get(f"{W}styleId") == "Agreed")
    assert style.find(f"{W}rPr/{W}b") is not None


def test_every_style_that_is_used_is_defined() -> None:
    word = Word(docx.render(lanterns()))
    defined = {style.attrib.get(f"{W}styleId") for style in word.parts["word/styles.xml"]}
    used = {
        found.attrib[f"{W}val"]
        for part in word.parts.values()
        for kind in ("pStyle", "rStyle")
        for found in part.iter(f"{W}{kind}")
    }
    assert used <= defined
    assert set(docx.STYLES.values()) <= defined


def test_page_numbers_are_fields_in_the_documents_language() -> None:
    with translation.override("ru"):  # the reader's language is not asked
        footer = Word(docx.render(lanterns())).parts["word/footer.xml"]
    assert [field.attrib[f"{W}instr"].strip() for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert "Page 1 of 1" in "".join(t.text or "" for t in footer.iter(f"{W}t"))


def test_a_paragraph_in_another_language_is_marked_so() -> None:
    word = Word(docx.render(document(plain("Фонари плывут.", language="ru"), plain("Lanterns float."))))
    marked = [lang.attrib[f"{W}val"] for lang in word.parts["word/document.xml"].iter(f"{W}lang")]
    assert marked == ["ru-RU"]


def test_every_relation_leads_to_a_part_and_every_part_has_a_type() -> None:
    word = Word(docx.render(lanterns()))
    for name, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        targets = [folder + relation.attrib["Target"] for relation in word.parts[name]]
        assert set(targets) <= set(word.package.namelist())
        assert len({relation.attrib["Id"] for relation in word.parts[name]}) == len(targets)
    typed = {part.attrib["PartName"] for part in word.parts["[Content_Types].xml"] if "PartName" in part.attrib}
    assert typed == {f"/{name}" for name in word.package.namelist() if name.endswith(".xml") and "Types" not in name}


def test_it_tells_nothing_of_who_made_it_or_when() -> None:
    word = Word(docx.render(lanterns()))
    assert {entry.date_time for entry in word.package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = [element.tag.rpartition("}")[2] for element in word.parts["docProps/core.xml"]]
    assert core == ["title", "created"]
    whole = b"".join(word.package.read(name) for name in word.package.namelist())
    assert not re.search(rb"rsid|creator|lastModifiedBy|Company", whole)


@pytest.mark.parametrize("words", ["<w:p/>", "]]>", "&amp; &", "\x0b\x1c", "a\ufffeb", '" w:x="'])
def test_wording_is_never_read_as_markup(words: str) -> None:
    found = Word(docx.render(document(plain(f"x{words}y"), title=f"T{words}", organisation=words))).of("Wording")
    assert found[-1] == re.sub("[\ufffe\uffff]", "\ufffd", on_paper(f"x{words}y"))
