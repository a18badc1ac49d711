"""The group robots of DingTalk and Feishu as channels (ALT-01)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from liuke.act.channels import KINDS
from liuke.act.channels.dingtalk_robot.send import access_token
from liuke.act.channels.dingtalk_robot.send import text_of as dingtalk_text
from liuke.act.channels.feishu_robot.send import hook_of
from liuke.act.channels.feishu_robot.send import text_of as feishu_text
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, Unknown
from tests.act.channels.cards import PLAIN
from tests.act.targets import target
from tests.simulators.dingtalk import DingTalk
from tests.simulators.feishu import Feishu
from tests.simulators.server import Cut

DINGTALK, FEISHU = KINDS["dingtalk_robot"], KINDS["feishu_robot"]


@pytest.fixture
def dingtalk() -> Iterator[DingTalk]:
    with DingTalk() as running:
        yield running


@pytest.fixture
def feishu() -> Iterator[Feishu]:
    with Feishu() as running:
        yield running


def robot(sim: DingTalk | Feishu, **secrets: str) -> ChannelTarget:
    return target({"base_url": sim.base_url}, secrets, now=sim.clock)


def test_a_dingtalk_group_hears_it_once(dingtalk: DingTalk) -> None:
    to = robot(dingtalk, access_token="rt", sign_secret="SECdemo")
    assert [DINGTALK.send(PLAIN, to) for _ in range(2)] == [Delivered(), Delivered()]
    assert dingtalk.robot_posts[0]["markdown"] == {"title": "预警摘要", "text": dingtalk_text(PLAIN)}
    assert len(dingtalk.robot_posts) == 1


def test_the_whole_webhook_address_may_be_pasted() -> None:
    assert access_token("https://oapi.dingtalk.com/robot/send?access_token=rt") == access_token(" rt ") == "rt"
    assert hook_of("https://open.feishu.cn/open-apis/bot/v2/hook/hook1") == hook_of(" hook1 ") == "hook1"


def test_people_are_called_by_mobile_or_user_id(dingtalk: DingTalk) -> None:
    DINGTALK.send(replace(PLAIN, mentions=("+8613800000000", "zhang")), robot(dingtalk, access_token="rt", sign_secret="SECdemo"))
    assert dingtalk.robot_posts[0]["at"] == {"atMobiles": ["13800000000"], "atUserIds": ["zhang"], "isAtAll": False}


def test_the_21st_message_of_a_minute_waits_without_being_sent(dingtalk: DingTalk) -> None:
    to = robot(dingtalk, access_token="rt", sign_secret="SECdemo")
    results = [DINGTALK.send(replace(PLAIN, key=str(n)), to) for n in range(21)]
    assert results[:20] == [Delivered()] * 20
    assert results[20] == Failed("vendor_limited", {"code": "limited", "said": "20 a minute"}, transient=True, again_in=60.0)


@pytest.mark.parametrize(
    ("secrets", "code"),
    [({}, "dingtalk_400101"), ({"access_token": "rt"}, "dingtalk_310000"), ({"access_token": "x"}, "dingtalk_400101")],
)
def test_dingtalks_refusals_have_words(dingtalk: DingTalk, secrets: dict[str, str], code: str) -> None:
    refused = DINGTALK.send(PLAIN, robot(dingtalk, **secrets))
    assert isinstance(refused, Failed)
    assert (refused.code, refused.transient) == (code, False)


def test_a_keyword_is_put_on_top_where_it_is_missing() -> None:
    assert dingtalk_text(PLAIN, "留客").startswith("留客  \n新增 3 条")
    assert feishu_text(PLAIN, "留客").startswith("留客\n新增 3 条")
    assert dingtalk_text(PLAIN, "新增") == dingtalk_text(PLAIN)
    assert feishu_text(PLAIN, "新增") == feishu_text(PLAIN)


def test_a_feishu_group_hears_it_with_its_link(feishu: Feishu) -> None:
    assert FEISHU.send(PLAIN, robot(feishu, hook="hook1", sign_secret="demo")) == Delivered()
    assert feishu.robot_posts[0]["content"] == {"text": f"{PLAIN.text}\n{PLAIN.link}"}


def test_what_people_have_typed_mentions_nobody_and_we_mention_whom_we_mean() -> None:
    said = feishu_text(replace(PLAIN, text='<at user_id="all"></at>', mentions=("ou_1", "+8613800000000")))
    assert said.count("<at") == 1
    assert said.endswith('<at user_id="ou_1"></at>')


def test_an_unanswered_post_to_feishu_is_unknown_because_it_cannot_tell_a_repeat(feishu: Feishu) -> None:
    feishu.fails("/open-apis/bot/", Cut.AFTER)
    result = FEISHU.send(PLAIN, robot(feishu, hook="hook1", sign_secret="demo"))
    assert isinstance(result, Unknown)
    assert result.code == "vendor_no_answer"


@pytest.mark.parametrize(
    ("secrets", "code"),
    [({}, "feishu_19001"), ({"hook": "hook1"}, "feishu_19021"), ({"hook": "hook1", "sign_secret": "x"}, "feishu_19021")],
)
def test_feishus_refusals_have_words(feishu: Feishu, secrets: dict[str, str], code: str) -> None:
    refused = FEISHU.send(PLAIN, robot(feishu, **secrets))
    assert isinstance(refused, Failed)
    assert (refused.code, refused.transient) == (code, False)


def test_the_sixth_of_a_second_waits(feishu: Feishu) -> None:
    to = robot(feishu, hook="hook1", sign_secret="demo")
    results = [FEISHU.send(PLAIN, to) for _ in range(6)]
    assert isinstance(results[5], Failed)
    assert (results[5].transient, results[5].again_in, len(feishu.robot_posts)) == (True, 1.0, 5)
