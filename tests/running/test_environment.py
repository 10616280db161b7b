"""Secrets may stand in files, as containers are given them; a fault is a sentence that does not say the secret."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import SECRETS, Environment, with_secrets_from_files


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_from_the_file_that_is_named(name: str, tmp_path: Path):
    (tmp_path / "secret").write_text("kept apart\n")
    read = with_secrets_from_files({f"{name}_FILE": str(tmp_path / "secret"), "PODIUM_ENV": "production"})
    assert read == {name: "kept apart", "PODIUM_ENV": "production"}
    assert Environment(read).required(name, "") == "kept apart"


def test_no_file_named_is_no_file_read():
    given = {"SECRET_KEY": "given", "DATABASE_URL_FILE": " ", "PODIUM_REAL_FILE": "/no/such/file"}
    assert with_secrets_from_files(given) == {"SECRET_KEY": "given", "PODIUM_REAL_FILE": "/no/such/file"}


def test_a_secret_that_is_given_twice_is_refused(tmp_path: Path):
    (tmp_path / "secret").write_text("one")
    with pytest.raises(
        ImproperlyConfigured, match=r"^SECRET_KEY and SECRET_KEY_FILE are both set; give one of them\.$"
    ):
        with_secrets_from_files({"SECRET_KEY": "other", "SECRET_KEY_FILE": str(tmp_path / "secret")})


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (None, "cannot be read: No such file or directory"),
        (b" \n", "is empty"),
        (b"hidden\xff", "is not text"),
    ],
)
def test_a_file_that_holds_no_secret_is_refused_by_its_name(held: bytes | None, why: str, tmp_path: Path):
    path = tmp_path / "redis"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(ImproperlyConfigured) as refused:
        with_secrets_from_files({"REDIS_URL_FILE": str(path)})
    assert str(refused.value) in (f"REDIS_URL_FILE names {path}, which {why}.",)
    assert refused.value.__cause__ is None
