from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from delegations.actor import Actor
from delegations.models import Delegate, Kind, Role
from documents.notation.package import read_package
from documents.reading.guarded import take_guarded
from documents.reading.text import NotText
from negotiations.acts import texts
from negotiations.models import Event, Negotiation
from negotiations.refusals import Refusal


class Command(BaseCommand):
    help = "Import a negotiating text into a negotiation, as the Secretariat; prints what the reader has to report."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--negotiation", required=True, help="the negotiation's short name, as in its address")
        parser.add_argument("--as", dest="email", help="the Secretariat's person who imports; by default the first one")

        parser.add_argument(
            "--strip-odd", action="store_true", help="take out characters that no text may hold, instead of refusing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            taken = take_guarded(path.read_bytes(), path.name)
        except NotText as fault:
            raise CommandError(f"{path}: {fault}. Nothing was imported.") from None
        except OSError as fault:
            raise CommandError(f"{path}: {fault.strerror}. Nothing was imported.") from None
        negotiation = Negotiation.objects.filter(slug=options["negotiation"]).first()
        if negotiation is None:
            known = ", ".join(Negotiation.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no negotiation {options['negotiation']!r}; known are: {known}.")
        package = read_package(taken.source, shown=taken.shown)
        try:
            events = texts.import_package(
                actor=_secretariat(negotiation, options["email"]),
                negotiation_id=negotiation.pk,
                package=package,
                name=path.stem,
                key=str(uuid4()),
                strip_odd=options["strip_odd"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        for event in events:
            self.stdout.write(_said(event))
        for name, count in events[0].payload["facts"].get("stripped", {}).items():
            self.stdout.write(f"Taken out: {count} x {name}.")
        for found in package.diagnostics:
            self.stdout.write(f"{path}:{found.line}:{found.column}: {found.severity} {found.code}: {found.message}")


def _secretariat(negotiation: Negotiation, email: str | None) -> Actor:
    people = Delegate.objects.filter(
        delegation__kind=Kind.SECRETARIAT,
        delegation__participations__negotiation=negotiation,
        is_active=True,
        role__in=[Role.HEAD, Role.DELEGATE],
    ).select_related("delegation")
    person = (people.filter(email=email.lower()) if email else people.order_by("pk")).first()
    if person is None:
        raise CommandError("Nobody of the Secretariat takes part in this negotiation under that address.")
    return Actor.of(person)


def _said(event: Event) -> str:
    rows = event.payload["rows"]
    title = rows["documents_document"][0]["name"]
    counts = ", ".join(
        f"{len(rows.get(f'negotiations_{table}', []))} {words}"
        for table, words in (
            ("bracket", "brackets"),
            ("position", "positions"),
            ("unresolvedmarker", "markers to resolve"),
        )
    )
    return f"{title}: {len(rows['documents_paragraph'])} paragraphs, {counts}."
