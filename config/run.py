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

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded import ServerFailed, ports, processes
from config.embedded.postgres import APP, EmbeddedPostgres
from config.embedded.processes import write_private
from config.embedded.valkey import EmbeddedValkey
from config.environment import database_from_url, redis_from_url, with_secrets_from_files
from config.watch import LOOK, Part, Watch, say, stop_leftovers

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PODIUM_VAR") or ROOT / "var").absolute()
NOTES = VAR / "parts.json"
SERVICES = VAR / "services.env"
"""For commands typed in another window: manage.py finds the servers of this run here."""
WEB_SECONDS = 60
"""How long the first page may take to appear."""
ANSWER_SECONDS = 5
"""How long a server of one's own may take to answer."""
EMBEDDED: dict[str, type[EmbeddedPostgres | EmbeddedValkey]] = {
    "DATABASE_URL": EmbeddedPostgres,
    "REDIS_URL": EmbeddedValkey,
}
"""What stands in for a server that nobody named."""


class CannotStart(Exception):
    """Why Podium could not be started, in words for whoever started it."""


class AskedToStop(Exception):
    """Ctrl-C, a signal, a closed terminal."""


class Asked:
    """Whether somebody asked us to stop. Raised only where a step is over (`heed`), never in the middle of one."""

    def __init__(self) -> None:
        self.to_stop = False
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # under nohup we are to outlive the terminal
            signal.signal(signal.SIGHUP, self._note)

    def heed(self) -> None:
        """Raises AskedToStop if somebody did."""
        if self.to_stop:
            raise AskedToStop

    def _note(self, signum: int, frame: FrameType | None) -> None:
        self.to_stop = True


def main() -> None:
    """Run until asked to stop. Exits with a sentence where Podium cannot be started."""
    asked = Asked()
    port = _port()
    if os.environ.get("PODIUM_ENV") == "production":
        sys.exit("'make run' is for trying Podium on one machine. In production each process is started by itself.")
    try:
        with _only_one(port):
            _clear_away()
            _run(asked, port)
    except AskedToStop:
        say("Stopped. Everything is kept for the next start.")
    except (CannotStart, ServerFailed) as fault:
        sys.exit(f"Podium could not be started. {fault}")


def _run(asked: Asked, port: int) -> None:
    """Start everything and keep it running; raises AskedToStop or CannotStart, and then nothing is left running."""
    given = _given()
    _reach(given)
    if why := ports.why_not(port):
        raise CannotStart(f"Port {port} {why}. Try: make run PORT={ports.free_after(port)}")
    watch = Watch(NOTES)
    try:
        environment = _services(watch, asked, given)
        say("Bringing the tables up to date …")
        _manage(watch, asked, environment, "migrate", "--verbosity", "0")
        if "DATABASE_URL" not in given:
            _manage(watch, asked, environment, "grant_rights", APP)
        accounts = _manage(watch, asked, environment, "load_sample")
        _start_parts(watch, asked, _parts(environment, port), port)
        say(f"\n{accounts}\nPodium is at http://localhost:{port}\nCtrl-C stops it. Logs are in {VAR}.")
        while True:
            asked.heed()
            watch.look()
            time.sleep(LOOK)
    finally:
        say("Stopping …")
        watch.stop()
        SERVICES.unlink(missing_ok=True)


def _given() -> dict[str, str]:
    """The environment we were started with, without what is empty. A secret may stand in a file."""
    try:
        return {name: value for name, value in with_secrets_from_files(os.environ).items() if value.strip()}
    except ImproperlyConfigured as fault:
        raise CannotStart(str(fault)) from None


def _only_one(port: int) -> IO[str]:
    """Hold the lock of this installation, or say who does. The kernel lets go of it when we die, however we die."""
    path = VAR / "run.lock"
    try:
        VAR.mkdir(parents=True, exist_ok=True)
        if path.exists() and (owner := path.stat().st_uid) != os.geteuid():
            raise CannotStart(
                f"{VAR} holds what another user's run wrote (uid {owner}). Run as that user, or name another folder: "
                "make run PODIUM_VAR=/some/folder"
            )
        lock = path.open("a+")
    except OSError as fault:
        raise CannotStart(f"{fault.filename} cannot be written: {fault.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        who = lock.read().strip() or "it is just starting"
        sys.exit(f"Podium runs already from this folder ({who}). Stop it with Ctrl-C where it was started.")
    lock.truncate(0)
    lock.write(f"http://localhost:{port}, process {os.getpid()}")
    lock.flush()
    return lock


def _clear_away() -> None:
    """Stop what a killed run left behind, its servers too: this run may be given others."""
    count = stop_leftovers(NOTES)
    servers: list[EmbeddedPostgres | EmbeddedValkey] = [EmbeddedValkey(VAR)]
    if EmbeddedPostgres.was_made(VAR):
        servers.append(EmbeddedPostgres(VAR))
    for server in servers:
        count += server.is_running()
        server.stop()
    SERVICES.unlink(missing_ok=True)
    if count:
        say(f"Stopped {count} processes that an earlier run had left behind.")


def _port() -> int:
    asked = os.environ.get("PORT") or "8000"
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= ports.HIGHEST:
        sys.exit(f"PORT is {asked!r}; it must be a whole number from 1 to {ports.HIGHEST}. Try: make run PORT=8001")
    return int(asked)


def _reach(given: dict[str, str]) -> None:
    """Try the servers that somebody named. Raises CannotStart with the reason and without the password."""
    try:
        if "DATABASE_URL" in given:
            _reach_database(given["DATABASE_URL"].strip())
        if "REDIS_URL" in given:
            _reach_redis(given["REDIS_URL"].strip())
    except ImproperlyConfigured as fault:
        raise CannotStart(str(fault)) from None


def _reach_database(url: str) -> None:
    database_from_url(url)  # refuses what is no address without quoting it; psycopg would quote the password
    try:
        psycopg.connect(url, connect_timeout=ANSWER_SECONDS).close()
    except psycopg.Error as fault:
        raise CannotStart(f"The database at DATABASE_URL cannot be used: {' '.join(str(fault).split())}") from None


def _reach_redis(url: str) -> None:
    waits = {"socket_connect_timeout": ANSWER_SECONDS, "socket_timeout": ANSWER_SECONDS}
    try:
        with redis.Redis.from_url(redis_from_url(url), retry=Retry(NoBackoff(), 0), **waits) as client:
            client.ping()
    except ValueError:  # its text may quote a part of the password
        raise CannotStart("REDIS_URL is not the address of a Redis: redis://:password@host:port/0") from None
    except (redis.RedisError, OSError) as fault:
        raise CannotStart(f"The Redis at REDIS_URL cannot be used: {fault}") from None


def _services(watch: Watch, asked: Asked, given: dict[str, str]) -> dict[str, str]:
    """The environment for every part, with the embedded servers started where none was named."""
    written: dict[str, str] = {}
    for name, kind in EMBEDDED.items():
        if name not in given:
            asked.heed()
            say(f"Starting {kind.name} …")
            server = kind(VAR)
            watch.start(server)
            written |= server.urls()
    write_private(SERVICES, "".join(f"{name}={value}\n" for name, value in written.items()))
    if not (VAR / "secret-key").exists():
        write_private(VAR / "secret-key", secrets.token_urlsafe(50))
    return {**given, **written, "PODIUM_VAR": str(VAR)}


def _manage(watch: Watch, asked: Asked, environment: dict[str, str], *words: str) -> str:
    """Run a command of manage.py and answer what it printed. Raises CannotStart with what it complained of last."""
    command = [sys.executable, "manage.py", *words]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        watch.note(*filter(None, [processes.seen(words[0], child.pid)]))
        said, complaint = _until_it_ends(child, asked)
    asked.heed()
    if child.returncode != 0:
        write_private(VAR / "manage.log", complaint)
        end = "\n".join(complaint.strip().splitlines()[-3:])
        raise CannotStart(f"'manage.py {words[0]}' failed; {VAR / 'manage.log'} says where. Its last words:\n{end}")
    return said


def _until_it_ends(child: "subprocess.Popen[str]", asked: Asked) -> tuple[str, str]:
    """What a command printed and complained of; it is ended early when somebody wants to stop."""
    while True:
        try:
            return child.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            if asked.to_stop:
                child.terminate()  # PostgreSQL takes back what it was at


def _parts(environment: dict[str, str], port: int) -> list[Part]:
    """Web first, then the others."""
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


def _start_parts(watch: Watch, asked: Asked, parts: list[Part], port: int) -> None:
    """Start web, worker and beat; returns when the first page can be had."""
    for part in parts:
        asked.heed()
        watch.start(part)
    web = parts[0]
    deadline = time.monotonic() + WEB_SECONDS
    while not _answers(port):
        asked.heed()
        watch.note()
        if not web.is_running() or time.monotonic() > deadline:
            raise CannotStart(f"The web server does not answer; {web.log} ends with:\n{web.last_words()}")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    """Whether a page comes back. That somebody listens is not enough: granian does so before the product is loaded."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/sign-in/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main()
