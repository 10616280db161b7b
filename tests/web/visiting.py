"""Pages as a test asks for them: who is signed in, where a page is, what its form carries along."""

import re

from django.test import Client
from django.urls import reverse

from delegations.models import Delegate
from tests.room import Room

PARTIAL = {"HX-Request": "true"}
"""What htmx sends: the answer goes into a place on the page."""


def signed_in(room: Room, code: str) -> Client:
    client = Client()
    client.force_login(Delegate.objects.get(pk=room.actors[code].person_id))
    return client


def url(room: Room, name: str, *args: object) -> str:
    return reverse(name, args=[room.negotiation.slug, *args])


def hidden(page: str) -> dict[str, str]:
    """The page's seq and the form's key; of several forms, the last one's."""
    return dict(re.findall(r'<input type="hidden" name="(seen|key)" value="([^"]*)"', page))
