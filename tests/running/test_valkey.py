"""The embedded Valkey: it comes back at the same address, whatever ended it, and asks for its password."""

import json
import subprocess

import psutil
import pytest
import redis

from config.embedded.valkey import EmbeddedValkey


def ask(server: EmbeddedValkey) -> bool:
    with redis.Redis.from_url(server.urls()["REDIS_URL"]) as client:
        return client.ping()


def pid(var) -> int:
    return json.loads((var / "valkey.pid.json").read_text())[0]["pid"]


def test_a_stopped_server_starts_again_at_the_same_address(valkey, var):
    address = valkey.urls()
    valkey.stop()
    assert not valkey.is_running()
    again = EmbeddedValkey(var)
    again.start()
    assert again.is_running()
    assert again.urls() == address
    assert ask(again)


def test_a_killed_server_starts_again(valkey, var):
    psutil.Process(pid(var)).kill()
    valkey.start()
    assert ask(valkey)


def test_a_server_left_over_from_a_killed_run_is_stopped_before_the_next_starts(valkey, var):
    left = psutil.Process(pid(var))
    EmbeddedValkey(var).start()
    assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE
    assert pid(var) != left.pid
    assert ask(valkey)


def test_nobody_gets_in_without_the_password(valkey):
    port = int(valkey.urls()["REDIS_URL"].rsplit(":", 1)[1].split("/")[0])
    with redis.Redis(host="127.0.0.1", port=port) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_the_password_stands_in_no_command_line(valkey):
    secret = valkey.urls()["REDIS_URL"].split(":")[2].split("@")[0]
    assert secret not in subprocess.run(["ps", "-A", "-o", "args"], capture_output=True, text=True, check=True).stdout
