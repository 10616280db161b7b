from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from delegations.web import tokens, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", require_POST(set_language), name="set_language"),
    path("tokens/", tokens.of_mine, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke-token"),
    path("pointing.css", views.pointing, name="pointing"),
]
