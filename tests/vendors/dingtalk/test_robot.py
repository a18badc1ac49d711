"""The group robot: its signature, its limit and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.dingtalk.robot import Robot, markdown, sign
from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits
from tests.simulators.dingtalk import DingTalk
from tests.simulators.server import Clock


@pytest.fixture
def robot(dingtalk: DingTalk) -> Robot:
    return Robot(Wire(dingtalk.base_url), "rt", "SECdemo", InMemoryLimits(dingtalk.clock), dingtalk.clock)


def test_the_signature_is_that_of_the_vector() -> None:
    assert sign("SECdemo", 1700000000000) == "lOvVf9TQCVugV68mGbSZCg0gzOl1SVjxWi1MyVZCUuA%3D"


def test_a_message_arrives_with_the_people_it_names(robot: Robot, dingtalk: DingTalk) -> None:
    robot.post(markdown("高危", "客户甲", mobiles=("13800000000",), users=("zhang",)), key="k")
    body = dingtalk.robot_posts[0]
    assert body["markdown"] == {"title": "高危", "text": "客户甲 @13800000000 @zhang"}
    assert body["at"] == {"atMobiles": ["13800000000"], "atUserIds": ["zhang"], "isAtAll": False}


def test_the_sign_in_the_address_is_encoded_once(robot: Robot, dingtalk: DingTalk) -> None:
    robot.post(markdown("a", "b"), key="k")
    asked = dingtalk.asked("/robot/send")[0]
    assert asked.query["sign"] == unquote(sign("SECdemo", int(asked.query["timestamp"])))


def test_the_same_key_is_the_same_message(robot: Robot, dingtalk: DingTalk) -> None:
    for _ in range(2):
        robot.post(markdown("a", "b"), key="k")
    assert len(dingtalk.robot_posts) == 1


def test_the_21st_message_of_a_minute_waits_here(robot: Robot, dingtalk: DingTalk) -> None:
    for n in range(20):
        robot.post(markdown("a", "b"), key=str(n))
    with pytest.raises(Busy) as busy:
        robot.post(markdown("a", "b"), key="20")
    assert busy.value.again_in == 60.0
    assert len(dingtalk.asked("/robot/send")) == 20
    dingtalk.clock.move(seconds=60)
    robot.post(markdown("a", "b"), key="20")
    assert len(dingtalk.robot_posts) == 21


def test_a_robot_that_others_used_up_is_left_alone_for_ten_minutes(robot: Robot, dingtalk: DingTalk) -> None:
    elsewhere = replace(robot, limits=InMemoryLimits(dingtalk.clock))
    for n in range(20):
        elsewhere.post(markdown("a", "b"), key=str(n))
    with pytest.raises(Busy) as busy:
        robot.post(markdown("a", "b"), key="x")
    assert (busy.value.code, busy.value.again_in) == ("410100", 600.0)
    dingtalk.clock.move(minutes=9, seconds=59)
    with pytest.raises(Busy):
        robot.post(markdown("a", "b"), key="x")
    dingtalk.clock.move(seconds=1)
    robot.post(markdown("a", "b"), key="x")
    assert len(dingtalk.robot_posts) == 21


def test_a_stale_or_wrong_signature_is_310000(robot: Robot, dingtalk: DingTalk) -> None:
    slow = Clock(dingtalk.clock())
    slow.move(hours=-1, seconds=-1)
    for wrong in (replace(robot, now=slow), replace(robot, secret="other"), replace(robot, secret="")):
        with pytest.raises(Rejected) as refused:
            wrong.post(markdown("a", "b"), key="k")
        assert refused.value.code == "310000"


def test_an_hour_of_skew_is_still_taken(robot: Robot, dingtalk: DingTalk) -> None:
    slow = Clock(dingtalk.clock())
    slow.move(hours=-1)
    replace(robot, now=slow).post(markdown("a", "b"), key="k")
    assert len(dingtalk.robot_posts) == 1


def test_keyword_token_and_switch_are_told_apart(robot: Robot, dingtalk: DingTalk) -> None:
    def code(of: Robot) -> str:
        with pytest.raises(Rejected) as refused:
            of.post(markdown("a", "b"), key="k")
        return refused.value.code

    dingtalk.keyword = "留客"
    assert code(robot) == "310000"
    assert code(replace(robot, access_token="other")) == "400101"
    dingtalk.disabled = True
    assert code(robot) == "400102"
