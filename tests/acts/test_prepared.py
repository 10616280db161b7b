"""Prepared querysets give what the querysets give, with other ids each time."""

from uuid import UUID, uuid4

import pytest
from django.db.models import Count, QuerySet

from documents.models import Paragraph
from negotiations.models import Bracket, Position
from negotiations.prepared import FEW, rows, values

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


def with_delegation_and_bracket(*paragraph_ids: UUID) -> QuerySet[Position]:
    found = Position.objects.filter(paragraph__in=paragraph_ids).select_related("delegation", "bracket")
    return found.order_by("taken_at", "delegation__code")


def codes_of(paragraph_id: UUID, code: str) -> QuerySet[Position, tuple[str, str]]:
    found = Position.objects.filter(paragraph=paragraph_id, delegation__code=code).order_by("stance")
    return found.values_list("delegation__code", "stance")


def counted(document_id: UUID) -> QuerySet[Paragraph]:
    return Paragraph.objects.filter(document=document_id).annotate(said=Count("positions"))


def test_joined_rows_come_with_the_rows(room, django_assert_num_queries):
    room.takes("CHN", "tcb", on="PP2")
    paragraphs = [room.paragraph(handle).pk for handle in ("PP1", "PP2")]
    with django_assert_num_queries(1):
        found = [(p, p.delegation, p.bracket) for p in rows(with_delegation_and_bracket, *paragraphs)]
    assert found == [(p, p.delegation, p.bracket) for p in with_delegation_and_bracket(*paragraphs)]
    assert {bracket is None for _position, _delegation, bracket in found} == {True, False}


def test_one_id_or_many_give_the_same_rows(room):
    everywhere = list(room.document.paragraphs.values_list("pk", flat=True))
    for ids in (everywhere[:1], everywhere[:2], everywhere * FEW):
        assert rows(with_delegation_and_bracket, *ids) == list(with_delegation_and_bracket(*ids))


def test_tuples_are_those_of_values_list(room):
    paragraph = room.paragraph("PP1").pk
    for code in ("VIE", "IND", "TUR"):
        assert values(codes_of, paragraph, code) == list(codes_of(paragraph, code))
    assert values(codes_of, paragraph, "VIE") != values(codes_of, paragraph, "IND")


def test_an_annotation_is_not_lost_in_silence(room):
    with pytest.raises(AssertionError):
        rows(counted, room.document.pk)
