"""Paragraphs in one reading: what prints of each, and what its reader has to be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import Delegation
from documents.models import Agreement, Paragraph
from documents.notation.read_as import ReadAs, read_as
from documents.notation.write import Mark, Marks, marker, pieces
from documents.rendering.html import paragraph_html
from negotiations import printing, readers_choice
from negotiations.printing import Page
from negotiations.readers_choice import OwnWord
from negotiations.web import cards


@dataclass(slots=True)
class Read:
    """A paragraph in one reading: what prints of it (None: its name alone), how many brackets are left in it, and notes."""

    row: Paragraph
    body: SafeString | None
    left: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def agreed(self) -> bool:
        return self.row.agreement == Agreement.AD_REF

    @property
    def struck(self) -> bool:
        return self.row.agreement == Agreement.STRUCK

    @property
    def first(self) -> str:
        return cards.first_words(self.row)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the paragraphs of a page; ``bracketed`` is the address of the page with all brackets.

    ``rivals`` are by paragraph those of which at most one can stand.
    """

    page: Page
    bracketed: str
    rivals: Mapping[UUID, list[Paragraph]]

    def clean(self, paragraph: Paragraph) -> Read:
        """As if everything tabled were carried."""
        read = read_as(paragraph.nodes, readers_choice.if_carried(self.page, paragraph))
        return self._read(paragraph, read, [*self._undecided(paragraph, read), *self._one_of(paragraph)])

    def original(self, paragraph: Paragraph) -> Read:
        """Before any proposal that stands."""
        read = read_as(paragraph.nodes, readers_choice.before_proposals(self.page, paragraph))
        gone = _("%(handle)s was proposed as a whole and is left out.")
        return self._read(paragraph, read, self._undecided(paragraph, read), gone=gone)

    def agreed(self, paragraph: Paragraph) -> Read:
        """Agreed paragraphs; of the others the name."""
        if paragraph.agreement == Agreement.OPEN:
            return Read(paragraph, None, notes=[_("not agreed yet")])
        return self._read(paragraph, ReadAs(paragraph.nodes), [])

    def own(self, paragraph: Paragraph, delegation: Delegation) -> Read:
        """As the delegation would have it; what it leaves open prints as it stands, with whoever has spoken of it."""
        said = readers_choice.own_word(self.page, paragraph, delegation)
        read = read_as(paragraph.nodes, said.ways)
        marks = printing.marks(self.page.positions[paragraph.pk], self.page.unresolved[paragraph.pk])
        notes = [*self._own_words(paragraph, delegation.code, said, read), *self._one_of(paragraph)]
        return self._read(paragraph, read, notes, marks={id_: marks.get(id_, []) for id_ in read.left})

    def _read(
        self, paragraph: Paragraph, read: ReadAs, notes: list[str], *, marks: Marks | None = None, gone: str = ""
    ) -> Read:
        """``gone`` is what is said where nothing is left of a paragraph that had words."""
        if not paragraph.tree:
            return Read(paragraph, None)
        if not read.tree:
            gone = gone or _("Nothing of %(handle)s would be left.")
            return Read(paragraph, None, notes=[gone % {"handle": paragraph.handle}, *notes])
        if read.meeting:
            signs = " ".join(f"“{signs}”" for signs in read.meeting)
            notes = [*notes, _("For the pen to look at: %(signs)s") % {"signs": signs}]
        body = paragraph_html(
            tuple(pieces(read.tree, marks or {})),
            numbers=self.page.numbers_in(paragraph),
            card_href=lambda id_: f"{self.bracketed}#b-{id_}",
        )
        return Read(paragraph, body, len(read.left), notes)

    def _undecided(self, paragraph: Paragraph, read: ReadAs) -> list[str]:
        if not read.left:
            return []
        said = ngettext(
            "%(what)s cannot be decided: it was read from paper, which does not say whether its words were there before.",
            "%(what)s cannot be decided: they were read from paper, which does not say whether their words were there before.",
            len(read.left),
        )
        return [said % {"what": self._named(paragraph, read.left)}]

    def _own_words(self, paragraph: Paragraph, code: str, said: OwnWord, read: ReadAs) -> Iterator[str]:
        for ids, words in (
            (read.left, _("%(code)s has said neither + nor − of %(what)s: as printed.")),
            (
                said.earlier,
                _("What %(code)s said of %(what)s was said of an earlier wording and decides nothing here."),
            ),
            (said.reserved, _("%(code)s supports %(what)s with reservation.")),
            (said.presumed, _("%(what)s: decided by what %(code)s said of the whole paragraph, keep original.")),
        ):
            if ids:
                yield words % {"code": code, "what": self._named(paragraph, ids)}
        if said.whole is not None:
            printed = marker(Mark(code, said.whole.stance, said.whole.reservation))
            yield _("Of the whole paragraph %(code)s has said %(marker)s.") % {"code": code, "marker": printed}

    def _named(self, paragraph: Paragraph, ids: Iterable[str]) -> str:
        numbers = self.page.numbers_in(paragraph)
        return ", ".join(numbers[id_] for id_ in ids)

    def _one_of(self, paragraph: Paragraph) -> list[str]:
        names = ", ".join(rival.handle for rival in self.rivals.get(paragraph.pk, ()))
        return [_("At most one of these can stand: %(what)s.") % {"what": names}] if names else []
