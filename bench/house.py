"""A PostgreSQL and a Valkey of the bench's own, and servers on them: loopback only, all of it stopped and removed."""

import os
import secrets
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import ports
from config.embedded.postgres import APP, EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey
from config.watch import Part

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
GRANIAN = ("granian", "--host", "127.0.0.1", "--no-ws", "--log-level", "warning")


@contextmanager
def services() -> Iterator[None]:
    """Both servers, fsync on, with Podium's tables; this process speaks to them as the owner of the tables."""
    var = Path(tempfile.mkdtemp(prefix="podium-bench-"))
    var.chmod(0o755)  # root's PostgreSQL runs as somebody else and must get to its cluster
    postgres = EmbeddedPostgres(var, owner_makes_databases=True)
    valkey = EmbeddedValkey(var)
    try:
        postgres.start()
        valkey.start()
        os.environ |= {
            "DATABASE_URL": postgres.urls()["DATABASE_OWNER_URL"],
            "REDIS_URL": valkey.urls()["REDIS_URL"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_LEVEL": "ERROR",
            "PODIUM_VAR": str(var),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PODIUM_BENCH_APP_URL": postgres.urls()["DATABASE_URL"],
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("grant_rights", APP, verbosity=0)
        yield
    finally:
        valkey.remove()
        postgres.remove()
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def served(name: str, *words: str, path: str = "/", **environment: str) -> Iterator[tuple[int, Part]]:
    """A server of one's own under granian, as the application's role; gives its port once ``path`` answers."""
    port = ports.free_port()
    var = Path(os.environ["PODIUM_VAR"])
    command = [sys.executable, "-m", *GRANIAN, "--port", str(port), *words]
    known = {**os.environ, "DATABASE_URL": os.environ["PODIUM_BENCH_APP_URL"], **environment}
    part = Part(name, command, known, ROOT, var / f"{name}.log")
    part.start()
    try:
        _until_it_answers(part, f"http://localhost:{port}{path}")
        yield port, part
    finally:
        part.stop()


def product_as_run() -> tuple[str, ...]:
    """How ``make run`` starts the web process: config/run.py, ``_parts``."""
    return ("--interface", "asginl", "--workers", "1", "--workers-kill-timeout", "3", "config.asgi:application")


def _until_it_answers(part: Part, address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if not part.is_running() or time.monotonic() > deadline:
                raise RuntimeError(f"{part.name} does not answer; its log ends with:\n{part.last_words()}") from None
            time.sleep(0.1)
