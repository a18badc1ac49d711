"""Tokens and errcodes (integrations §9, item 1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.wecom.app import PER_MINUTE, App
from liuke.vendors.wecom.customers import contact_ids
from liuke.vendors.wecom.envelopes import Nothing
from tests.simulators.server import Cut, Reply, said
from tests.simulators.wecom_customers import WeComCustomers
from tests.vendors.wecom.conftest import app_of


def fetches(wecom: WeComCustomers) -> int:
    return len(wecom.asked("/cgi-bin/gettoken"))


def test_one_token_serves_until_shortly_before_its_end(wecom: WeComCustomers, app: App) -> None:
    contact_ids(app, "lina")
    wecom.clock.move(minutes=100)
    contact_ids(app, "lina")
    assert fetches(wecom) == 1
    wecom.clock.move(minutes=16)
    contact_ids(app, "lina")
    assert fetches(wecom) == 2


@pytest.mark.parametrize("end", ["revoke", "expire"])
def test_a_token_that_dies_early_is_fetched_again_once(wecom: WeComCustomers, app: App, end: str) -> None:
    contact_ids(app, "lina")
    getattr(wecom, end)()
    assert contact_ids(app, "lina") == ("wm2",)
    assert fetches(wecom) == 2


@pytest.mark.parametrize("code", [40014, 42001, 42009])
def test_a_token_refused_twice_is_not_fetched_a_third_time(wecom: WeComCustomers, app: App, code: int) -> None:
    wecom.fails("/cgi-bin/externalcontact/list", said({"errcode": code, "errmsg": "x"}), times=5)
    with pytest.raises(Rejected) as refused:
        contact_ids(app, "lina")
    assert (refused.value.code, fetches(wecom)) == (str(code), 2)


def test_many_at_once_fetch_one_token(wecom: WeComCustomers, app: App) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: contact_ids(app, "lina"), range(16)))
    assert found == [("wm2",)] * 16
    assert fetches(wecom) == 1


def test_a_wrong_secret_cannot_storm_the_vendor(wecom: WeComCustomers) -> None:
    wrong = app_of(wecom, secret="wrong")
    codes = []
    for _ in range(70):
        try:
            contact_ids(wrong, "lina")
        except Rejected as refused:
            codes.append(refused.code)
        except Busy as busy:
            codes.append(busy.code)
    assert codes[:60] == ["40001"] * 60
    assert set(codes[60:]) == {"own_limit"}
    assert fetches(wecom) == 60


def test_two_secrets_of_one_app_never_share_a_token(wecom: WeComCustomers) -> None:
    assert app_of(wecom).key != app_of(wecom, secret="other").key
    assert "app-secret" not in app_of(wecom).key


@pytest.mark.parametrize(("answer", "fault", "code"), [
    (said({"errcode": -1, "errmsg": "system busy"}), Busy, "-1"),
    (said({"errcode": 45009, "errmsg": "api freq out of limit"}), Busy, "45009"),
    (said({"errcode": 48002, "errmsg": "api forbidden"}), Rejected, "48002"),
    (Reply(200, b"<html>"), Rejected, "unreadable"),
    (Reply(502, b"bad gateway"), Busy, "http_502"),
])  # fmt: skip
def test_the_code_in_the_body_decides(wecom: WeComCustomers, app: App, answer: Reply, fault: type[Exception], code: str) -> None:
    wecom.fails("/cgi-bin/externalcontact/mark_tag", answer)
    with pytest.raises(fault) as raised:
        app.post("externalcontact/mark_tag", Nothing, {})
    assert getattr(raised.value, "code") == code  # noqa: B009


def test_an_answer_that_does_not_come_is_unsure(wecom: WeComCustomers, app: App) -> None:
    wecom.fails("/cgi-bin/externalcontact/mark_tag", Cut.AFTER)
    with pytest.raises(Unsure):
        app.post("externalcontact/mark_tag", Nothing, {"userid": "lina", "external_userid": "wm2", "add_tag": ["t"]})
    assert wecom.tags["lina", "wm2"] == {"t"}


def test_calls_beyond_the_companys_limit_wait_here(wecom: WeComCustomers, app: App) -> None:
    assert app.limits.take("wecom.wwcorp.call.externalcontact/list", PER_MINUTE, 10_000) == 0
    with pytest.raises(Busy) as busy:
        contact_ids(app, "lina")
    assert (busy.value.code, busy.value.again_in) == ("own_limit", 60.0)
