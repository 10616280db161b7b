"""PostgreSQL and Valkey for the tests: started once by the controlling process, stopped and removed at its end.

DATABASE_URL and REDIS_URL replace them. Tests of the pure parts alone start nothing. Loaded by ``-p`` so that the
addresses are known before Django's settings are read.
"""

import os
import sys
import tempfile
from pathlib import Path

import pytest

from config.embedded.postgres import EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey

PURE = ("tests/notation", "tests/rendering")
_started: list[EmbeddedPostgres | EmbeddedValkey] = []


def _start() -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or "--collect-only" in sys.argv:
        return
    asked = [word for word in sys.argv[1:] if word.startswith("tests")]
    if asked and all(word.startswith(PURE) for word in asked):
        return
    var = Path(tempfile.mkdtemp(prefix="podium-tests-"))
    if os.geteuid() == 0:
        var.chmod(0o755)  # the server runs as somebody else and must get to its cluster
    os.environ["PODIUM_VAR"] = str(var)
    if "DATABASE_URL" not in os.environ:
        postgres = EmbeddedPostgres(var, owner_makes_databases=True)
        postgres.start()
        _started.append(postgres)
        os.environ["DATABASE_URL"] = postgres.urls()["DATABASE_OWNER_URL"]
        os.environ["PODIUM_TEST_APP_URL"] = postgres.urls()["DATABASE_URL"]
    if "REDIS_URL" not in os.environ:
        valkey = EmbeddedValkey(var)
        valkey.start()
        _started.append(valkey)
        os.environ["REDIS_URL"] = valkey.urls()["REDIS_URL"]


_start()


def pytest_unconfigure() -> None:
    for server in _started:
        server.remove()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped tests are said at the end, with their reasons; nobody should take them for passed ones."""
    skipped = terminalreporter.stats.get("skipped", [])
    for report in skipped:
        terminalreporter.write_line(f"skipped: {report.nodeid}: {report.longrepr[2] if report.longrepr else ''}")
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} test(s) SKIPPED, see the lines above.")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("REQUIRE_BROWSER") == "1" and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
