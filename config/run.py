"""`make run`: everything on one machine, started, watched and stopped together.

Starts an embedded PostgreSQL and Valkey unless DATABASE_URL and REDIS_URL name others, brings the tables up to date,
loads the sample once, then keeps web, worker and beat running until Ctrl-C. What a killed run left behind is stopped
at the next start, found by pid and start time.
"""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from config.embedded import processes
from config.embedded.postgres import APP, EmbeddedPostgres, PostgresFailed
from config.embedded.processes import write_private
from config.embedded.valkey import EmbeddedValkey, ValkeyFailed

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PODIUM_VAR", ROOT / "var")).absolute()
LONGEST_PAUSE = 30.0
"""Seconds between two starts of a part that keeps ending."""


@dataclass(slots=True)
class Part:
    """One process of ours, started again when it ends."""

    name: str
    command: list[str]
    environment: dict[str, str]
    child: subprocess.Popen[bytes] | None = None
    pause: float = 0.5
    due: float = 0.0

    def start(self) -> None:
        log = (VAR / f"{self.name}.log").open("ab")
        with log:
            self.child = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )


@dataclass(slots=True)
class House:
    """All that this run has started."""

    servers: list[EmbeddedPostgres | EmbeddedValkey] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    closing: bool = False

    def close(self, signum: int, frame: FrameType | None) -> None:
        self.closing = True

    def remember(self) -> None:
        alive = [processes.seen(part.name, part.child.pid) for part in self.parts if part.child]
        processes.remember(VAR / "parts.json", filter(None, alive))

    def stop(self) -> None:
        """Stop the parts first: they still need the servers to finish what they are at."""
        started = [processes.seen(part.name, part.child.pid) for part in self.parts if part.child]
        everyone = [one for process in started if process for one in processes.with_descendants(process)]
        processes.stop(everyone, patience=8)
        for part in self.parts:
            if part.child:
                part.child.wait()
        (VAR / "parts.json").unlink(missing_ok=True)
        for server in reversed(self.servers):
            server.stop()


def main() -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    lock = _only_one()
    port = _port()
    house = House()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, house.close)
    try:
        _stop_leftovers()
        _run(house, port)
    except (PostgresFailed, ValkeyFailed, subprocess.CalledProcessError) as fault:
        sys.exit(f"Podium could not be started: {fault}")
    finally:
        house.stop()
        lock.close()
    print("Stopped. The data are kept under var/.", flush=True)


def _run(house: House, port: int) -> None:
    environment = _services(house)
    if house.closing:
        return
    _say("Bringing the tables up to date …")
    owner = {**environment, "PODIUM_DATABASE_ROLE": "owner"}
    _manage(owner, "migrate", "--verbosity", "0")
    if any(isinstance(server, EmbeddedPostgres) for server in house.servers):
        _manage(owner, "grant_rights", APP, quiet=True)
    accounts = _manage(environment, "load_sample", quiet=True)
    house.parts = _parts(environment, port)
    for part in house.parts:
        part.start()
    house.remember()
    if _wait_for_web(house, port):
        print(f"\nPodium is at http://localhost:{port}\n\n{accounts}\nCtrl-C stops it. Logs are in {VAR}.", flush=True)
        _watch(house)


def _only_one() -> IO[str]:
    """Hold the lock of this installation, or say that somebody else does. The kernel lets go of it when we die."""
    lock = (VAR / "run.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("Podium runs already from this folder. Stop it with Ctrl-C where it was started, or use it as it is.")
    os.set_inheritable(lock.fileno(), False)
    return lock


def _port() -> int:
    try:
        port = int(os.environ.get("PORT", "8000"))
    except ValueError:
        sys.exit("PORT is no number. Try: make run PORT=8001")
    return port


def _free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken by another program. Try: make run PORT={port + 1}")


def _stop_leftovers() -> None:
    left = processes.remembered(VAR / "parts.json")
    processes.stop([one for process in left for one in processes.with_descendants(process)], patience=5)
    _free(_port())


def _services(house: House) -> dict[str, str]:
    """The environment for every part, with the embedded servers started where none was named."""
    found = dict(os.environ)
    written: dict[str, str] = {}
    if "DATABASE_URL" not in found:
        _say("Starting PostgreSQL …")
        postgres = EmbeddedPostgres(VAR)
        house.servers.append(postgres)
        postgres.start()
        written |= postgres.urls()
    if "REDIS_URL" not in found:
        valkey = EmbeddedValkey(VAR)
        house.servers.append(valkey)
        valkey.start()
        written |= valkey.urls()
    # For commands typed in another window: manage.py finds the servers of this run here.
    write_private(VAR / "services.env", "".join(f"{name}={value}\n" for name, value in written.items()))
    if not (VAR / "secret-key").exists():
        write_private(VAR / "secret-key", secrets.token_urlsafe(50))
    return {**found, **written, "PODIUM_VAR": str(VAR)}


def _manage(environment: dict[str, str], *words: str, quiet: bool = False) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise subprocess.CalledProcessError(done.returncode, " ".join(words), done.stdout, _tail(done.stderr))
    if not quiet and done.stdout:
        print(done.stdout, end="")
    return done.stdout


def _tail(text: str) -> str:
    print(text, file=sys.stderr)
    return text.strip().rpartition("\n")[2]


def _parts(environment: dict[str, str], port: int) -> list[Part]:
    python = sys.executable
    web = [python, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    celery = [python, "-m", "celery", "-A", "config.celery:application"]
    return [
        Part("web", [*web, "--no-ws", "config.asgi:application"], environment),
        Part("worker", [*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING"], environment),
        Part(
            "beat",
            [*celery, "beat", "--schedule", str(VAR / "beat"), "--pidfile", "", "--loglevel", "WARNING"],
            environment,
        ),
    ]


def _wait_for_web(house: House, port: int) -> bool:
    return _until(lambda: _answers(port) or house.closing, patience=60) and not house.closing


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _until(done: Callable[[], bool], *, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            print(f"The web server does not answer; see {VAR / 'web.log'}.", file=sys.stderr)
            return False
        time.sleep(0.05)
    return True


def _watch(house: House) -> None:
    """Start again whatever ends, more patiently each time, and say so."""
    while not house.closing:
        for part in house.parts:
            if part.child is None or part.child.poll() is None:
                continue
            if not part.due:
                part.due = time.monotonic() + part.pause
                print(
                    f"{part.name} has ended ({part.child.returncode}); starting it again in {part.pause:.0f} s.",
                    flush=True,
                )
            elif time.monotonic() >= part.due:
                part.due, part.pause = 0.0, min(LONGEST_PAUSE, part.pause * 2)
                part.start()
                house.remember()
        time.sleep(0.2)


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
