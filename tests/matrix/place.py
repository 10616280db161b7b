"""Where the matrix is tried: a room that has all that an address can name, one in which no seat takes part, the seats."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.test import Client

from delegations import tokens
from delegations.actor import Actor
from delegations.models import Delegate, Delegation, Kind, Role, Scope, Token, today
from documents.models import PodiumVersion
from negotiations.acts import receiving, replacements, sponsors
from negotiations.acts.replacements import Answer
from negotiations.models import Negotiation, Participation, Position
from negotiations.tasks import read_received_files, work_off_jobs
from tests.room import TEXT, Room, proposal_of

PASSPHRASE = "four bells by the river"
WORDING = ("Recalling that", "customary", "every bell has", "polish", "lent to guests", "Bicycle")
"""Words of the texts; no request of the matrix types them, so an answer that has one was given it by the product."""

SEATS = {
    "observer": "BIRDS",
    "adviser": "VIE.adviser",
    "delegate": "VIE",
    "delegate of another": "IND",
    "head": "VIE.head",
    "chair": "CHAIR",
    "secretariat": "Secretariat",
    "stranger": "MARS",
    "deactivated": "VIE.gone",
}
"""The seats of people by their key among the actors of the room."""
OWNERS = ("VIE", "IND", "CHAIR", "Secretariat")


@dataclass
class Place:
    """Both rooms, a session's key and the tokens of each seat."""

    room: Room
    elsewhere: Room
    sessions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    ids: dict[UUID, dict[str, UUID]] = field(default_factory=dict)

    def named(self, room: Room, name: str) -> UUID:
        """The id of what was put into the room under this name."""
        return self.ids[room.negotiation.pk][name]

    def person(self, seat: str) -> Delegate:
        return Delegate.objects.get(pk=self.room.actors[SEATS[seat]].person_id)

    def heads(self) -> list[int]:
        """How far both ledgers go."""
        both = Negotiation.objects.filter(pk__in=[self.room.negotiation.pk, self.elsewhere.negotiation.pk])
        return list(both.order_by("slug").values_list("head_seq", flat=True))


def built() -> Place:
    place = Place(Room.opened(), Room.opened())
    for room in (place.room, place.elsewhere):
        place.ids[room.negotiation.pk] = _lived_in(room)
    _seat(place)
    for seat in SEATS:
        _enter(place, seat)
    gone = place.person("deactivated")
    gone.is_active = False
    gone.save()
    return place


def _lived_in(room: Room) -> dict[str, UUID]:
    """Every delegation in question has a proposal, positions, an answer, and something that was heard of it."""
    ids = {"second document": room.imports("PP1. Noting the pumps;").pk}
    file = receiving.receive(
        actor=room.secretariat, negotiation_id=room.negotiation.pk, name="spokes.txt", data=b"PP1. Noting the spokes;"
    )
    later = receiving.receive(
        actor=room.secretariat,
        negotiation_id=room.negotiation.pk,
        name="later.txt",
        data=TEXT.replace("(-TUR)", "(-TUR) (+IND)").encode(),
        revises=room.document.pk,
    )
    read_received_files()
    ids |= {"received file": file.pk, "later state": later.pk}
    for code in (*OWNERS, "TUR", "CHN"):
        ids[f"proposal of {code}"] = proposal_of(room.inserts(code, f"tyre of {code}", after="bell", in_="PP2"))
    replacement = room.bracket("OP1.1").proposal_id
    ids["replacement"] = replacement
    for code in OWNERS:
        room.takes(code, "oppose", on="PP1.2")
        room.takes(code, "tcb", on="PP1")
        heard = {} if code == "Secretariat" else {"heard_for": code}
        room.takes("Secretariat", "tcb", on="PP2", **heard)
        position = Position.objects.get(paragraph=room.paragraph("PP2"), bracket=None, delegation__code=code)
        ids[f"heard of {code}"] = position.pk
        act = {"actor": room.actors[code], "negotiation_id": room.negotiation.pk, "seen": room.seq}
        replacements.answer(**act, proposal_id=replacement, answer=Answer.TCB, key=room.key())  # type: ignore[arg-type]
        ids[f"draft of {code}"] = room.keeps_insertion(code, f"rim of {code}", after="every", in_="PP2").pk
    for code in ("VIE", "IND"):
        act = {"actor": room.actors[code], "negotiation_id": room.negotiation.pk, "seen": room.seq}
        sponsors.co_sponsor(**act, proposal_id=ids["proposal of CHN"], key=room.key())  # type: ignore[arg-type]
    room.suspends()
    work_off_jobs()
    room.resumes()
    ids["version"] = PodiumVersion.objects.get(document=room.document).pk
    return ids


def _seat(place: Place) -> None:
    """The people beside those of every room. From the other negotiation all seats are taken but the stranger's."""
    room = place.room
    mars, _ = Delegation.objects.get_or_create(code="MARS", defaults={"kind": Kind.MEMBER, "name_en": "Mars"})
    for key, delegation, role in (
        ("VIE.head", room.actors["VIE"].delegation, Role.HEAD),
        ("VIE.gone", room.actors["VIE"].delegation, Role.DELEGATE),
        ("MARS", mars, Role.DELEGATE),
    ):
        email = f"{key}.{room.negotiation.slug}@bells.example".lower()
        person = Delegate.objects.create_user(email, None, name=key, delegation=delegation, role=role)
        room.actors[key] = Actor.of(person)
    Participation.objects.filter(negotiation=place.elsewhere.negotiation).delete()
    Participation.objects.create(negotiation=place.elsewhere.negotiation, delegation=mars)
    place.elsewhere.actors = {"MARS": replace(room.actors["MARS"])}


def _enter(place: Place, seat: str) -> None:
    """A passphrase, a session, tokens of every reach, and one more that may be revoked."""
    person = place.person(seat)
    person.set_password(PASSPHRASE)
    person.save()
    client = Client()
    client.force_login(person)
    place.sessions[seat] = client.cookies[settings.SESSION_COOKIE_NAME].value
    for name, scopes in (*((scope.value, [scope]) for scope in Scope), ("all", list(Scope)), ("spare", [])):
        token, secret = tokens.make(person=person, name=name, scopes=scopes, expires_on=today() + timedelta(days=9))
        tokens.find(secret)  # its first use is written down now, not in every request of the matrix
        place.secrets[f"{seat}/{name}"] = secret
        if name == "spare":
            place.ids[place.room.negotiation.pk][f"token of {seat}"] = token.pk
    if seat == "delegate":
        _ended(place, person)


def _ended(place: Place, person: Delegate) -> None:
    """Tokens of somebody with every right that are taken no more."""
    tomorrow = today() + timedelta(days=1)
    for name in ("revoked", "expired"):
        token, secret = tokens.make(person=person, name=name, scopes=list(Scope), expires_on=tomorrow)
        place.secrets[name] = secret
        if name == "revoked":
            tokens.revoke(person=person, token_id=token.pk)
        else:
            Token.objects.filter(pk=token.pk).update(
                made_at=token.made_at - timedelta(days=9), expires_on=today() - timedelta(days=1)
            )


def signed_in(place: Place, seat: str) -> Client:
    """A browser with the seat's cookie, if it has one, or a script's header on the door of the pages."""
    client = Client(raise_request_exception=False)
    if seat == "a token alone":
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {place.secrets['delegate/all']}"
    elif seat in place.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = place.sessions[seat]
    return client


def with_token(place: Place, seat: str) -> Client:
    """A script with the seat's token; ``delegate/read`` is the delegate with the token that only reads."""
    client = Client(raise_request_exception=False)
    if seat == "a session alone":
        client.cookies[settings.SESSION_COOKIE_NAME] = place.sessions["delegate"]
    elif seat != "no token":
        secret = place.secrets.get(seat) or place.secrets.get(f"{seat}/all") or "podium_" + "x" * 43
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def code_of(seat: str) -> str:
    """The code of the delegation in which the seat is."""
    return SEATS.get(seat.split("/")[0], "VIE").split(".")[0]


def code_of_another(seat: str) -> str:
    """Of a delegation in which it is not."""
    return "IND" if code_of(seat) == "VIE" else "VIE"
