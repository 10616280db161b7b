"""The process environment, read with types. A bad value is refused with a sentence that names the variable."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

SECRETS = ("SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
"""What may also stand in a file of its own, named by the variable with _FILE behind it."""

YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Environment:
    """Typed reading of variables. An empty value counts as none given."""

    values: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding white space."""
        return self.values.get(name, "").strip() or default

    def required(self, name: str, why: str) -> str:
        """The value; ImproperlyConfigured with the reason if there is none."""
        if not (value := self.text(name)):
            raise ImproperlyConfigured(f"{name} is not set. {why}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """yes or no, in one of the usual spellings."""
        value = self.text(name).lower()
        if value and value not in YES | NO:
            raise ImproperlyConfigured(f"{name} is {value!r}; it may be 'yes' or 'no'.")
        return value in YES if value else default

    def number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {lowest} to {highest}.")
        return int(value)

    def one_of(self, name: str, *choices: str) -> str:
        """One of the choices; the first is the default."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise ImproperlyConfigured(f"{name} is {value!r}; it may be {' or '.join(map(repr, choices))}.")
        return value

    def words(self, name: str) -> list[str]:
        """A list separated by commas; empty entries are passed over."""
        return [word for part in self.text(name).split(",") if (word := part.strip())]


def with_secrets_from_files(values: Mapping[str, str]) -> dict[str, str]:
    """The variables, with each `SECRET_KEY_FILE` and the like replaced by `SECRET_KEY` and what that file holds.

    Raises ImproperlyConfigured where a secret is given twice, or its file cannot be read or holds nothing.
    """
    found = dict(values)
    for name in SECRETS:
        path = found.pop(f"{name}_FILE", "").strip()
        if not path:
            continue
        if found.get(name, "").strip():
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; give one of them.")
        found[name] = _secret_in(Path(path), f"{name}_FILE")
    return found


def _secret_in(path: Path, variable: str) -> str:
    try:
        secret = path.read_text().strip()
    except OSError as fault:
        raise ImproperlyConfigured(f"{variable} names {path}, which cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:  # its text would quote what the file holds
        raise ImproperlyConfigured(f"{variable} names {path}, which is not text.") from None
    if not secret:
        raise ImproperlyConfigured(f"{variable} names {path}, which is empty.")
    return secret


def read_services_file(path: Path) -> dict[str, str]:
    """The URLs that `make run` leaves for commands run by hand: lines NAME=value. No file, no URLs."""
    try:
        lines = path.read_text().splitlines()
    except OSError:  # missing, or not ours to read
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def database_from_url(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's description of the PostgreSQL database at a libpq URL; query parameters become connection options."""
    refusal = f"{name} is not the address of a PostgreSQL database: postgresql://user:password@host:port/database"
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(refusal)
    try:
        parts = {key: value for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:  # its text would quote the password
        raise ImproperlyConfigured(refusal) from None
    if "dbname" not in parts:
        raise ImproperlyConfigured(refusal)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": parts,
    }


def redis_from_url(url: str) -> str:
    """The address of a Redis as given, after a look at its shape."""
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL is not the address of a Redis: redis://:password@host:port/0")
    return url
