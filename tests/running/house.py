"""A Podium started as `make run` starts it, watched from outside: what it says, which processes it has."""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
READY = "Ctrl-C stops it"


class House:
    """One run of `python -m config.run`. It says its words to a terminal of its own, which can be closed."""

    def __init__(self, environment: Mapping[str, str], **changes: str) -> None:
        self.environment = {**environment, **changes}
        self.var = Path(self.environment["PODIUM_VAR"])
        self._terminal, inner = pty.openpty()
        self._said = b""
        self._hears = True
        self.runner = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=self.environment,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that closing it is felt
        )
        os.close(inner)
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    @property
    def said(self) -> str:
        return self._said.decode().replace("\r\n", "\n")

    def wait_for(self, words: str, seconds: float = 60) -> None:
        """Wait until it has said these words."""
        wait_until(lambda: words in self.said or self.runner.poll() is not None, seconds, self)
        assert words in self.said, self.said

    def send(self, number: int) -> None:
        """Send a signal to the runner alone."""
        self.runner.send_signal(number)

    def terminate(self) -> None:
        self.send(signal.SIGTERM)

    def press_ctrl_c(self) -> None:
        os.write(self._terminal, b"\x03")

    def close_terminal(self) -> None:
        """As closing a window does: whoever runs in it gets SIGHUP, and every later word is an error."""
        self._hears = False
        self._ear.join()  # while somebody reads from it, it is not closed
        os.close(self._terminal)

    def ends(self, seconds: float = 15) -> int:
        """Its exit code. Fails if it goes on for longer than that."""
        code = self.runner.wait(seconds)
        self._ear.join(5)
        return code

    def family(self) -> list[psutil.Process]:
        """Every process of this installation, the runner included, whoever started it."""
        return processes_of(self.var)

    def find(self, words: str) -> psutil.Process | None:
        """The process among them whose command line holds these words; of a parent and its children, the parent."""
        found = [process for process in self.family() if words in command_of(process)]
        return min(found, key=lambda process: process.create_time(), default=None)

    def named(self, words: str) -> psutil.Process:
        """The same, where there must be one."""
        found = self.find(words)
        assert found, self.said
        return found

    def end(self) -> None:
        """Leave nothing behind, whatever the test has found."""
        if self.runner.poll() is None:
            self.send(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.runner.wait(20)
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.runner.wait(5)
        if self._hears:
            self.close_terminal()

    def _listen(self) -> None:
        with suppress(OSError):  # the terminal ends with the runner
            while self._hears:
                if select.select([self._terminal], [], [], 0.05)[0]:
                    self._said += os.read(self._terminal, 4096)


def wait_until(holds: Callable[[], object], seconds: float, house: House) -> None:
    """Fails with what the house said if it does not come to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain; it said:\n{house.said}"
        time.sleep(0.2)


def processes_of(var: Path) -> list[psutil.Process]:
    """Every living process that was given this state folder or works in it. PostgreSQL is given no environment, but
    its folder is there.
    """
    return [process for process in psutil.process_iter() if _works_in(process, var)]


def _works_in(process: psutil.Process, var: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if process.environ().get("PODIUM_VAR") == str(var):
            return True
        return Path(process.cwd()).is_relative_to(var) or any(str(var) in word for word in process.cmdline())
    except psutil.Error:  # gone meanwhile, or somebody else's
        return False


def command_of(process: psutil.Process) -> str:
    """Its command line; empty if it has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def passphrase(said: str) -> str:
    """The one printed for the sample accounts."""
    found = re.search(r"^Passphrase for all of them: (\S+)$", said, re.MULTILINE)
    assert found, said
    return found[1]
