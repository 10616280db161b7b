"""Two thousand requests drawn from the description: whatever is sent, the answer is one that the description knows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from delegations.web import lockout
from negotiations import ledger
from negotiations.acts import sessions, versions
from negotiations.models import Freeze, Position
from tests.api.asking import Script, secret_for
from tests.room import Room

CASES = 2_000
SEATS = ("VIE", "VIE.adviser", "IND", "BIRDS", "CHAIR", "Secretariat")
JUDGEMENT = [positive_data_acceptance]
"""Left out: a well-formed proposal may still name words that are not there, or come when the room is closed."""


@pytest.fixture
def seeded(transactional_db: None) -> Room:
    """A room with something of everything, which the requests then change as they like."""
    room = Room.opened()
    room.replaces("VIE", "owner", "owner", "keeper", in_="PP2")
    room.takes("Secretariat", "oppose", on="PP1.1", heard_for="VIE")
    room.suspends()
    versions.issue(freeze_id=Freeze.objects.get().pk)
    sessions.open_session(actor=room.secretariat, negotiation_id=room.negotiation.pk, key=room.key())
    return room


def known_ids(room: Room, script: Script) -> dict[str, list[str]]:
    """Names of what there is, for each part of an address."""
    paragraphs, brackets, proposals = (
        [row["id"] for row in script.json(path)["results"]] for path in ("paragraphs/", "brackets/", "proposals/")
    )
    return {
        "negotiation_id": [str(room.negotiation.pk)],
        "document_id": [str(room.document.pk)],
        "paragraph_id": paragraphs,
        "bracket_id": brackets,
        "proposal_id": proposals,
        "position_id": [str(id_) for id_ in Position.objects.values_list("pk", flat=True)],
        "version_id": [row["id"] for row in script.json("versions/")["results"]],
        "code": ["VIE", "IND", "CHAIR", "Secretariat", "MARS"],
        "format": ["text", "pdf", "json", "odt"],
    }


def operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        yield found.ok()


def test_whatever_is_sent_the_answer_is_one_that_is_described(seeded: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockout, "TRIES", 1_000_000)  # wrong tokens are sent on purpose, and must be told as such
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)  # opening one is half of a request's time
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    secrets = {code: secret_for(seeded, code) for code in SEATS}
    script = Script(seeded, secrets["VIE"])
    ids = known_ids(seeded, script)
    every = list(operations(schema))
    sent: Counter[int] = Counter()
    before = seeded.seq

    def ask(operation: Any) -> None:
        @settings(
            max_examples=CASES // len(every) + 8,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), data=st.data())
        def one(case: Any, data: st.DataObject) -> None:
            for part in case.path_parameters or {}:
                if data.draw(st.integers(0, 9)) != 7:  # one in ten stays as it was drawn
                    case.path_parameters[part] = data.draw(st.sampled_from(ids[part]))
            if case.query and "wait" in case.query:
                case.query["wait"] = 0
            seat = data.draw(st.sampled_from(SEATS))
            answer = case.call_and_validate(
                headers={"Authorization": f"Bearer {secrets[seat]}"}, excluded_checks=JUDGEMENT
            )
            sent[answer.status_code] += 1
            if answer.status_code == 412:
                # The same again, with the ETag that it was told: now it is the act that answers.
                case.headers["If-Match"] = answer.json()["current"]
                again = case.call_and_validate(
                    headers={"Authorization": f"Bearer {secrets[seat]}"}, excluded_checks=JUDGEMENT
                )
                sent[again.status_code] += 1

        one()

    for operation in every:
        ask(operation)
    assert sent.total() >= CASES
    assert {200, 400, 403, 404, 409, 412, 422} <= sent.keys()
    assert seeded.seq > before  # some of them were acts
    assert ledger.verify(seeded.negotiation) is None
    print(f"{sent.total()} cases: {dict(sorted(sent.items()))}")
