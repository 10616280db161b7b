"""The peer of an act: the least that any durable, ordered write by the ORM does."""

from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from negotiations.models import Negotiation


def insert_two(negotiation: UUID, rounds: int) -> None:
    """``rounds`` transactions: lock one row, insert two small ones, commit."""
    for _ in range(rounds):
        with transaction.atomic():
            Negotiation.objects.select_for_update().get(pk=negotiation)
            for _ in range(2):
                ContentType.objects.create(app_label=uuid4().hex, model="row")
