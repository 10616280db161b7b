"""What a delegation prepares for itself changes nothing that anybody else is told: every address is asked before and after.

Forms' keys and tokens, and the times of day, differ from one answer to the next and are left out.
"""

import logging
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import get_resolver
from pytest_django import DjangoDbBlocker

from negotiations.acts import drafts
from negotiations.acts.drafts import Edition
from negotiations.acts.wording import Change, Deletion, Insertion, Replacement
from negotiations.models import PrivateDraft
from negotiations.refusals import Refusal
from tests.matrix import place as places
from tests.matrix.asking import send
from tests.matrix.checking import OF_ITS_OWN, as_if_not
from tests.matrix.place import Place
from tests.matrix.routes import routes
from tests.matrix.table import Cell

pytestmark = pytest.mark.django_db

ROUTES = [route for route in routes(get_resolver().url_patterns) if route.is_in_a_negotiation]
OTHERS = ("observer", "delegate of another", "chair", "secretariat")
SECRET, NOTE = "and a secret whistle", "Wait for the capital."
TIMES = re.compile(rb"\d\d:\d\d(:\d\d(\.\d+)?)?|\d+\xc2\xa0minutes?")
NAMED = re.compile(rb'(id|for|aria-labelledby)="[a-z-]+-[0-9a-f-]{36}"')
"""Parts of a form, which are named after its key."""
NEW = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
"""What an act makes anew: ids and checksums."""

Told = dict[str, tuple[int, list[tuple[str, str]], bytes]]


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    said = logging.getLogger("django.request")
    level = said.level
    said.setLevel(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield places.built()
        transaction.set_rollback(True)
    said.setLevel(level)


def told(place: Place, *methods: str) -> Told:
    """Every byte and header that everybody outside VIE is answered, whatever is asked."""
    found: Told = {}
    for route in ROUTES:
        for seat in OTHERS:
            for method in methods:
                for of in ("other",) if method == "GET" else ("", "other"):  # VIE is the other to all of them
                    cell = Cell(route, method, seat, of)
                    found[str(cell)] = _asked(place, cell)
    return found


def _asked(place: Place, cell: Cell) -> tuple[int, list[tuple[str, str]], bytes]:
    with as_if_not():
        answer: Any = send(place, cell)
        body = b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
    body = TIMES.sub(b"", NAMED.sub(b"", OF_ITS_OWN.sub(b"", body)))
    # The length is that of the body with its times in it; "an age of 9 minutes" is shorter than one of 10.
    headers = sorted(header for header in answer.headers.items() if header[0] != "Content-Length")
    if cell.method != "GET":
        body = NEW.sub(b"", body)
        headers = [(name, NEW.sub(b"", value.encode()).decode()) for name, value in headers]
    return answer.status_code, headers, body


def differences(before: Told, after: Told) -> list[str]:
    """What is answered otherwise, with the first words that differ."""
    return [f"{asked}: {_first(before[asked], after[asked])}" for asked in before if before[asked] != after[asked]]


def _first(before: tuple[int, Any, bytes], after: tuple[int, Any, bytes]) -> str:
    if before[:2] != after[:2]:
        return f"{before[:2]} is now {after[:2]}"
    at = next((at for at, pair in enumerate(zip(before[2], after[2], strict=False)) if pair[0] != pair[1]), 0)
    at = max(at, 20)
    return f"{before[2][at - 20 : at + 60]!r} is now {after[2][at - 20 : at + 60]!r}"


def everything_else() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but that of the drafts."""
    models = [model for model in apps.get_models() if model is not PrivateDraft]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


def keeps(place: Place, change: Change, code: str = "VIE", **more: Any) -> PrivateDraft:
    return place.room.keeps(code, change, in_=more.pop("in_", "PP2"), reason=NOTE, note=NOTE, **more)


def insertion(place: Place) -> Insertion:
    """At the very words at which the requests of the matrix table theirs."""
    return Insertion(place.room.at("PP2", "owner"), SECRET)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(Refusal):
        act()


def test_nobody_outside_the_delegation_sees_a_draft(place: Place) -> None:
    """R21: kept, edited, refused, dropped; after each step every answer is byte for byte what it was before."""
    with as_if_not():
        before, rows = told(place, "GET"), everything_else()
        assert differences(before, told(place, "GET")) == []  # the answers are the same as long as nothing happens
        draft = keeps(place, insertion(place))
        keeps(place, Deletion(1, 1), "VIE.adviser", in_="PP1")
        assert differences(before, told(place, "GET")) == []
        keeps(place, insertion(place), "VIE.adviser", edited=Edition(draft.pk, 1))
        refused(lambda: keeps(place, insertion(place), edited=Edition(draft.pk, 1)))
        refused(lambda: place.room.tables_draft("VIE.adviser", draft))
        assert differences(before, told(place, "GET")) == []
        assert everything_else() == rows
        drafts.drop_draft(actor=place.room.actors["VIE"], negotiation_id=place.room.negotiation.pk, draft_id=draft.pk)
        assert differences(before, told(place, "GET")) == []
        assert everything_else() == rows


def test_what_others_do_is_answered_as_if_nobody_had_prepared_anything(place: Place) -> None:
    """The same words at the same place, verdicts on the same brackets, the same import taken back."""
    with as_if_not():
        before = told(place, "POST", "PUT", "DELETE")
        keeps(place, insertion(place))
        keeps(place, Deletion(1, 1), in_="PP1")
        assert differences(before, told(place, "POST", "PUT", "DELETE")) == []


def test_whatever_a_delegation_prepares_in_whatever_order_the_others_are_told_the_same(place: Place) -> None:
    chance = random.Random(21)
    with as_if_not():
        before, rows = told(place, "GET"), everything_else()
        for _ in range(200):
            prepares_something(place, chance)
        assert PrivateDraft.objects.exists()
        assert everything_else() == rows
        assert differences(before, told(place, "GET")) == []


def prepares_something(place: Place, chance: random.Random) -> None:
    """Keep, edit or drop, as it comes; what is refused leaves no trace either."""
    room, code = place.room, chance.choice(["VIE", "VIE.adviser", "VIE.head"])
    there = list(PrivateDraft.objects.all())
    at, handle = chance.randrange(-1, 9), chance.choice(["PP1", "PP2", "OP1", "OP2"])
    changes: list[Change] = [Insertion(at, SECRET), Deletion(at, at + 1), Replacement(at, at, SECRET)]
    change = chance.choice(changes)
    try:
        if there and chance.random() < 0.3:
            act = {"actor": room.actors[code], "negotiation_id": room.negotiation.pk}
            drafts.drop_draft(**act, draft_id=chance.choice(there).pk)  # type: ignore[arg-type]
        elif there and chance.random() < 0.5:
            draft = chance.choice(there)
            keeps(place, change, code, in_=handle, edited=Edition(draft.pk, draft.edition))
        else:
            keeps(place, change, code, in_=handle)
    except Refusal:
        pass
