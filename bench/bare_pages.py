"""The peer of the reading page: a page of so many bytes by Django without middleware, as it is or after one query by key."""

import os
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.environment import database_from_url

settings.configure(
    SECRET_KEY="bench",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    MIDDLEWARE=[],
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes"],
    DATABASES={"default": {**database_from_url(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": None}},
)
django.setup()

SIZE = int(os.environ["BENCH_PAGE_BYTES"])
PAGE = ("<p>" + "x" * 93 + "</p>") * (SIZE // 100) + "x" * (SIZE % 100)


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE, headers={"Content-Length": str(SIZE)})


def after_one_query(request: HttpRequest, key: int) -> HttpResponse:
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.filter(pk=key).get()
    return constant(request)


urlpatterns: list[Any] = [path("constant", constant), path("query/<int:key>", after_one_query)]
application = WSGIHandler()
