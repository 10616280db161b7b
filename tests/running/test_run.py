"""`make run`: what it starts it keeps running, and stops; what was written stays. Real processes, nothing pretended."""

import json
import re
import signal
import urllib.request
from collections.abc import Callable, Iterator

import psutil
import psycopg
import pytest
import redis

from config.embedded import ports
from config.embedded.postgres import EmbeddedPostgres
from config.embedded.valkey import EmbeddedValkey
from tests.running.conftest import bare, state_folder
from tests.running.house import READY, House, command_of, passphrase, wait_until

pytestmark = pytest.mark.xdist_group("running")

Start = Callable[..., House]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """One that runs, for the tests that leave it running."""
    with state_folder() as folder:
        house = House(bare(folder), PORT=str(ports.free_port()))
        try:
            house.wait_for(READY)
            yield house
        finally:
            house.end()


@pytest.fixture
def start(bare_environment: dict[str, str]) -> Iterator[Start]:
    """Start a house in a folder of its own, or as the changes say. None outlives the test."""
    started: list[House] = []

    def begun(**changes: str) -> House:
        started.append(House(bare_environment, **{"PORT": str(ports.free_port()), **changes}))
        return started[-1]

    yield begun
    for house in started:
        house.end()


def page(house: House, path: str = "/sign-in/") -> int:
    """The status of one of its pages; 0 if nobody answers."""
    try:
        with urllib.request.urlopen(f"http://localhost:{house.environment['PORT']}{path}", timeout=5) as answer:
            return int(answer.status)
    except OSError:
        return 0


def negotiations(url: str) -> list[tuple[object, ...]]:
    """What must stay: which negotiations there are, and how many acts each has on record."""
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT id, slug, head_seq FROM negotiations_negotiation ORDER BY id").fetchall()


def database(house: House) -> str:
    return EmbeddedPostgres(house.var).urls()["DATABASE_URL"]


def is_well(house: House) -> bool:
    """Whether pages come, and both servers answer."""
    try:
        with redis.Redis.from_url(EmbeddedValkey(house.var).urls()["REDIS_URL"]) as client:
            return bool(page(house) == 200 and negotiations(database(house)) and client.ping())
    except (psycopg.OperationalError, redis.RedisError):
        return False


# --- While it runs ---


def test_it_prints_the_address_and_the_sample_accounts_with_their_passphrase(house):
    assert f"Podium is at http://localhost:{house.environment['PORT']}\n" in house.said
    assert re.search(r"^  chair@lanterns\.example +Chair, ", house.said, re.MULTILINE)
    assert passphrase(house.said) == (house.var / "sample-passphrase").read_text().strip()
    assert is_well(house)


def test_a_second_run_from_the_same_folder_says_who_runs_already(house):
    second = House(house.environment)
    assert second.ends() == 1
    assert "Podium runs already" in second.said
    assert f"http://localhost:{house.environment['PORT']}, process {house.runner.pid}" in second.said
    assert is_well(house)


def test_a_port_that_is_taken_is_said_with_one_that_is_free(house, start):
    port = house.environment["PORT"]
    second = start(PORT=port)
    assert second.ends() == 1
    assert f"Port {port} is taken" in second.said
    assert (offered := re.search(r"Try: make run PORT=(\d+)\s*$", second.said)), second.said
    assert ports.is_free(int(offered[1]))
    assert not second.family()


@pytest.mark.parametrize(
    ("name", "command"),
    {
        "web": "granian",
        "worker": "worker --concurrency",
        "beat": "beat --schedule",
        "PostgreSQL": "postgres -D",
        "Valkey": "valkey-server",
    }.items(),
)
def test_whatever_dies_is_started_again_and_nothing_of_the_dead_goes_on(house, name, command):
    main = house.named(command)
    dying = [main, *main.children(recursive=True)]
    main.kill()
    wait_until(lambda: f"{name} has ended; starting it again in 1 s." in house.said, 5, house)
    wait_until(lambda: not [process for process in dying if process in house.family()], 10, house)
    wait_until(lambda: house.find(command) and is_well(house), 20, house)


def test_the_logs_hold_no_secret(house):
    servers = [json.loads((house.var / f"{name}.json").read_text()) for name in ("postgres", "valkey")]
    secrets = [value for server in servers for key, value in server.items() if key.endswith("password")]
    secrets += [(house.var / name).read_text().strip() for name in ("secret-key", "sample-passphrase")]
    assert len(secrets) == 6
    logs = [*house.var.glob("*.log"), EmbeddedPostgres(house.var).log]
    assert {log.stem for log in logs} >= {"web", "worker", "beat", "valkey", "server"}
    for log in logs:
        assert not [secret for secret in secrets if secret in log.read_text(errors="replace")], log


# --- Its end, and the next start ---


def test_a_run_after_kill_9_stops_what_was_left_and_keeps_the_data(start):
    first = start()
    first.wait_for(READY)
    kept = negotiations(database(first))
    assert kept
    left = [process for process in first.family() if process.pid != first.runner.pid]
    first.send(signal.SIGKILL)
    first.ends()
    assert {"web", "worker", "beat", "servers"} <= what_runs(left)

    second = start()
    second.wait_for(READY)
    assert "that an earlier run had left behind" in second.said
    assert not [process for process in left if process in second.family()]
    assert negotiations(database(second)) == kept
    assert passphrase(second.said) == passphrase(first.said)

    second.press_ctrl_c()
    assert second.ends() == 0
    assert "Everything is kept" in second.said
    assert not second.family()
    assert not (second.var / "services.env").exists()


@pytest.mark.parametrize("stop", [House.press_ctrl_c, House.close_terminal, House.terminate])
def test_a_stop_while_it_is_still_starting_is_heeded_soon_and_leaves_nothing(start, stop):
    house = start()
    house.wait_for("Bringing the tables up to date")
    assert house.family()
    stop(house)
    assert house.ends(30) == 0  # a second or two on a quiet machine
    assert READY not in house.said
    assert not house.family()


# --- Servers of one's own ---


def test_servers_of_ones_own_replace_the_embedded_ones_and_those_left_over_are_stopped(start, postgres, valkey, var):
    state = var / "state"
    left: list[EmbeddedPostgres | EmbeddedValkey] = [EmbeddedPostgres(state), EmbeddedValkey(state)]
    for server in left:
        server.start()
    url = postgres.urls()["DATABASE_OWNER_URL"]
    house = start(PODIUM_VAR=str(state), DATABASE_URL=url, **valkey.urls())
    house.wait_for(READY)
    assert not any(server.is_running() for server in left)
    assert what_runs(house.family()) == {"runner", "web", "worker", "beat"}
    assert page(house) == 200
    assert negotiations(url)
    with redis.Redis.from_url(valkey.urls()["REDIS_URL"]) as client:
        wait_until(lambda: len(client.client_list()) > 1, 15, house)  # the worker has come to it

    house.press_ctrl_c()
    assert house.ends() == 0
    assert not house.family()
    assert postgres.is_running()
    assert valkey.is_running()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", "postgresql://podium:lantern-glow@127.0.0.1:1/podium"),
        ("DATABASE_URL", "podium:lantern-glow@127.0.0.1"),
        ("REDIS_URL", "redis://:lantern-glow@127.0.0.1:1/0"),
        ("REDIS_URL", "redis://:lantern-glow@127.0.0.1:lantern-glow/0"),
    ],
)
def test_an_address_at_which_nothing_answers_is_said_in_one_line_without_its_password(start, name, address):
    house = start(**{name: address})
    assert house.ends() == 1
    assert house.said.startswith("Podium could not be started. ")
    assert name in house.said
    assert house.said.count("\n") == 1
    assert "lantern-glow" not in house.said
    assert not house.family()


def test_a_step_that_fails_is_named_with_its_last_words_and_leaves_nothing_running(start, postgres, var):
    may_make_no_tables = postgres.urls()["DATABASE_URL"]
    house = start(PODIUM_VAR=str(var / "state"), DATABASE_URL=may_make_no_tables)
    assert house.ends() == 1
    assert "Podium could not be started. 'manage.py migrate' failed" in house.said
    assert "permission denied" in house.said
    assert "Traceback" not in house.said
    assert "Traceback" in (house.var / "manage.log").read_text()
    assert not house.family()


# --- What is asked for ---


@pytest.mark.parametrize("port", ["eight", "0", "40000", "-1", "8000.5"])
def test_a_port_that_is_no_number_we_can_use_is_refused_in_words(start, port):
    house = start(PORT=port)
    assert house.ends() == 1
    assert f"PORT is '{port}'; it must be a whole number" in house.said
    assert "Try: make run PORT=" in house.said
    assert not house.family()


def what_runs(processes: list[psutil.Process]) -> set[str]:
    """Which of the house these processes are."""
    signs = {"config.run": "runner", "granian": "web", " worker ": "worker", " beat ": "beat"}
    lines = filter(None, map(command_of, processes))
    return {next((name for sign, name in signs.items() if sign in line), "servers") for line in lines}
