"""The embedded PostgreSQL: it keeps what was committed, whatever ended it, and lets nobody in who has no password."""

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import psutil
import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from config.embedded.postgres import EmbeddedPostgres
from config.embedded.processes import wait_until_gone


def as_owner(server: EmbeddedPostgres) -> psycopg.Connection:
    return psycopg.connect(server.urls()["DATABASE_OWNER_URL"], autocommit=True)


def write(server: EmbeddedPostgres) -> None:
    with as_owner(server) as connection:
        connection.execute("CREATE TABLE word (text text)")
        connection.execute("INSERT INTO word VALUES ('lantern')")


def read(server: EmbeddedPostgres) -> list[str]:
    with as_owner(server) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM word")]


def postmaster(server: EmbeddedPostgres) -> psutil.Process:
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def lives(process: psutil.Process) -> bool:
    """Whether it still runs; one that ended stays listed until its parent, which may be slow, takes note."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def kill_all(server: EmbeddedPostgres) -> None:
    main = postmaster(server)
    family = [main, *main.children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):  # a child that saw its parent go has gone by itself
            process.kill()
    assert not wait_until_gone(family, patience=10)


@pytest.fixture
def stranger(postgres: EmbeddedPostgres) -> Iterator[psutil.Popen]:
    """A process that has nothing to do with us and runs as the same user as the server, so that we could signal it."""
    user = postgres.user
    sleeping = psutil.Popen(["sleep", "60"], user=user.uid if user else None)
    yield sleeping
    sleeping.kill()
    sleeping.wait()


def test_a_stopped_server_starts_again_at_the_same_address_with_its_data(postgres, var):
    write(postgres)
    address = postgres.urls()
    postgres.stop()
    assert not postgres.is_running()
    again = EmbeddedPostgres(var)
    again.start()
    assert again.is_running()
    assert again.urls() == address
    assert read(again) == ["lantern"]


def test_what_was_committed_survives_the_killing_of_every_process(postgres, var):
    write(postgres)
    kill_all(postgres)
    assert not postgres.is_running()
    EmbeddedPostgres(var).start()
    assert read(postgres) == ["lantern"]


def test_a_lock_file_with_a_strangers_pid_neither_stops_the_start_nor_the_stranger(postgres, stranger):
    write(postgres)
    lock = postgres.data / "postmaster.pid"
    left = lock.read_text()
    kill_all(postgres)
    lock.write_text("\n".join([str(stranger.pid), *left.split("\n")[1:]]))
    assert not postgres.is_running()
    postgres.start()
    assert read(postgres) == ["lantern"]
    assert lives(stranger)


def test_a_server_left_over_from_a_killed_run_is_stopped_before_the_next_starts(postgres, var):
    write(postgres)
    left = postmaster(postgres)
    again = EmbeddedPostgres(var)
    again.start()
    assert not lives(left)
    assert read(again) == ["lantern"]


def test_a_cluster_whose_making_was_cut_short_is_made_anew(var):
    server = EmbeddedPostgres(var)
    half_made = server.cluster / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    server.urls()  # the passwords are known before the cluster is made
    try:
        server.start()
        write(server)
        assert not half_made.exists()
    finally:
        server.remove()


def test_data_whose_passwords_are_lost_are_set_aside_and_never_overwritten(postgres, var):
    write(postgres)
    postgres.stop()
    (var / "postgres.json").unlink()
    again = EmbeddedPostgres(var)
    again.start()
    [aside] = again.base.glob("postgres.2*")
    assert (aside / "data" / "PG_VERSION").exists()
    with as_owner(again) as connection:
        assert connection.execute("SELECT to_regclass('word')").fetchone() == (None,)


def test_nobody_gets_in_without_the_password(postgres):
    for user in ("postgres", "podium_owner", "podium_app"):
        address = postgres.urls()["DATABASE_URL"]
        port = address.rsplit(":", 1)[1].split("/")[0]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host="127.0.0.1", port=port, user=user, password="guess", dbname="podium")


def test_it_listens_on_loopback_alone_and_writes_to_disk_before_it_answers(postgres):
    with as_owner(postgres) as connection:
        for name, value in {
            "listen_addresses": "127.0.0.1",
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "data_checksums": "on",
        }.items():
            assert connection.execute(f"SHOW {name}").fetchone() == (value,), name
    listening = [c for c in postmaster(postgres).net_connections("all") if c.status == psutil.CONN_LISTEN]
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}
    assert not [c for c in postmaster(postgres).net_connections("unix") if c.laddr]


def test_the_application_may_neither_make_tables_nor_empty_them(postgres):
    write(postgres)
    with as_owner(postgres) as connection:
        connection.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON word TO podium_app")
    with psycopg.connect(postgres.urls()["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("INSERT INTO word VALUES ('bell')")
        for refused in ("CREATE TABLE mine ()", "TRUNCATE word", "DROP TABLE word", "ALTER TABLE word ADD more text"):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(refused)


def test_the_server_never_runs_as_root(postgres):
    assert postmaster(postgres).uids().effective != 0


def test_a_folder_closed_to_others_stays_closed_and_serves_however_deep_it_lies(var):
    closed = var / "home"
    closed.mkdir(mode=0o700)
    deep = closed.joinpath(*["a-rather-long-name-for-a-folder"] * 5)
    server = EmbeddedPostgres(deep)
    try:
        server.start()
        write(server)
        assert read(server) == ["lantern"]
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        server.remove()
    assert not server.cluster.exists()
    assert server.base == deep or not server.base.exists()


def test_the_file_with_the_passwords_is_for_its_owner_alone(postgres, var):
    kept = (var / "postgres.json").stat()
    assert stat.S_IMODE(kept.st_mode) == 0o600
    assert kept.st_uid == os.geteuid()
    assert not (postgres.cluster / "password").exists()


def test_the_passwords_stand_in_no_command_line(postgres):
    secrets = {postgres.urls()[name].split(":")[2].split("@")[0] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    shown = subprocess.run(["ps", "-A", "-o", "args"], capture_output=True, text=True, check=True).stdout
    assert not any(secret in shown for secret in secrets)
