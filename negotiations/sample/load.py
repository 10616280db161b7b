"""Loading the sample: delegations with their people, the package as received, an open session."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegate, Delegation, Kind
from delegations.roll import Seat, enlist, read_roll
from documents.notation.package import read_package
from documents.reading.text import decode_text
from negotiations.acts import sessions, texts
from negotiations.models import Negotiation

SLUG = "night-of-lanterns"
TEXT = Path(__file__).with_name("night-of-lanterns.txt")
SEATS = Path(__file__).with_name("seats.csv")
FIRST = ("Secretariat", "CHAIR", "EVR", "HALV", "HERON")
"""Whose accounts one starts with: two towns that disagree, and an observer, beside those who run the room."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody one can sign in as."""

    email: str
    code: str
    delegation: str
    role: str


def seats() -> list[Seat]:
    """Who sits in the sample, from the Secretariat's table."""
    return [seat for _, seat in read_roll(decode_text(SEATS.read_bytes()))]


def load(passphrase: str) -> list[Account]:
    """Load the sample once; on an installation that has it only the accounts are told. One transaction."""
    with transaction.atomic():
        if not Negotiation.objects.filter(slug=SLUG).exists():
            _negotiation(_people(passphrase))
        return list(_accounts())


def to_start_with(accounts: list[Account]) -> list[Account]:
    """The first account of each delegation in ``FIRST``, in that order."""
    first = {account.code: account for account in reversed(accounts)}
    return [first[code] for code in FIRST if code in first]


def _accounts() -> Iterator[Account]:
    """The people of the table whom this installation has, in the order of the table."""
    emails = [seat.email for seat in seats()]
    people = Delegate.objects.filter(email__in=emails, is_active=True).select_related("delegation")
    for person in sorted(people, key=lambda person: emails.index(person.email)):
        delegation = person.delegation
        yield Account(person.email, delegation.code, delegation.name_en, person.get_role_display())


def _people(passphrase: str) -> list[Delegate]:
    """Everybody of the table. The passphrase that all share is hashed once: that takes a second on a busy machine."""
    enlisted = [enlist(seat, None) for seat in seats()]
    made = [person.pk for person, is_new in enlisted if is_new]
    Delegate.objects.filter(pk__in=made).update(password=make_password(passphrase))
    return [person for person, _ in enlisted]


def _negotiation(people: list[Delegate]) -> None:
    secretariat = next(Actor.of(person) for person in people if person.delegation.kind == Kind.SECRETARIAT)
    negotiation = sessions.found(
        actor=secretariat,
        slug=SLUG,
        title="Night of Lanterns (invented sample)",
        organisation="Assembly of Riverside Towns",
        zone="Asia/Almaty",
        delegations=Delegation.objects.filter(pk__in={person.delegation_id for person in people}),
        is_sample=True,
    )
    package = read_package(decode_text(TEXT.read_bytes()))
    texts.import_package(
        actor=secretariat, negotiation_id=negotiation.pk, package=package, name="Night of Lanterns", key=str(uuid4())
    )
    sessions.open_session(actor=secretariat, negotiation_id=negotiation.pk, key=str(uuid4()))
