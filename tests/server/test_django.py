"""Log-in, rate limits, second factor, mail, health, upgrade: Django as this product sets it up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client

from liuke.accounts.store.models import User
from liuke.base.settings import from_environment
from liuke.jobs.service.claims import heartbeat
from liuke.server.mail import MailServer, mail_of
from liuke.server.upgrade import upgrade
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/_allauth/browser/v1/auth/login"
SESSION = "/_allauth/browser/v1/auth/session"


def browser() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.get(SESSION)
    client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
    return client


def log_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"email": email, "password": password}, content_type="application/json").status_code


def test_a_person_logs_in_by_e_mail_and_password() -> None:
    user, client = make_user(), browser()
    assert client.get(SESSION).status_code == 401
    assert log_in(client, user.email.upper()) == 200
    assert client.get(SESSION).json()["data"]["user"]["email"] == user.email
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], int(cookie["max-age"])) == (True, "Lax", 14 * 24 * 3600)


def test_log_in_needs_the_csrf_token() -> None:
    assert log_in(Client(enforce_csrf_checks=True), make_user().email) == 403


def test_logging_out_ends_the_session() -> None:
    user, client = make_user(), browser()
    log_in(client, user.email)
    client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
    client.delete(SESSION)
    assert client.get(SESSION).status_code == 401


def test_guessing_a_password_is_stopped_even_for_the_right_one() -> None:
    user, client = make_user(), browser()
    answers = [log_in(client, user.email, "wrong-guess-1") for _ in range(6)]
    assert answers[0] == 400
    assert answers[-1] in {400, 429}
    assert log_in(client, user.email) != 200
    assert log_in(browser(), make_user().email) == 200


def test_an_inactive_person_stays_out() -> None:
    user = make_user(is_active=False)
    assert log_in(browser(), user.email) != 200


def test_nobody_signs_up_by_themselves() -> None:
    data = {"email": "new@example.test", "password": PASSWORD}
    answer = browser().post("/_allauth/browser/v1/auth/signup", data, content_type="application/json")
    assert answer.status_code == 403
    assert not User.objects.exists()


def test_a_second_factor_is_asked_for_and_its_key_is_sealed() -> None:
    user, client = make_user(), browser()
    key = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, key)
    assert key not in str(Authenticator.objects.get().data)
    assert log_in(client, user.email) == 401
    code = format_hotp_value(hotp_value(key, next(iter(yield_hotp_counters_from_time()))))
    client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
    answer = client.post("/_allauth/browser/v1/auth/2fa/authenticate", {"code": code}, content_type="application/json")
    assert answer.status_code == 200


def test_a_forgotten_password_needs_a_mail_server() -> None:
    answer = browser().post("/_allauth/browser/v1/auth/password/request", {"email": "a@example.test"}, content_type="application/json")
    assert (answer.status_code, settings.MAIL) == (409, None)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", None),
        ("smtp://mail.example.test", MailServer("mail.example.test", 25, "", "", False, False)),
        ("smtp://u%40x:p%2Fw@mail:587", MailServer("mail", 587, "u@x", "p/w", False, True)),
        ("smtp://mail:587?starttls=0", MailServer("mail", 587, "", "", False, False)),
        ("smtps://u:p@mail", MailServer("mail", 465, "u", "p", True, False)),
    ],
)
def test_the_mail_server_is_one_address(url: str, server: MailServer | None) -> None:
    assert mail_of(url) == server


def test_answers_are_private_and_frame_nothing() -> None:
    answer = Client().get("/healthz")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_health_counts_the_living_and_names_nobody() -> None:
    make_user()
    heartbeat(name="host-1", detail={"process": "worker"})
    heartbeat(name="web host:8600", detail={"process": "web"})
    answer = Client().get("/healthz").json()
    assert answer.keys() == {"status", "version", "workers"}
    assert (answer["status"], answer["workers"]) == ("ok", 1)


def test_an_up_to_date_database_is_left_alone(tmp_path: Path) -> None:
    assert upgrade(replace(from_environment(), data_dir=tmp_path)) == []


@pytest.mark.parametrize("name", ["email", "phone"])
def test_nobody_takes_an_address_that_somebody_else_will_be_invited_by(name: str) -> None:
    """An unproved change would make a stranger a member with the role meant for the address's owner."""
    user, client = make_user(), browser()
    log_in(client, user.email)
    client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
    body, path = {"email": "boss@victim.test", "primary": True}, f"/_allauth/browser/v1/account/{name}"
    assert {getattr(client, method)(path, body, content_type="application/json").status_code for method in ("post", "patch")} == {404}
    before = user.email
    user.refresh_from_db()
    assert user.email == before
