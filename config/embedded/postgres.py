"""An embedded PostgreSQL: the wheel's own `initdb` and `pg_ctl`, a cluster of our own, two roles.

It listens on 127.0.0.1 only, with passwords (SCRAM) generated once, and writes to disk before it answers (fsync stays on).
There is no Unix socket: its path may hold 107 bytes, and a checkout may lie deeper than that.
"""

import hashlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.embedded import ServerFailed, place, ports
from config.embedded.processes import wait_until_gone, write_private

DATABASE = "podium"
OWNER = "podium_owner"
"""Owns the tables and migrates them."""
APP = "podium_app"
"""What web and worker connect as: `manage.py grant_rights` lets it change rows, but not tables."""

START_SECONDS = 120
"""A cluster that was killed replays its log before it answers."""


class PostgresFailed(ServerFailed):
    """The server could not be made or started; the message carries what it said."""


@dataclass(frozen=True, slots=True)
class State:
    """What must be known to use the cluster again; kept in a file that only we can read."""

    cluster: str
    port: int
    superuser_password: str
    owner_password: str
    app_password: str


class EmbeddedPostgres:
    """One cluster, named within the state folder `var`. `start()` gives the port its URLs name; `stop()` keeps the data."""

    name = "PostgreSQL"

    def __init__(self, var: Path, name: str = "postgres", *, owner_makes_databases: bool = False) -> None:
        self.user = place.server_user()
        self.base = place.base_for(var, self.user)
        self.cluster = self.base / name
        self.data = self.cluster / "data"
        self.log = self.cluster / "server.log"
        self._state_file = var / f"{name}.json"
        self._owner_makes_databases = owner_makes_databases
        # Stands in the command line of every process of the server, and so tells them from all others.
        self._label = "podium_" + hashlib.sha256(str(self.data.resolve()).encode()).hexdigest()[:16]

    @staticmethod
    def was_made(var: Path, name: str = "postgres") -> bool:
        """Whether this state folder has ever had such a server; asking changes nothing."""
        return (var / f"{name}.json").exists()

    def urls(self) -> dict[str, str]:
        """DATABASE_URL (the application's role) and DATABASE_OWNER_URL, before or after the start."""
        state = self._state()
        return {
            "DATABASE_URL": f"postgresql://{APP}:{state.app_password}@127.0.0.1:{state.port}/{DATABASE}",
            "DATABASE_OWNER_URL": f"postgresql://{OWNER}:{state.owner_password}@127.0.0.1:{state.port}/{DATABASE}",
        }

    def start(self) -> None:
        """Start the server, making the cluster the first time. A server left over from a killed run is stopped first.

        Raises PostgresFailed with the server's own words.
        """
        try:
            self._start()
        except OSError as fault:  # such as a container in which root may not become another user
            raise PostgresFailed(f"PostgreSQL did not start: {fault}") from fault

    def _start(self) -> None:
        self.stop()
        state = self._state()
        if not self.data.is_dir():
            self._make_cluster(state)
        port = ports.remembered_or_free(state.port)
        if port != state.port:
            state = State(**{**asdict(state), "port": port})
            self._keep(state)
        self._pg_ctl("start", "-w", "-t", str(START_SECONDS), "-l", str(self.log), "-o", self._options(port))
        self._make_roles(state)

    def stop(self) -> None:
        """Stop the server, whoever started it, and wait until its last process is gone. Idle if none runs."""
        pid_file = self.data / "postmaster.pid"
        running = self._processes()
        # The file may be left from a server that was killed, and its pid be a stranger's by now: pg_ctl would signal it.
        if _first_number(pid_file) in {process.pid for process in running}:
            self._pg_ctl("stop", "-w", "-m", "fast", "-t", "30", must=False)
        # Of a server that was killed some parts may still be on their way out; the lock file must outlive them.
        left = wait_until_gone(running, patience=5)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        wait_until_gone(left, patience=10)
        pid_file.unlink(missing_ok=True)

    def is_running(self) -> bool:
        """Whether the server's main process is alive."""
        pid = _first_number(self.data / "postmaster.pid")
        return pid is not None and _is_of(self._label, pid)

    def remove(self) -> None:
        """Stop the server and delete the cluster with all its data, and the folder outside `var` if that was its last."""
        self.stop()
        shutil.rmtree(self.cluster, ignore_errors=True)
        self._state_file.unlink(missing_ok=True)
        if self.base != self._state_file.parent and not any(self.base.glob("*/data")):
            shutil.rmtree(self.base, ignore_errors=True)

    def _state(self) -> State:
        try:
            state = State(**json.loads(self._state_file.read_text()))
            if state.cluster == str(self.cluster):
                return state
        except (FileNotFoundError, ValueError, TypeError):
            pass
        if self.cluster.exists():  # of an earlier checkout: its passwords are gone, its data may still be wanted
            self.stop()
            self.cluster.rename(f"{self.cluster}.{datetime.now(UTC):%Y%m%dT%H%M%S}")
        made = State(str(self.cluster), ports.free_port(), *(secrets.token_urlsafe(24) for _ in range(3)))
        self._keep(made)
        return made

    def _keep(self, state: State) -> None:
        write_private(self._state_file, json.dumps(asdict(state)))

    def _make_cluster(self, state: State) -> None:
        self.cluster.mkdir(mode=0o700, exist_ok=True)
        password = self.cluster / "password"
        password.unlink(missing_ok=True)
        write_private(password, state.superuser_password)
        if self.user is not None:
            os.chown(self.cluster, self.user.uid, self.user.gid)
            os.chown(password, self.user.uid, self.user.gid)
        # Made beside its place and then moved, so that an initdb that was killed half-way leaves nothing to trip over.
        draft = self.cluster / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        made = self._command(
            "initdb",
            *("--pgdata", str(draft), "--username", "postgres", "--auth", "scram-sha-256", "--pwfile", str(password)),
            # The built-in locale is on every machine; the order of names never rests on it.
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
            *("--no-instructions", "--data-checksums"),
            # So that one left over from a killed run is found, and waited for, before its folder is made anew.
            *("--set", f"cluster_name={self._label}"),
        )
        password.unlink()
        if made.returncode != 0:
            raise PostgresFailed(f"initdb could not make a database cluster in {self.cluster}:\n{made.stdout}")
        draft.rename(self.data)

    def _options(self, port: int) -> str:
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "''",
            "cluster_name": self._label,
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        return " ".join(f"-c {name}={value}" for name, value in settings.items())

    def _make_roles(self, state: State) -> None:
        with self._as_superuser(state) as server:
            for role, password in ((OWNER, state.owner_password), (APP, state.app_password)):
                known = server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).rowcount
                makes_databases = "CREATEDB" if role == OWNER and self._owner_makes_databases else "NOCREATEDB"
                server.execute(
                    sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                        sql.SQL("ALTER" if known else "CREATE"),
                        sql.Identifier(role),
                        sql.SQL(makes_databases),
                        sql.Literal(password),
                    )
                )
            # The owner may act as the application, so that a test can be refused what the application is refused.
            server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
            if not server.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).rowcount:
                server.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )

    def _as_superuser(self, state: State) -> psycopg.Connection:
        try:
            return psycopg.connect(
                host="127.0.0.1", port=state.port, user="postgres", password=state.superuser_password,
                dbname="postgres", autocommit=True, connect_timeout=10,
            )  # fmt: skip
        except psycopg.Error as fault:
            raise PostgresFailed(f"PostgreSQL has started but cannot be used: {str(fault).strip()}") from fault

    def _pg_ctl(self, *arguments: str, must: bool = True) -> None:
        done = self._command("pg_ctl", *arguments[:1], "-D", str(self.data), "-s", *arguments[1:])
        if must and done.returncode != 0:
            raise PostgresFailed(f"PostgreSQL did not {arguments[0]}:\n{done.stdout}\n{_last_lines(self.log)}")

    def _command(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        user = self.user
        return subprocess.run(
            [str(place.binaries(self.base, user) / program), *arguments],
            cwd="/",  # the user that runs it may not enter the folder we are in
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C at the terminal is for the runner, which stops the server last
            umask=0o077,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )

    def _processes(self) -> Sequence[psutil.Process]:
        return [
            process
            for process in psutil.process_iter(["cmdline", "status"])
            if process.info["status"] != psutil.STATUS_ZOMBIE
            and any(self._label in part for part in process.info["cmdline"] or ())
        ]


def _is_of(label: str, pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and any(label in part for part in process.cmdline())
    except psutil.Error:
        return False


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _last_lines(path: Path) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-10:])
    except FileNotFoundError:
        return ""
