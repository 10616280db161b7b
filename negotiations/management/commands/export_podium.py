import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.models import Document
from documents.rendering import text
from negotiations import printing
from negotiations.models import CoveringNote, Negotiation


class Command(BaseCommand):
    help = "Print a negotiation's documents as they stand now; right after an import that is the source again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("negotiation", help="the negotiation's short name, as in its address")
        parser.add_argument("--format", choices=["text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        negotiation = Negotiation.objects.filter(slug=options["negotiation"]).first()
        if negotiation is None:
            raise CommandError(f"There is no negotiation {options['negotiation']!r}.")
        for document in Document.objects.filter(agenda_item__negotiation=negotiation).order_by("agenda_item__place"):
            for note in CoveringNote.objects.filter(before=document):
                sys.stdout.buffer.write(note.text.encode() + b"\n\n")
            sys.stdout.buffer.write(text.render(printing.as_it_stands(negotiation, document)) + b"\n")
