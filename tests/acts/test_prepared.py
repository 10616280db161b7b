"""Prepared querysets give what the querysets give, with other ids each time."""

from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from negotiations.models import Bracket, Position
from negotiations.prepared import rows

pytestmark = pytest.mark.django_db


def of_a_delegation(paragraph_id: UUID, delegation_id: UUID) -> QuerySet[Position]:
    return Position.objects.filter(paragraph__document=paragraph_id, delegation=delegation_id).order_by("pk")


def with_number(paragraph_id: UUID, number: int) -> QuerySet[Bracket]:
    return Bracket.objects.filter(paragraph=paragraph_id, number=number)


def forgetful(paragraph_id: UUID, number: int) -> QuerySet[Bracket]:
    return Bracket.objects.filter(paragraph=paragraph_id)


def test_the_rows_are_those_of_the_queryset_for_every_id(room):
    for code in ("VIE", "IND", "TUR", "CHN"):
        asked = (room.document.pk, room.actors[code].delegation.pk)
        assert rows(of_a_delegation, *asked) == list(of_a_delegation(*asked))
    assert rows(of_a_delegation, uuid4(), uuid4()) == []


def test_columns_come_as_the_model_knows_them(room):
    [prepared] = rows(with_number, room.paragraph("PP1").pk, 2)
    plain = Bracket.objects.get(paragraph=room.paragraph("PP1"), number=2)
    for field in Bracket._meta.concrete_fields:
        assert getattr(prepared, field.attname) == getattr(plain, field.attname)


def test_an_id_that_the_queryset_forgets_is_noticed(room):
    with pytest.raises(AssertionError):
        rows(forgetful, room.paragraph("PP1").pk, 2)
