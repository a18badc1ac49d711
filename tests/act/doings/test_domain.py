"""What becomes of our doings in the stream."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from liuke.act.doings.domain import BY_MACHINE, Sent, call_doing, is_machine, opened_doing, sent_doing, visit_doing
from liuke.facts.domain.kinds import NOT_AN_INTERACTION, Kind

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def sent(medium: str = "email", *, marketing: bool = True) -> Sent:
    return Sent(7, "C1", NOON, medium, marketing, "recall_news")


def test_a_visit_is_an_interaction_and_one_taken_back_is_none() -> None:
    kept, gone = (
        visit_doing(visit_id=3, customer_key="C1", at=NOON, actor="王芳", noted_at=NOON, removed=removed) for removed in (False, True)
    )
    assert (kept.id, kept.kind, kept.actor, kept.at) == ("visit:3", Kind.VISIT_MADE, "王芳", NOON)
    assert gone.id == kept.id
    assert kept.kind not in NOT_AN_INTERACTION
    assert gone.kind in NOT_AN_INTERACTION


@pytest.mark.parametrize(("result", "told"), [("reached", True), ("rescheduled", True), ("missed", False), ("note", False)])
def test_only_a_follow_up_in_which_somebody_spoke_is_a_call(result: str, told: bool) -> None:
    doing = call_doing(follow_up_id=5, customer_key="C1", at=NOON, actor="王芳", result=result)
    assert (doing is not None) is told
    if doing is not None:
        assert (doing.kind, doing.id, doing.attrs) == (Kind.CALL_MADE, "follow_up:5", {"result": result})


@pytest.mark.parametrize(
    ("medium", "marketing", "kind", "opened"),
    [
        ("email", True, Kind.CAMPAIGN_SENT, Kind.CAMPAIGN_OPENED),
        ("email", False, Kind.MESSAGE_OUT, Kind.MESSAGE_READ),
        ("sms", True, Kind.MESSAGE_OUT, Kind.MESSAGE_READ),
        ("wecom", True, Kind.MESSAGE_OUT, Kind.MESSAGE_READ),
    ],
)
def test_marketing_is_a_campaign_only_where_its_opening_can_be_known(medium: str, marketing: bool, kind: Kind, opened: Kind) -> None:
    message = sent(medium, marketing=marketing)
    told, read = sent_doing(message), opened_doing(message, at=NOON + timedelta(hours=1), clicked=False)
    assert (told.kind, read.kind) == (kind, opened)
    assert told.attrs["thread"] == read.attrs["thread"] == "message:7"
    assert told.attrs.get("campaign") == read.attrs.get("campaign") == ("message:7" if kind is Kind.CAMPAIGN_SENT else None)
    assert told.id != read.id


def test_a_click_corrects_the_opening_that_was_told_before() -> None:
    opened, clicked = (opened_doing(sent(), at=NOON + timedelta(hours=1), clicked=clicked) for clicked in (False, True))
    assert opened.id == clicked.id
    assert "clicked" not in opened.attrs
    assert clicked.attrs["clicked"] is True


def test_an_opening_within_seconds_is_a_machines() -> None:
    assert is_machine(sent_at=NOON, opened_at=NOON + BY_MACHINE - timedelta(seconds=1))
    assert not is_machine(sent_at=NOON, opened_at=NOON + BY_MACHINE)
