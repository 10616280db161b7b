"""Say where your delegation stands on a bracket, exactly once. Only the standard library.

PODIUM_TOKEN=podium_… python3 position.py https://podium.example/api/v1/negotiations/… PP5.3 VIE oppose "Why."
"""

import json
import os
import sys
import urllib.error
import urllib.request
import uuid


def ask(method: str, address: str, body: object = None, **headers: str):
    headers |= {"Authorization": f"Bearer {os.environ['PODIUM_TOKEN']}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    return urllib.request.urlopen(urllib.request.Request(address, data, headers, method=method), timeout=30)


def main(room: str, number: str, code: str, stance: str, reason: str = "") -> None:
    rows, address = [], f"{room.rstrip('/')}/brackets/?state=standing&limit=500"
    while address:
        page = json.load(ask("GET", address))
        rows, address = rows + page["results"], page["next"]
    [bracket] = (row for row in rows if row["number"] == number)
    place = f"{room.rstrip('/')}/brackets/{bracket['id']}/positions/{code}/"
    with ask("GET", place) as read:
        known, key = read.headers["ETag"], str(uuid.uuid4())
    body = {"stance": stance, "reason": reason}
    for _ in range(5):  # the same key each time: however often it is sent, it is done once
        try:
            done = ask("PUT", place, body, **{"If-Match": known, "Idempotency-Key": key})
            print(json.load(done)["marker"])
            return
        except urllib.error.HTTPError as fault:
            sys.exit(f"{fault.code} {json.load(fault)['detail']}")  # 412: read it again and decide again
        except OSError:
            continue
    sys.exit("The house does not answer.")


if __name__ == "__main__":
    main(*sys.argv[1:])
