"""PostgreSQL and Valkey for the tests: started once by the controlling process, stopped and removed at its end.

DATABASE_URL and REDIS_URL replace them. Tests of the pure parts alone start nothing. Loaded by ``-p`` so that the
addresses are known before Django's settings are read.
"""

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from config.embedded import processes
from config.embedded.postgres import EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey

PURE = ("tests/notation", "tests/reading", "tests/rendering")
FOLDER = "podium-tests-"
_folders: list[Path] = []


def _start() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or "--collect-only" in sys.argv:
        return
    asked = [word for word in sys.argv[1:] if word.startswith("tests")]
    if asked and all(word.startswith(PURE) for word in asked):
        return
    _clear_away_killed_runs()
    var = Path(tempfile.mkdtemp(prefix=FOLDER))
    _folders.append(var)
    processes.remember(_controller(var), filter(None, [processes.seen("pytest", os.getpid())]))
    if os.geteuid() == 0:
        var.chmod(0o755)  # the server runs as somebody else and must get to its cluster
    os.environ["PODIUM_VAR"] = str(var)
    if not os.environ.get("DATABASE_URL"):
        postgres = EmbeddedPostgres(var, owner_makes_databases=True)
        postgres.start()
        os.environ["DATABASE_URL"] = postgres.urls()["DATABASE_OWNER_URL"]
        os.environ["PODIUM_TEST_APP_URL"] = postgres.urls()["DATABASE_URL"]
    if not os.environ.get("REDIS_URL"):
        valkey = EmbeddedValkey(var)
        valkey.start()
        os.environ["REDIS_URL"] = valkey.urls()["REDIS_URL"]


def _controller(var: Path) -> Path:
    return var / "controller.json"


def _clear_away_killed_runs() -> None:
    """Servers outlive a pytest that was killed; the next one stops them. Runs that go on beside us are left alone."""
    for var in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        controllers = processes.remembered(_controller(var)) if var.stat().st_uid == os.geteuid() else []
        if controllers and not any(map(processes.is_running, controllers)):
            _remove(var)


def _remove(var: Path) -> None:
    EmbeddedValkey(var).remove()
    EmbeddedPostgres(var).remove()
    shutil.rmtree(var, ignore_errors=True)


_start()


def pytest_unconfigure() -> None:
    while _folders:
        _remove(_folders.pop())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say last of all what was skipped and why, so that nobody takes it for passed. In CI it fails the run."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not (skipped := reporter.stats.get("skipped")):
        return
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    reporter.write_line("SKIPPED " + "; ".join(f"{count} because: {reason}" for reason, count in reasons.items()))
    if os.environ.get("REQUIRE_BROWSER") == "1":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
