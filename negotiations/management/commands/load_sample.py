from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from delegations.passphrases import new_passphrase
from negotiations.sample import load


class Command(BaseCommand):
    help = "Load the invented sample negotiation once, and print the accounts that can sign in to it."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The sample is for trying Podium out; it is not loaded under production settings.")
        passphrase = _passphrase(Path(settings.VAR_DIR) / "sample-passphrase")
        accounts = load.load(passphrase)
        self.stdout.write("Sign in to the sample negotiation as:")
        for account in accounts:
            self.stdout.write(f"  {account.email:<32} {account.delegation}, {account.role.lower()}")
        self.stdout.write(f"Passphrase for all of them: {passphrase}")


def _passphrase(kept: Path) -> str:
    """One passphrase for each installation, readable by its owner alone (``rules.md`` 30)."""
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        made = new_passphrase()
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(made + "\n")
        return made
