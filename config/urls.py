"""Every address of the house. `/live/` is answered before Django: config/asgi.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("delegations.web.urls")),
    path("", include("negotiations.web.urls")),
]
