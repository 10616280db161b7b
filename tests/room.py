"""A negotiation for tests: few delegations, one short text, verbs as people would say them."""

from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

from delegations.actor import Actor
from delegations.models import Delegate, Delegation, Kind, Role
from documents.models import Document, Paragraph
from documents.notation.package import read_package
from documents.notation.words import words
from negotiations import printing
from negotiations.acts import drafts, paragraphs, positions, sessions, texts, verdicts, wording
from negotiations.acts.paragraphs import Standing
from negotiations.acts.positions import Target
from negotiations.acts.wording import Change, Deletion, Insertion, Replacement
from negotiations.models import Bracket, Event, Negotiation, PrivateDraft
from negotiations.models.wording import Stance

TEXT = """PODIUM VERSION AS OF COB OF 1 MAY 2026

Draft Statement on Bicycle Bells

We, the towns of the plain,

PP1. Recalling that bells [ring and] (+IND) [, where customary,] (-TUR) warn; (CHN tcb)

PP2. Noting that every bell has an owner;

OP1. Each town shall [oil] (-IND) [polish] (+IND) its bells [in [early] spring] (+VIE).

OP2. Bells are lent to guests (and returned).
"""
MEMBERS = ("VIE", "IND", "TUR", "CHN")
OTHERS = {"CHAIR": Kind.CHAIR, "Secretariat": Kind.SECRETARIAT, "BIRDS": Kind.OBSERVER}
_numbers = count(1)


@dataclass
class Room:
    """The negotiation, its document and an actor for each delegation by code (``VIE.adviser`` for the adviser)."""

    negotiation: Negotiation
    document: Document
    actors: dict[str, Actor]
    keys: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    def opened(cls, text: str = TEXT) -> "Room":
        number = next(_numbers)
        actors = {code: _actor(code, Kind.MEMBER, number) for code in MEMBERS}
        actors |= {code: _actor(code, kind, number) for code, kind in OTHERS.items()}
        actors["VIE.adviser"] = _actor("VIE", Kind.MEMBER, number, Role.ADVISER)
        secretariat = actors["Secretariat"]
        negotiation = sessions.found(
            actor=secretariat,
            slug=f"bells-{number}",
            title="Bells",
            organisation="Towns of the Plain",
            zone="Asia/Almaty",
            delegations=[actor.delegation for code, actor in actors.items() if "." not in code],
        )
        package = read_package(text)
        texts.import_package(
            actor=secretariat, negotiation_id=negotiation.pk, package=package, name="bells", key="import"
        )
        sessions.open_session(actor=secretariat, negotiation_id=negotiation.pk, key="open")
        document = Document.objects.get(agenda_item__negotiation=negotiation)
        return cls(negotiation, document, actors)

    def key(self) -> str:
        return f"key-{next(self.keys)}"

    @property
    def secretariat(self) -> Actor:
        return self.actors["Secretariat"]

    @property
    def seq(self) -> int:
        self.negotiation.refresh_from_db()
        return self.negotiation.head_seq

    def paragraph(self, handle: str) -> Paragraph:
        return Paragraph.objects.get(document=self.document, handle=handle)

    def bracket(self, number: str) -> Bracket:
        handle, _, last = number.rpartition(".")
        return Bracket.objects.get(paragraph__document=self.document, paragraph__handle=handle, number=int(last))

    def target(self, on: str) -> Target:
        if "." in on:
            bracket = self.bracket(on)
            return Target(bracket.paragraph_id, bracket.pk)
        return Target(self.paragraph(on).pk)

    def prints(self, handle: str) -> str:
        """The paragraph as it prints now."""
        shown = printing.page(self.document, [self.paragraph(handle)])
        return "".join(piece.text for piece in shown.pieces(shown.paragraphs[0]))

    def at(self, handle: str, word: str) -> int:
        """The number of the first word that reads so."""
        return next(w.index for w in words(self.paragraph(handle).nodes) if w.text == word)

    def takes(self, code: str, stance: str, *, on: str, heard_for: str | None = None, **more: object) -> Event:
        return positions.take(
            actor=self.actors[code],
            negotiation_id=self.negotiation.pk,
            target=self.target(on),
            stance=Stance(stance),
            seen=more.pop("seen", self.seq),  # type: ignore[arg-type]
            key=str(more.pop("key", self.key())),
            on_behalf_of=self.actors[heard_for].delegation if heard_for else None,
            **more,  # type: ignore[arg-type]
        )

    def tables(self, code: str, change: Change, *, in_: str, **more: object) -> Event:
        return wording.table(
            actor=self.actors[code],
            negotiation_id=self.negotiation.pk,
            paragraph_id=self.paragraph(in_).pk,
            change=change,
            seen=more.pop("seen", self.seq),  # type: ignore[arg-type]
            key=str(more.pop("key", self.key())),
            **more,  # type: ignore[arg-type]
        )

    def inserts(self, code: str, text: str, *, after: str, in_: str, **more: object) -> Event:
        return self.tables(code, Insertion(self.at(in_, after), text), in_=in_, **more)

    def deletes(self, code: str, first: str, last: str, *, in_: str, **more: object) -> Event:
        return self.tables(code, Deletion(self.at(in_, first), self.at(in_, last)), in_=in_, **more)

    def replaces(self, code: str, first: str, last: str, text: str, *, in_: str, **more: object) -> Event:
        return self.tables(code, Replacement(self.at(in_, first), self.at(in_, last), text), in_=in_, **more)

    def keeps(self, code: str, change: Change, *, in_: str, **more: object) -> PrivateDraft:
        """A private draft."""
        return drafts.keep_draft(
            actor=self.actors[code],
            negotiation_id=self.negotiation.pk,
            paragraph_id=self.paragraph(in_).pk,
            change=change,
            seen=more.pop("seen", self.seq),  # type: ignore[arg-type]
            key=str(more.pop("key", self.key())),
            **more,  # type: ignore[arg-type]
        )

    def keeps_insertion(
        self, code: str, text: str = "and tyre", *, after: str, in_: str, **more: object
    ) -> PrivateDraft:
        return self.keeps(code, Insertion(self.at(in_, after), text), in_=in_, **more)

    def tables_draft(self, code: str, draft: PrivateDraft, key: str = "") -> Event:
        return drafts.table_draft(
            actor=self.actors[code],
            negotiation_id=self.negotiation.pk,
            draft_id=draft.pk,
            key=key or self.key(),
        )

    def tables_paragraph(self, code: str, text: str, *, at: str, alternative: bool = False, **more: object) -> Event:
        """A new paragraph after the one of this handle, or an alternative to it."""
        return paragraphs.table_paragraph(
            actor=self.actors[code],
            negotiation_id=self.negotiation.pk,
            paragraph_id=self.paragraph(at).pk,
            standing=Standing.ALTERNATIVE if alternative else Standing.AFTER,
            text=text,
            seen=more.pop("seen", self.seq),  # type: ignore[arg-type]
            key=str(more.pop("key", self.key())),
            **more,  # type: ignore[arg-type]
        )

    def decides(self, way: str, *numbers: str) -> Event:
        """The Chair retains or strikes brackets of one paragraph."""
        brackets = [self.bracket(number) for number in numbers]
        return verdicts.decide(
            actor=self.actors["CHAIR"],
            negotiation_id=self.negotiation.pk,
            paragraph_id=brackets[0].paragraph_id,
            ways={bracket.pk: way for bracket in brackets},  # type: ignore[misc]
            seen=self.seq,
            key=self.key(),
        )

    def withdraws(self, code: str, proposal: UUID, key: str = "") -> Event:
        return wording.withdraw(
            actor=self.actors[code], negotiation_id=self.negotiation.pk, proposal_id=proposal, key=key or self.key()
        )

    def order(self) -> list[str]:
        """The handles of the paragraphs in the order of the text."""
        return list(Paragraph.objects.filter(document=self.document).values_list("handle", flat=True))

    def imports(self, text: str, name: str = "second") -> Document:
        """Another document on the agenda."""
        texts.import_package(
            actor=self.secretariat,
            negotiation_id=self.negotiation.pk,
            package=read_package(text),
            name=name,
            key=self.key(),
        )
        return Document.objects.filter(agenda_item__negotiation=self.negotiation).latest("agenda_item__place")

    def suspends(self) -> Event:
        return sessions.suspend_session(actor=self.secretariat, negotiation_id=self.negotiation.pk, key=self.key())

    def resumes(self) -> Event:
        return sessions.open_session(actor=self.secretariat, negotiation_id=self.negotiation.pk, key=self.key())


def _actor(code: str, kind: Kind, number: int, role: Role | None = None) -> Actor:
    delegation, _ = Delegation.objects.get_or_create(code=code, defaults={"kind": kind, "name_en": code.title()})
    role = role or (Role.OBSERVER if kind == Kind.OBSERVER else Role.DELEGATE)
    email = f"{code}.{role}.{number}@bells.example".lower()
    return Actor.of(Delegate.objects.create_user(email, None, name=code, delegation=delegation, role=role))


def proposal_of(event: Event) -> UUID:
    """The proposal that an event put on record."""
    return UUID(event.payload["rows"]["negotiations_proposal"][0]["id"])
