"""Feishu's group robot: its signature, its limits and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.feishu.robot import Robot, sign
from liuke.vendors.http import Wire
from liuke.vendors.state import InMemoryLimits
from tests.simulators.feishu import Feishu
from tests.simulators.server import Clock

TEXT = {"msg_type": "text", "content": {"text": "高危"}}


@pytest.fixture
def robot(feishu: Feishu) -> Robot:
    return Robot(Wire(feishu.base_url), "hook1", "demo", InMemoryLimits(feishu.clock), feishu.clock)


def test_the_signature_is_that_of_the_vector() -> None:
    assert sign("demo", 1700000000) == "8oT2n3SMKFfEnDoiwer8BUM/SjKLwe9SqoEIHlhDTKo="


def test_time_in_seconds_and_signature_travel_in_the_body(robot: Robot, feishu: Feishu) -> None:
    robot.post(TEXT)
    body = feishu.robot_posts[0]
    assert body["timestamp"] == str(int(feishu.clock().timestamp()))
    assert body["content"] == {"text": "高危"}


def test_without_a_secret_nothing_is_signed(robot: Robot, feishu: Feishu) -> None:
    feishu.robot_secret = ""
    replace(robot, secret="").post(TEXT)
    assert "sign" not in feishu.robot_posts[0]


def test_the_sixth_of_a_second_and_the_101st_of_a_minute_wait_here(robot: Robot, feishu: Feishu) -> None:
    for n in range(100):
        if n and n % 5 == 0:
            feishu.clock.move(seconds=1)
        robot.post(TEXT)
    with pytest.raises(Busy) as busy:
        robot.post(TEXT)
    assert busy.value.again_in == 1.0
    feishu.clock.move(seconds=1)
    with pytest.raises(Busy) as minute:
        robot.post(TEXT)
    assert minute.value.again_in == 40.0
    assert len(feishu.asked("/open-apis/bot/")) == 100


def test_a_robot_that_others_used_up_is_busy(robot: Robot, feishu: Feishu) -> None:
    elsewhere = replace(robot, limits=InMemoryLimits(feishu.clock))
    for _ in range(5):
        elsewhere.post(TEXT)
    with pytest.raises(Busy) as busy:
        robot.post(TEXT)
    assert busy.value.code == "11232"


def test_a_stale_or_wrong_signature_is_19021(robot: Robot, feishu: Feishu) -> None:
    slow = Clock(feishu.clock())
    slow.move(hours=-1, seconds=-1)
    for wrong in (replace(robot, now=slow), replace(robot, secret="other"), replace(robot, secret="")):
        with pytest.raises(Rejected) as refused:
            wrong.post(TEXT)
        assert refused.value.code == "19021"


def test_a_missing_keyword_is_19024(robot: Robot, feishu: Feishu) -> None:
    feishu.keyword = "留客"
    with pytest.raises(Rejected) as refused:
        robot.post(TEXT)
    assert refused.value.code == "19024"


def test_more_than_20_kb_is_refused_before_it_is_sent(robot: Robot, feishu: Feishu) -> None:
    with pytest.raises(Rejected) as refused:
        robot.post({"msg_type": "text", "content": {"text": "汉" * 7000}})
    assert (refused.value.code, feishu.log) == ("9499", [])


def test_a_message_without_a_type_is_9499(robot: Robot) -> None:
    with pytest.raises(Rejected) as refused:
        robot.post({})
    assert refused.value.code == "9499"
