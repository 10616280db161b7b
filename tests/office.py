"""LibreOffice, where it is at hand: files as it reads and writes them."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def command() -> str:
    """The program. Skips the test where there is none, unless it must be there."""
    if SOFFICE is None:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("REQUIRE_OFFICE=1, but there is no LibreOffice on this machine.")
        pytest.skip("There is no LibreOffice on this machine.")
    return SOFFICE


def converted(office: str, files: Iterable[Path], kind: str, folder: Path) -> list[Path]:
    """Each file as LibreOffice writes it as another kind, in ``folder``; with a profile of its own, so it meets nobody's."""
    listed = list(files)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    arguments = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, listed)]
    subprocess.run(arguments, check=True, capture_output=True, timeout=180)
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in listed]
