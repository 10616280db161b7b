"""The product's own processes, on the test's database and on a Redis that the test may take away."""

import os
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from config.embedded.valkey import EmbeddedValkey

ROOT = Path(__file__).resolve().parent.parent


def environment(redis: EmbeddedValkey, var: Path) -> dict[str, str]:
    """What web, worker and beat are started with, as `make run` starts them."""
    known = connection.settings_dict
    user, secret = quote(known["USER"], safe=""), quote(known["PASSWORD"] or "", safe="")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PODIUM_VAR": str(var),
        "DATABASE_URL": f"postgresql://{user}:{secret}@{quote(known['HOST'], safe='')}:{known['PORT']}/{known['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        **redis.urls(),
    }
