from typing import Any

from django.core.management.base import BaseCommand, CommandError

from negotiations import ledger
from negotiations.models import Negotiation


class Command(BaseCommand):
    help = "Check the hash chain of each negotiation's ledger; stop at the first event that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        for negotiation in Negotiation.objects.order_by("slug"):
            if (bad := ledger.verify(negotiation)) is not None:
                raise CommandError(
                    f"{negotiation.slug}: the ledger breaks at event {bad.seq} ({bad.kind or 'head'}): {bad.why}."
                )
            self.stdout.write(f"{negotiation.slug}: {negotiation.head_seq} events, unbroken.")
