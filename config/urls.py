"""Every address of the house. `/live/` is answered before Django: config/asgi.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("delegations.web.urls")),
    path("", include("negotiations.web.urls")),
]

handler400 = "delegations.web.errors.bad_request"
handler403 = "delegations.web.errors.forbidden"
handler404 = "delegations.web.errors.not_found"
handler500 = "delegations.web.errors.server_error"
