"""Every address of the house. `/live/` is answered before Django: config/asgi.py."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("negotiations.api.urls")),
    path("", include("delegations.web.urls")),
    path("", include("negotiations.web.urls")),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
