from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from delegations.actor import Actor
from delegations.models import Delegate, Kind
from delegations.passphrases import new_passphrase
from delegations.roll import COLUMNS, RollFault, Seat, enlist, read_roll
from documents.reading.text import NotText, decode_text
from negotiations.acts import sessions
from negotiations.acts.typed import plain_text
from negotiations.models import Negotiation
from negotiations.models.frame import NewLabels
from negotiations.refusals import NotPlain, Refusal


class Command(BaseCommand):
    help = (
        "Found a negotiation of your own: seat the delegations of a table and print a passphrase for each new person. "
        f"The table's columns, comma-separated: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="its short name, which stands in every address: small letters and hyphens")
        parser.add_argument("--delegations", required=True, metavar="TABLE", help="a .csv file, one row a person")
        parser.add_argument("--title", required=True)
        parser.add_argument("--organisation", default="")
        parser.add_argument("--zone", default="UTC", help="the time zone of the room, as Asia/Almaty")

        parser.add_argument(
            "--new-labels",
            choices=NewLabels.values,
            default=NewLabels.LETTERS,
            help="how a paragraph that comes in between is labelled: letters (PP5a) or latin (PP5 bis)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Negotiation.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is a negotiation {options['slug']!r} already. Choose another short name.")
        try:
            with transaction.atomic():
                people, made = _enlisted(Path(options["delegations"]))
                sessions.found(
                    actor=_secretariat(people),
                    slug=options["slug"],
                    title=options["title"],
                    organisation=options["organisation"],
                    zone=options["zone"],
                    new_labels=NewLabels(options["new_labels"]),
                    delegations={person.delegation_id: person.delegation for person in people}.values(),
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except ValidationError as fault:
            raise CommandError(f"{' '.join(fault.messages)} Nothing was founded.") from None
        self.stdout.write(f"Founded, at /{options['slug']}/. Passphrases are shown this once:")
        for person in people:
            known = made.get(person.email, "as before")
            self.stdout.write(
                f"  {person.email:<36} {person.delegation.code:<12} {person.get_role_display():<20} {known}"
            )


def _enlisted(table: Path) -> tuple[list[Delegate], dict[str, str]]:
    """The people of the table, and the passphrases of those who are new, by address."""
    people: list[Delegate] = []
    made: dict[str, str] = {}
    try:
        for line, seat in read_roll(decode_text(table.read_bytes())):
            passphrase = new_passphrase()
            _plain(line, seat)
            try:
                person, is_new = enlist(seat, passphrase)
            except ValidationError as fault:
                raise RollFault(line, " ".join(fault.messages)) from None
            people.append(person)
            if is_new:
                made[person.email] = passphrase
    except RollFault as fault:
        raise CommandError(f"{table}, {fault} Nothing was founded.") from None
    except NotText as fault:
        raise CommandError(f"{table}: {fault}. Nothing was founded.") from None
    except OSError as fault:
        raise CommandError(f"{table}: {fault.strerror}. Nothing was founded.") from None
    return people, made


def _plain(line: int, seat: Seat) -> None:
    """Names are printed and shown as words of the text are. Raises RollFault."""
    for said in (*seat.names, seat.person, *seat.aliases):
        try:
            plain_text(said)
        except NotPlain as refusal:
            raise RollFault(line, str(refusal)) from None


def _secretariat(people: list[Delegate]) -> Actor:
    for person in people:
        if person.delegation.kind == Kind.SECRETARIAT and Actor.of(person).speaks:
            return Actor.of(person)
    raise CommandError("The table names nobody of the Secretariat who could hold the pen. Nothing was founded.")
