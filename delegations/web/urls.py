from django.urls import path
from django.views.i18n import set_language

from delegations.web import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", set_language, name="set_language"),
    path("pointing.css", views.pointing, name="pointing"),
]
