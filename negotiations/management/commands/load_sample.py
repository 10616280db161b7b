import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from delegations.passphrases import new_passphrase
from negotiations.sample import load


class Command(BaseCommand):
    help = "Load the invented sample negotiation once, and print some of the accounts that can sign in to it."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The sample is for trying Podium out; it is not loaded under production settings.")
        folder = Path(settings.VAR_DIR)
        passphrase = _passphrase(folder / "sample-passphrase")
        accounts = load.load(passphrase)
        listed = folder / "sample-accounts.txt"
        _write_private(listed, "".join(f"{line}\n" for line in _lines(accounts)))
        self.stdout.write("Sign in to the sample negotiation as:")
        for line in _lines(load.to_start_with(accounts)):
            self.stdout.write(f"  {line}")
        self.stdout.write(f"Passphrase for all of them: {passphrase}")
        self.stdout.write(f"All {len(accounts)} accounts are listed in {listed}.")


def _lines(accounts: Iterable[load.Account]) -> Iterable[str]:
    return (f"{account.email:<36} {account.delegation}, {account.role.lower()}" for account in accounts)


def _passphrase(kept: Path) -> str:
    """One passphrase for each installation, readable by its owner alone (``rules.md`` 30)."""
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        made = new_passphrase()
        _write_private(kept, made + "\n")
        return made


def _write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read, also while it is being written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
