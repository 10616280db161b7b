"""`make run`: everything on one machine, started, watched and stopped together.

Starts an embedded PostgreSQL and Valkey unless DATABASE_URL and REDIS_URL name others, brings the tables up to date,
loads the sample once, then keeps web, worker and beat running until Ctrl-C. What a killed run left behind is stopped
at the next start, found by pid and start time.
"""

import fcntl
import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from config.embedded import ports
from config.embedded.postgres import APP, EmbeddedPostgres, PostgresFailed
from config.embedded.processes import write_private
from config.embedded.valkey import EmbeddedValkey, ValkeyFailed
from config.watch import LOOK, Part, Watch, stop_leftovers

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PODIUM_VAR") or ROOT / "var").absolute()
WEB_SECONDS = 60
"""How long the first page may take to appear."""


class CannotStart(Exception):
    """Why Podium could not be started, in words for whoever started it."""


class Asked:
    """Whether somebody asked us to stop: Ctrl-C, a signal, a closed terminal."""

    def __init__(self) -> None:
        self.to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, signum: int, frame: FrameType | None) -> None:
        self.to_stop = True


def main() -> None:
    """Run until asked to stop. Exits with a sentence where Podium cannot be started."""
    port = _port()
    if os.environ.get("PODIUM_ENV") == "production":
        sys.exit("'make run' is for trying Podium on one machine. In production each process is started by itself.")
    VAR.mkdir(parents=True, exist_ok=True)
    lock = _only_one(port)
    asked = Asked()
    watch = Watch(VAR / "parts.json")
    try:
        if left := stop_leftovers(watch.notes):
            _say(f"Stopped {left} processes that an earlier run had left behind.")
        if not ports.is_free(port):
            raise CannotStart(f"Port {port} is taken by another program. Try: make run PORT={port + 1}")
        _run(watch, asked, port)
    except (CannotStart, PostgresFailed, ValkeyFailed) as fault:
        watch.stop()
        sys.exit(f"Podium could not be started. {fault}")
    finally:
        watch.stop()
        (VAR / "services.env").unlink(missing_ok=True)
        lock.close()
    _say("Stopped. Everything is kept for the next start.")


def _run(watch: Watch, asked: Asked, port: int) -> None:
    environment = _services(watch)
    _say("Bringing the tables up to date …")
    _manage(environment, "migrate", "--verbosity", "0")
    if any(isinstance(turn.what, EmbeddedPostgres) for turn in watch.turns):
        _manage(environment, "grant_rights", APP)
    accounts = _manage(environment, "load_sample")
    web, *others = _parts(environment, port)
    for part in (web, *others):
        if not asked.to_stop:
            watch.start(part)
    while not asked.to_stop and not _answers(port):
        if not web.is_running() or time.monotonic() > watch.turns[-1].since + WEB_SECONDS:
            raise CannotStart(f"The web server does not answer; {web.log} ends with:\n{web.last_words()}")
        time.sleep(0.1)
    if not asked.to_stop:
        _say(f"\n{accounts}\nPodium is at http://localhost:{port}\nCtrl-C stops it. Logs are in {VAR}.")
    while not asked.to_stop:
        watch.look()
        time.sleep(LOOK)
    _say("Stopping …")


def _only_one(port: int) -> IO[str]:
    """Hold the lock of this installation, or say who does. The kernel lets go of it when we die, however we die."""
    lock = (VAR / "run.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        sys.exit(
            f"Podium runs already from this folder ({lock.read().strip()}). Stop it with Ctrl-C where it was started."
        )
    lock.truncate(0)
    lock.write(f"http://localhost:{port}, process {os.getpid()}")
    lock.flush()
    return lock


def _port() -> int:
    asked = os.environ.get("PORT") or "8000"
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= ports.HIGHEST:
        sys.exit(f"PORT is {asked!r}; it must be a whole number up to {ports.HIGHEST}. Try: make run PORT=8001")
    return int(asked)


def _services(watch: Watch) -> dict[str, str]:
    """The environment for every part, with the embedded servers started where none was named."""
    found = {name: value for name, value in os.environ.items() if value}
    written: dict[str, str] = {}
    if "DATABASE_URL" not in found:
        _say("Starting PostgreSQL …")
        postgres = EmbeddedPostgres(VAR)
        watch.start(postgres)
        written |= postgres.urls()
    if "REDIS_URL" not in found:
        valkey = EmbeddedValkey(VAR)
        watch.start(valkey)
        written |= valkey.urls()
    # For commands typed in another window: manage.py finds the servers of this run here.
    write_private(VAR / "services.env", "".join(f"{name}={value}\n" for name, value in written.items()))
    if not (VAR / "secret-key").exists():
        write_private(VAR / "secret-key", secrets.token_urlsafe(50))
    return {**found, **written, "PODIUM_VAR": str(VAR)}


def _manage(environment: dict[str, str], *words: str) -> str:
    """Run a command of manage.py and answer what it printed. Raises CannotStart with what it complained of."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, start_new_session=True
    )
    if done.returncode != 0:
        raise CannotStart(f"'manage.py {words[0]}' failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _parts(environment: dict[str, str], port: int) -> list[Part]:
    granian = ("granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--workers", "1")
    # Open event streams never end by themselves; the worker is given a moment for the rest, then ended.
    web = (*granian, "--workers-kill-timeout", "3", "--no-ws", "config.asgi:application")
    celery = ("celery", "-A", "config.celery:application")
    commands = {
        "web": web,
        "worker": (*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING"),
        "beat": (*celery, "beat", "--schedule", str(VAR / "beat"), "--pidfile", "", "--loglevel", "WARNING"),
    }
    return [
        Part(name, [sys.executable, "-m", *command], environment, ROOT, VAR / f"{name}.log")
        for name, command in commands.items()
    ]


def _answers(port: int) -> bool:
    """Whether a page comes back. That somebody listens is not enough: granian does so before the product is loaded."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/sign-in/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
