from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from negotiations.api.index import drawn_up
from negotiations.api.schema import as_bytes


class Command(BaseCommand):
    help = "Write docs/openapi.json anew from the API's views."

    def handle(self, *args: Any, **options: Any) -> None:
        kept = Path(settings.BASE_DIR) / "docs" / "openapi.json"
        kept.write_bytes(as_bytes(drawn_up()))
        self.stdout.write(f"{kept.name} holds {len(drawn_up()['paths'])} addresses.")
