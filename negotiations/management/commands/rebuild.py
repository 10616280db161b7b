from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from negotiations import replay
from negotiations.models import Event


class Command(BaseCommand):
    help = "Replay the ledger and compare: --check says whether documents, brackets and positions are what it holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", required=True, help="compare only; nothing is written")

    def handle(self, *args: Any, **options: Any) -> None:
        if found := replay.differences():
            listed = "\n".join(f"  {one.table} {one.id}: {one.what}" for one in found)
            raise CommandError(f"The tables differ from the ledger:\n{listed}")
        self.stdout.write(f"{Event.objects.count()} events replayed: the same rows, byte for byte.")
