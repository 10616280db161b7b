"""Keep a folder of text files equal to the documents of a negotiation. Only the standard library.

    PODIUM_TOKEN=podium_… python3 mirror.py https://podium.example night-of-lanterns folder

It can be stopped at any time and goes on where it was."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def get(address: str) -> bytes:
    """The body of an answer; waits where the house asks to, or does not answer."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {os.environ['PODIUM_TOKEN']}"})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as fault:
            if fault.code not in (429, 502, 503):
                sys.exit(f"{fault.code} {json.load(fault)['detail']}")
            time.sleep(int(fault.headers.get("Retry-After", 2)))
        except OSError:
            time.sleep(2)


def all_of(address: str) -> list[dict]:
    rows = []
    while address:
        page = json.loads(get(address))
        rows, address = rows + page["results"], page["next"]
    return rows


def put(path: Path, body: bytes) -> None:
    """Whole or not at all."""
    path.with_suffix(".new").write_bytes(body)
    path.with_suffix(".new").replace(path)


def mirror(host: str, slug: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    [room] = (row for row in all_of(f"{host}/api/v1/negotiations/") if row["slug"] == slug)
    here, told = f"{host}/api/v1/negotiations/{room['id']}/", folder / "seq.told"
    seq = int(told.read_text()) if told.exists() else 0
    while True:
        events = json.loads(get(f"{here}events/?after={seq}&limit=500&wait=25"))["events"]
        for document in {event["document"] for event in events} - {None}:
            put(folder / f"{document}.txt", get(f"{here}documents/{document}/text/"))
        if events:
            seq = events[-1]["seq"]
            put(told, str(seq).encode())


if __name__ == "__main__":
    mirror(sys.argv[1].rstrip("/"), sys.argv[2], Path(sys.argv[3]))
