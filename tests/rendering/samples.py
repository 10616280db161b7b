"""Short documents of our own wording, written as trees and positions: what the renditions are tried on."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from documents.notation.tree import Anchor, Bracket, Label, Node, Stamp, Text, Tree, label
from documents.notation.write import Mark, Marks, pieces
from documents.rendering.printed import PrintedDocument, PrintedParagraph

# Neither may stand in a text of the product: PostgreSQL stores no NUL, UTF-8 writes no lone surrogate.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def paragraph(tree: Tree, marks: Marks | None = None, **more: Any) -> PrintedParagraph:
    """A paragraph as it prints, with what a test does not care about filled in."""
    name = label(tree)
    values: dict[str, Any] = {
        "id": "6f1d0000-0000-4000-8000-000000000001",
        "handle": name or "¶1",
        "label": name,
        "kind": "paragraph",
        "state": "open",
        "pieces": tuple(pieces(tree, marks or {})),
    }
    return PrintedParagraph(**(values | more))


def plain(words: str, **more: Any) -> PrintedParagraph:
    """A paragraph without brackets."""
    return paragraph((Text(words),), **more)


def document(*paragraphs: PrintedParagraph, **more: Any) -> PrintedDocument:
    """The ferrymen's draft with these paragraphs."""
    values: dict[str, Any] = {
        "id": "6f1d0000-0000-4000-8000-00000000000d",
        "organisation": "Council of Ferrymen",
        "title": "Draft declaration on lanterns",
        "header_lines": ("COUNCIL OF FERRYMEN", "CF/2026/DRAFT/1", "3 May 2026", "________", "Chairmanship of Willow"),
        "status_line": "PODIUM VERSION AS OF COB OF 3 MAY 2026",
        "language": "en",
        "number": 2,
        "seq": 1417,
        "as_of": date(2026, 5, 3),
        "paragraphs": paragraphs,
    }
    return PrintedDocument(**(values | more))


def lanterns() -> PrintedDocument:
    """A document in which every form of the notation occurs."""
    return document(
        plain("The Council, having met at the ferry house,", kind="chapeau", state="agreed_ad_ref"),
        paragraph(
            (
                Label("PP1."),
                Text(" Recalling that lanterns "),
                Bracket("b1", (Text("shine"),)),
                Text(" "),
                Bracket("b2", (Text("glow "), Bracket("b3", (Text("faintly"),)), Text(" at night"))),
                Text(" over the river;"),
            ),
            {
                "b1": [Mark("ALD", "oppose"), Mark("ELM", "tcb")],
                "b2": [Mark("ALD", "support"), Mark("OAK", "support", reservation=True)],
                None: [Mark("ASH", "keep_original")],
            },
        ),
        paragraph(
            (
                Bracket("b4", (Label("PP1a."), Text(" Mindful of moths"))),
                Anchor("b4", (Stamp(" ", "(+ELM, OAK)", (0, 1)), Stamp(", ", "(OAK says: maybe)", (2,)))),
                Text("."),
            ),
            {
                "b4": [
                    Mark("ELM", "support", places=(0,)),
                    Mark("OAK", "support", places=(1,)),
                    Mark("OAK", "unresolved", places=(2,), raw="(OAK says: maybe)"),
                ]
            },
        ),
        plain("Hereby declare:", kind="formula"),
        plain("I. Oil", kind="section_heading"),
        plain("OP1. Lamps are filled at dusk:", kind="chapeau", label="OP1", state="agreed"),
        plain("(a) by the ferryman;", kind="item", label="(a)"),
        plain("(i) or by his heir.", kind="subitem", label="(i)"),
        plain("OP2. This was struck.", state="struck"),
        numbers={"b1": "PP1.1", "b2": "PP1.2", "b3": "PP1.3", "b4": "PP1a.1"},
    )


@st.composite
def paragraphs(draw: st.DrawFn, characters: st.SearchStrategy[str] = CHARACTERS) -> PrintedParagraph:
    """Any paragraph that a tree and positions can print, in any characters."""
    words = st.text(characters, max_size=12)
    names = iter(range(10_000))
    marks: dict[str | None, list[Mark]] = {}
    stances = st.sampled_from(["support", "oppose", "tcb", "keep_original", "unresolved"])

    def positions() -> list[Mark]:
        held = draw(st.lists(stances, max_size=3))
        return [Mark(f"D{at}", stance, raw=f"(D{at} {draw(words)})") for at, stance in enumerate(held)]

    def nodes(depth: int) -> Tree:
        found: list[Node] = []
        for _ in range(draw(st.integers(0, 3))):
            if depth < 3 and draw(st.booleans()):
                name = f"b{next(names)}"
                found.append(Bracket(name, nodes(depth + 1)))
                marks[name] = positions()
            else:
                found.append(Text(draw(words)))
        return tuple(found)

    tree = nodes(0)
    marks[None] = positions()
    return paragraph(tree, marks, state=draw(st.sampled_from(["open", "agreed_ad_ref", "agreed", "struck"])))
