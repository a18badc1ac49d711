"""DingTalk's tokens, its two ways of saying no, and what happens when an address is blocked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.cards import card_update
from liuke.vendors.dingtalk.notices import markdown, notice_send, send_result
from liuke.vendors.dingtalk.todos import union_id
from liuke.vendors.state import InMemoryLimits
from tests.simulators.dingtalk import HTML, DingTalk, new, old
from tests.simulators.server import Cut, said


def test_a_token_is_fetched_once_per_host(app: App, dingtalk: DingTalk) -> None:
    for user in ("zhang", "li"):
        union_id(app, user)
        with pytest.raises(Rejected):
            card_update(app, "none", {})
    assert (len(dingtalk.asked("/gettoken")), len(dingtalk.asked("/v1.0/oauth2/accessToken"))) == (1, 1)


def test_tokens_are_renewed_before_their_two_hours_end(app: App, dingtalk: DingTalk) -> None:
    union_id(app, "zhang")
    dingtalk.clock.move(minutes=116)
    assert union_id(app, "zhang") == "u-zhang"
    assert len(dingtalk.asked("/gettoken")) == 2
    assert len(dingtalk.asked("/topapi/v2/user/get")) == 2


def test_a_token_that_died_early_is_fetched_again_and_the_call_repeated(app: App, dingtalk: DingTalk) -> None:
    union_id(app, "zhang")
    dingtalk.revoke()
    assert union_id(app, "zhang") == "u-zhang"
    assert len(dingtalk.asked("/topapi/v2/user/get")) == 3


def test_the_new_host_says_401_for_a_dead_token_and_it_is_fetched_again(app: App, dingtalk: DingTalk) -> None:
    for _ in range(2):
        with pytest.raises(Rejected) as refused:
            card_update(app, "none", {})
        assert refused.value.code == "param.outTrackId"
        dingtalk.revoke()
    assert len(dingtalk.asked("/v1.0/oauth2/accessToken")) == 2


def test_a_token_refused_twice_is_said_so(app: App, dingtalk: DingTalk) -> None:
    dingtalk.fails("/topapi/v2/user/get", old(88, "x", sub_code="40014", sub_msg="token"), times=2)
    with pytest.raises(Rejected) as refused:
        union_id(app, "zhang")
    assert refused.value.code == "40014"


@pytest.mark.parametrize("host", ["old", "new"])
def test_a_wrong_secret_is_refused_by_both_hosts(app: App, host: str) -> None:
    wrong = replace(app, app_secret="other")
    with pytest.raises(Rejected) as refused:
        union_id(wrong, "zhang") if host == "old" else card_update(wrong, "none", {})
    assert refused.value.code == {"old": "40001", "new": "invalidClientIdOrSecret"}[host]


def test_88_is_unwrapped_to_what_it_hides(app: App) -> None:
    with pytest.raises(Rejected) as refused:
        union_id(app, "nobody")
    assert (refused.value.code, refused.value.said) == ("33012", "userid")


@pytest.mark.parametrize("page", [HTML, said({"status": 1111, "wait": 5, "source": "x5"})])
@pytest.mark.parametrize("path", ["/topapi", "/v1.0/card"])
def test_a_blocked_address_is_busy_for_five_minutes(app: App, dingtalk: DingTalk, page: object, path: str) -> None:
    dingtalk.fails(path, page)  # type: ignore[arg-type]
    with pytest.raises(Busy) as busy:
        union_id(app, "zhang") if path == "/topapi" else card_update(app, "none", {})
    assert (busy.value.code, busy.value.again_in) == ("1111", 300.0)


def test_too_many_calls_may_pass(app: App, dingtalk: DingTalk) -> None:
    dingtalk.fails("/topapi", old(88, "x", sub_code="90002", sub_msg="qps"))
    with pytest.raises(Busy) as busy:
        union_id(app, "zhang")
    assert busy.value.code == "90002"


@pytest.mark.parametrize(("code", "status"), [("Throttling.User", 403), ("ServiceUnavailable", 503), ("x", 429)])
def test_the_new_host_is_busy_by_code_or_by_status(app: App, dingtalk: DingTalk, code: str, status: int) -> None:
    dingtalk.fails("/v1.0/card", new(code, "later", status))
    with pytest.raises(Busy) as busy:
        card_update(app, "none", {})
    assert busy.value.code == code


def test_a_month_used_up_does_not_pass_by_itself(app: App, dingtalk: DingTalk) -> None:
    dingtalk.months_left = 0
    with pytest.raises(Rejected) as old_host:
        union_id(app, "zhang")
    with pytest.raises(Rejected) as new_host:
        card_update(app, "none", {})
    assert (old_host.value.code, new_host.value.code) == ("90020", "Forbidden.AccessDenied.ApiCountLimitForOrg")


def test_an_answer_that_is_no_json_is_said_so(app: App, dingtalk: DingTalk) -> None:
    dingtalk.fails("/topapi", said([]))
    with pytest.raises(Rejected) as refused:
        union_id(app, "zhang")
    assert refused.value.code == "unreadable"


def test_a_repeated_notice_is_accepted_and_only_its_result_says_that_it_was_held_back(app: App, dingtalk: DingTalk) -> None:
    """INT: acceptance is not delivery."""
    message = markdown("a", "b")
    first, second = (notice_send(app, ["zhang", "nobody"], message) for _ in range(2))
    assert send_result(app, first).reached() == ["zhang"]
    held = send_result(app, second)
    assert (held.reached(), held.forbidden_user_id_list, held.invalid_user_id_list) == ([], ["zhang"], ["nobody"])
    dingtalk.clock.move(days=1)
    assert send_result(app, notice_send(app, ["zhang"], message)).reached() == ["zhang"]


def test_what_dingtalk_would_refuse_is_not_sent(app: App, dingtalk: DingTalk) -> None:
    for users, text, code in (([], "a", "33012"), (["a"] * 101, "a", "33012"), (["zhang"], "汉" * 700, "34016")):
        with pytest.raises(Rejected) as refused:
            notice_send(app, users, markdown("t", text))
        assert refused.value.code == code
    with pytest.raises(Rejected, match="agent_id"):
        notice_send(replace(app, agent_id=""), ["zhang"], markdown("t", "a"))
    assert dingtalk.log == []


def test_a_lost_answer_is_unsure_and_the_notice_may_have_gone_out(app: App, dingtalk: DingTalk) -> None:
    dingtalk.fails("/topapi/message", Cut.AFTER)
    with pytest.raises(Unsure):
        notice_send(app, ["zhang"], markdown("a", "b"))
    assert len(dingtalk.notices) == 1


def test_calls_are_counted_against_the_month_and_not_held_back(app: App, dingtalk: DingTalk) -> None:
    limits = InMemoryLimits(dingtalk.clock)
    counted = replace(app, monthly_calls=2, limits=limits)
    for _ in range(3):
        union_id(counted, "zhang")
    assert (len(limits.taken["dingtalk:key"]), len(dingtalk.asked("/topapi/v2/user/get"))) == (2, 3)
    union_id(app, "zhang")
    assert list(app.limits.taken) == []  # type: ignore[attr-defined]
