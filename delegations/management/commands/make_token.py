from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations import tokens
from delegations.models import Delegate, Scope, today


class Command(BaseCommand):
    help = "Make a token with which a script acts from somebody's seat, and print its secret, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="whose seat it acts from")
        parser.add_argument("--name", required=True, help="what its owner will know it by")
        parser.add_argument("--scope", action="append", default=[], choices=Scope.values, help="may be given again")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="its last day; 90 days from now unless you say")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Delegate.objects.filter(email=options["email"].strip().lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody active signs in as {options['email']}. Nothing was made.")
        try:
            until = date.fromisoformat(options["until"]) if options["until"] else today() + timedelta(days=90)
            token, secret = tokens.make(person=person, name=options["name"], scopes=options["scope"], expires_on=until)
        except ValidationError as fault:
            raise CommandError(f"{' '.join(fault.messages)} Nothing was made.") from None
        except ValueError:
            raise CommandError(f"{options['until']} is no date; write it as 2027-01-31. Nothing was made.") from None
        self.stdout.write(
            f"{secret}\nIt may {', '.join(token.scopes)} until {token.expires_on}. It is shown this once."
        )
