"""Bring the environment in line with a lock file. Only the standard library: this runs before anything is installed.

    python3 -m config.install requirements.lock

The environment is made if there is none. What has been installed is remembered by the hash of its lock, so a second
run is over at once.
"""

from __future__ import annotations  # for the Pythons that are too old, so that they get to the sentence that says so

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "installed.json"
INCLUDED = {"requirements-dev.lock": ("requirements.lock",)}
"""The lock for tests and linters holds all of the other one, at the same versions."""


def main(lock: str) -> None:
    """Make the environment and install the lock into it. Exits with a sentence where that cannot be."""
    if sys.version_info < (3, 11):  # noqa: UP036  the one place that older versions reach
        sys.exit(
            f"Podium needs Python 3.11 or later; this is {sys.version.split()[0]}. Try: make run PYTHON=python3.13"
        )
    wanted = {name: _digest(name) for name in (lock, *INCLUDED.get(lock, ()))}
    installed = _installed()
    if wanted.items() <= installed.items():
        return
    python = ENVIRONMENT / "bin" / "python"
    if not _works(python):
        _make_environment()
    print(f"Installing what {lock} lists; this happens once.", flush=True)
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "--require-hashes",
        "-r",
        lock,
    ]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        sys.exit("The packages could not be installed; the lines above say why. Run the same command to try again.")
    STAMP.write_text(json.dumps({**installed, **wanted}))


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"This Python cannot make an environment: its modules venv and ensurepip come in a package of their own. "
            f"On Debian or Ubuntu: apt install python{version}-venv"
        )
    print(f"Making a Python environment in {ENVIRONMENT}.", flush=True)
    venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())


def _works(python: Path) -> bool:
    """An environment that was copied or half made, or whose Python is gone, is made again."""
    if not python.exists():
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def _installed() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if _works(ENVIRONMENT / "bin" / "python") else {}


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("Stopped before everything was installed. Run the same command to go on.")
