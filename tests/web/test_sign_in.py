"""Signing in and out, the wait after wrong tries, and typed words that outlive a session."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from delegations.models import Delegate, Delegation, Kind, Role
from delegations.web.lockout import TRIES, WINDOW
from delegations.web.signed_in import signed_in

PASSPHRASE = "seven slow lanterns cross the lake"
DRAFT = "and initiatives\nof <Member> States"


@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.method} {request.POST.get('words', '')}")


urlpatterns = [
    path("", include("delegations.web.urls")),
    path("draft/", draft),
    path("", draft),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def delegate() -> Delegate:
    cache.clear()
    viet_nam = Delegation.objects.create(code="XVIE", kind=Kind.MEMBER, name_en="Viet Nam of the tests")
    return Delegate.objects.create_user(
        "linh@mission.example", PASSPHRASE, name="Linh", delegation=viet_nam, role=Role.DELEGATE
    )


def sign_in(client: Client, passphrase: str = PASSPHRASE, **more: str):
    return client.post("/sign-in/", {"email": "linh@mission.example", "passphrase": passphrase, **more})


def test_the_right_passphrase_signs_in_and_leads_to_the_page_one_came_for(client, delegate):
    asked = client.get("/draft/?p=5")
    assert (asked.status_code, asked["Location"]) == (302, "/sign-in/?next=%2Fdraft%2F%3Fp%3D5")
    answer = sign_in(client, next="/draft/?p=5")
    assert (answer.status_code, answer["Location"]) == (302, "/draft/?p=5")
    assert client.session[SESSION_KEY] == str(delegate.pk)


def test_the_e_mail_is_the_same_in_capitals_and_with_spaces_around(client, delegate):
    answer = client.post("/sign-in/", {"email": " Linh@Mission.example ", "passphrase": PASSPHRASE})
    assert answer.status_code == 302


def test_signing_in_gives_the_session_a_new_key(client, delegate):
    session = client.session
    session["planted"] = "before sign-in"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    ("email", "passphrase"),
    [
        ("linh@mission.example", "wrong words"),
        ("nobody@mission.example", PASSPHRASE),
        ("gone@mission.example", PASSPHRASE),
    ],
)
def test_wrong_passphrase_unknown_e_mail_and_closed_seat_get_the_same_sentence(client, delegate, email, passphrase):
    Delegate.objects.create_user(
        "gone@mission.example",
        PASSPHRASE,
        name="Gone",
        delegation=delegate.delegation,
        role=Role.ADVISER,
        is_active=False,
    )
    answer = client.post("/sign-in/", {"email": email, "passphrase": passphrase})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Sign in · Podium</title>" in page
    assert page.count("This e-mail and passphrase do not belong together.") == 2  # in the summary and at the field
    assert SESSION_KEY not in client.session


def test_the_summary_of_faults_takes_the_focus_and_leads_to_the_field(client, delegate):
    page = sign_in(client, "wrong words").content.decode()
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert '<a href="#sign-in-passphrase">' in page
    assert 'aria-invalid="true" aria-describedby="passphrase-why" id="sign-in-passphrase"' in page


def test_a_typed_passphrase_is_never_sent_back(client, delegate):
    assert "wrong words" not in sign_in(client, "wrong words").content.decode()


def test_missing_fields_are_named_one_by_one_and_are_no_try(client, delegate):
    for _ in range(TRIES + 1):
        page = client.post("/sign-in/", {"email": "linh@mission.example", "passphrase": ""}).content.decode()
    assert "Type your passphrase." in page
    assert "Type your e-mail." not in page
    assert sign_in(client).status_code == 302


def test_password_managers_are_told_what_the_fields_are(client):
    page = client.get("/sign-in/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_after_five_wrong_tries_even_the_right_passphrase_has_to_wait(client, delegate):
    for _ in range(TRIES):
        assert sign_in(client, "wrong words").status_code == 422
    refused = sign_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= WINDOW
    assert "Next try in 10 minutes." in refused.content.decode()
    assert SESSION_KEY not in client.session


def test_the_wait_is_for_one_account_from_one_address(client, delegate):
    for _ in range(TRIES + 1):
        sign_in(client, "wrong words")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    other = client.post("/sign-in/", {"email": "other@mission.example", "passphrase": "wrong words"})
    assert other.status_code == 422


def test_the_right_passphrase_forgets_the_wrong_tries_before_it(client, delegate):
    for _ in range(3):
        for _ in range(TRIES - 1):
            assert sign_in(client, "wrong words").status_code == 422
        assert sign_in(client).status_code == 302
        client.post("/sign-out/")


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site_by_a_link_to_the_sign_in(client, delegate, elsewhere):
    assert hidden_fields(client.get("/sign-in/", {"next": elsewhere}).content.decode())["next"] == [""]
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_sign_out_ends_the_session_and_is_a_form_not_a_link(client, delegate):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/draft/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/draft/").status_code == 302
    assert "You are signed out." in client.get("/sign-in/").content.decode()


def test_a_form_sent_while_signed_out_is_kept_shown_and_comes_back_after_sign_in(client, delegate):
    sent = {"words": DRAFT, "stance": "tcb", "marks": ["a", "b"], "passphrase_note": "s3cret", "seen": "17"}
    asked = client.post("/draft/?p=5", sent, headers={"Referer": "http://testserver/text/#PP5"})
    page = asked.content.decode()
    assert asked.status_code == 401
    assert "What you typed is kept." in page
    assert "of &lt;Member&gt; States</dd>" in page
    assert "s3cret" not in page

    form = {name: values for name, values in hidden_fields(page).items() if name != "csrfmiddlewaretoken"}
    assert form == {
        "next": ["/draft/?p=5"],
        "back": ["/text/#PP5"],
        "held": ["1"],
        "kept-words": [DRAFT],
        "kept-stance": ["tcb"],
        "kept-marks": ["a", "b"],
        "kept-seen": ["17"],
    }
    wrong = client.post("/sign-in/", {"email": delegate.email, "passphrase": "wrong words", **form})
    assert hidden_fields(wrong.content.decode())["kept-words"] == [DRAFT]  # also kept through a wrong try

    again = client.post("/sign-in/", {"email": delegate.email, "passphrase": PASSPHRASE, **form})
    page = again.content.decode()
    assert again.status_code == 200
    assert 'action="/draft/?p=5"' in page
    assert "of &lt;Member&gt; States</textarea>" in page
    assert hidden_fields(page)["stance"] == ["tcb"]
    assert hidden_fields(page)["marks"] == ["a", "b"]
    assert 'href="/text/#PP5"' in page
    assert "Linh, Viet Nam of the tests" in page  # somebody else may have signed in here: the page says who acts


def test_a_form_without_typed_words_is_not_sent_on_by_itself(client, delegate):
    page = client.post("/draft/").content.decode()
    answer = client.post("/sign-in/", {"email": delegate.email, "passphrase": PASSPHRASE, **hidden_fields(page)})
    assert answer.status_code == 200
    assert "Go on where I was" in answer.content.decode()


def test_kept_words_are_only_ever_sent_to_this_house(client, delegate):
    answer = sign_in(client, next="https://elsewhere.example/", held="1", **{"kept-words": DRAFT})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_file_cannot_be_kept_and_the_page_says_so(client, tmp_path):
    (tmp_path / "draft.txt").write_text("PP1. Recognizing")
    with (tmp_path / "draft.txt").open("rb") as file:
        page = client.post("/draft/", {"file": file}).content.decode()
    assert "The file draft.txt could not be kept" in page


def test_htmx_gets_the_sign_in_form_into_the_panel_that_was_sent(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/text/?as=clean"}
    answer = client.post("/draft/", {"words": DRAFT}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert answer["HX-Retarget"].startswith("closest .panel")
    assert "<html" not in page
    assert hidden_fields(page)["kept-words"] == [DRAFT]
    assert hidden_fields(page)["back"] == ["/text/?as=clean"]


def test_htmx_reading_while_signed_out_gets_the_form_and_no_redirect(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/text/"}
    answer = client.get("/draft/", headers=headers)
    assert answer.status_code == 401
    assert "<html" not in answer.content.decode()
    assert hidden_fields(answer.content.decode())["next"] == ["/text/"]


def test_another_site_cannot_fill_the_kept_form(delegate):
    """The CSRF check stands before the door: a form from elsewhere never becomes a page with a button."""
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post("/draft/", {"words": DRAFT}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "kept-words" not in answer.content.decode()


def test_the_language_is_changed_by_a_form_and_stays(client):
    answer = client.post("/language/", {"language": "ru", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="ru">' in page
    assert 'value="ru" lang="ru" aria-pressed="true"' in page


def test_pointing_outlines_each_delegation_and_is_for_signed_in_people(client, delegate):
    assert client.get("/pointing.css").status_code == 302
    sign_in(client)
    sheet = client.get("/pointing.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "[data-who~=XVIE]" in sheet.content.decode()


def hidden_fields(page: str) -> dict[str, list[str]]:
    """The hidden fields of the form in <main>, or of the whole part, without those of the bar."""
    found: dict[str, list[str]] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            field = dict(attrs)
            if tag == "input" and field.get("type") == "hidden":
                found.setdefault(field["name"], []).append(field.get("value") or "")

    Reader().feed(page.partition('id="main"')[2] or page)
    return found
