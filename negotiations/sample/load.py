"""Loading the sample: delegations, one person each with a passphrase of this installation, the text, an open session."""

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegate, Delegation, Kind, Role
from delegations.roll import Seat, enlist
from documents.notation.package import read_package
from documents.reading.text import decode_text
from negotiations.acts import sessions, texts
from negotiations.models import Negotiation

SLUG = "night-of-lanterns"
TEXT = Path(__file__).with_name("night-of-lanterns.txt")

DELEGATIONS = (
    ("HALV", Kind.MEMBER, "Halven", "Хальвен", "Халвен"),
    ("LIND", Kind.MEMBER, "Lindara", "Линдара", "Линдара"),
    ("EVR", Kind.MEMBER, "Evrin", "Эврин", "Эврин"),
    ("PELM", Kind.MEMBER, "Pelmora", "Пельмора", "Пелмора"),
    ("ZEFRA", Kind.MEMBER, "Zefra", "Зефра", "Зефра"),
    ("ORMELA", Kind.MEMBER, "Ormela", "Ормела", "Ормела"),
    ("HERON", Kind.OBSERVER, "Heron Society", "Общество «Цапля»", "«Құтан» қоғамы"),
    ("CHAIR", Kind.CHAIR, "Chair", "Председатель", "Төраға"),
    ("Secretariat", Kind.SECRETARIAT, "Secretariat", "Секретариат", "Хатшылық"),
)
"""Code, kind and names in English, Russian and Kazakh, as in the README beside the text."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody one can sign in as."""

    email: str
    delegation: str
    role: str


def load(passphrase: str) -> list[Account]:
    """Load the sample once; on an installation that has it only the accounts are told. One transaction."""
    with transaction.atomic():
        people = [_person(*row, passphrase) for row in DELEGATIONS]
        if not Negotiation.objects.filter(slug=SLUG).exists():
            _negotiation(Actor.of(people[-1]))
    return [Account(person.email, person.delegation.name_en, person.get_role_display()) for person in people]


def _person(code: str, kind: Kind, en: str, ru: str, kk: str, passphrase: str) -> Delegate:
    role = Role.OBSERVER if kind == Kind.OBSERVER else Role.DELEGATE
    email = f"{code.lower()}@lanterns.example"
    person, _ = enlist(Seat(code, kind, (en, ru, kk), email, f"{en} delegate", role), passphrase)
    return person


def _negotiation(secretariat: Actor) -> None:
    negotiation = sessions.found(
        actor=secretariat,
        slug=SLUG,
        title="Night of Lanterns (invented sample)",
        organisation="Assembly of Riverside Towns",
        zone="Asia/Almaty",
        delegations=Delegation.objects.filter(code__in=[code for code, *_ in DELEGATIONS]),
        is_sample=True,
    )
    package = read_package(decode_text(TEXT.read_bytes()))
    texts.import_package(
        actor=secretariat, negotiation_id=negotiation.pk, package=package, name="Night of Lanterns", key=str(uuid4())
    )
    sessions.open_session(actor=secretariat, negotiation_id=negotiation.pk, key=str(uuid4()))
