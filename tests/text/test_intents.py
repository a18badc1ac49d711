"""What customers want, with traps: words that look like an intent and are none."""

from __future__ import annotations

import pytest

from liuke.text import Brand, IntentKind, Lists, Reading, TextReader


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader.load()


def kinds(reading: Reading) -> set[str]:
    return {intent.kind.value for intent in reading.intents}


@pytest.mark.parametrize(
    "text",
    [
        "明年不打算续约了",
        "续费先别给我扣，我要停掉自动续费",
        "帮我销户",
        "想解约，流程是什么",
        "我们在考虑别的服务商",
        "下个月切到集团统一的平台",
        "退订",
        "年底就不用了",
        "以后再也不来了",
        "請問怎麼取消續費",
        "我們要換供應商了",
        "I want to cancel my subscription",
        "We won't renew the contract",
        "please close our account",
        "we are moving to another vendor",
    ],
)
def test_leaving_is_read(reader: TextReader, text: str) -> None:
    assert "leave" in kinds(reader.read([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "没有不续费的意思",
        "我们不会换系统",
        "换个头像怎么弄",
        "换行怎么输入",
        "怎么换绑手机",
        "取消明天的培训",
        "离职员工账号怎么停用",
        "注销登录",
        "停用的商品还能查到吗",
        "不打算换供应商，放心",
        "续费后多久生效",
        "please cancel tomorrow's meeting",
        "we are not going to cancel",
        "转到下一页",
    ],
)
def test_words_of_leaving_that_mean_something_else_are_no_leaving(reader: TextReader, text: str) -> None:
    assert "leave" not in kinds(reader.read([text])[0])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我要投诉你们", "escalation"),
        ("再这样我打12315", "escalation"),
        ("叫你们经理给我打电话", "escalation"),
        ("see you in court", "escalation"),
        ("一年多少钱", "price"),
        ("能再便宜点吗", "price"),
        ("how much is the pro plan", "price"),
        ("有没有老客户优惠", "price"),
        ("账期能到90天吗", "terms"),
        ("可以分期付款吗", "terms"),
        ("could we pay quarterly", "terms"),
        ("暂时不需要，谢谢", "refusal"),
        ("不感兴趣", "refusal"),
        ("stop calling me", "refusal"),
        ("今年先不续", "refusal"),
        ("服务很周到，点赞", "praise"),
        ("great support, thank you", "praise"),
        ("用着很顺手", "praise"),
        ("已经好了，谢谢", "resolved"),
        ("刚才恢复正常了", "resolved"),
        ("the issue is fixed", "resolved"),
        ("升级之后再也没掉线", "resolved"),
    ],
)
def test_each_kind_is_read_with_its_words(reader: TextReader, text: str, kind: str) -> None:
    reading = reader.read([text])[0]
    (intent,) = [intent for intent in reading.intents if intent.kind.value == kind]
    assert 0 < intent.score <= 100
    assert intent.spans
    assert all(text[span.start : span.end].strip() for span in intent.spans)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("投诉模块在哪里", "escalation"),
        ("不是要投诉，问问进度", "escalation"),
        ("上次投诉的事处理好了", "escalation"),
        ("问题还没解决", "resolved"),
        ("什么时候能恢复正常", "resolved"),
        ("说修好了结果又坏", "resolved"),
        ("解决了吗", "resolved"),
        ("一点都不好用", "praise"),
        ("服务不太满意", "praise"),
        ("not happy with the service", "praise"),
        ("呵呵，真棒，又崩了", "praise"),
    ],
)
def test_negated_asked_or_ironic_words_are_no_intent(reader: TextReader, text: str, kind: str) -> None:
    assert kind not in kinds(reader.read([text])[0])


def test_intents_come_in_one_order_and_once_each(reader: TextReader) -> None:
    reading = reader.read(["不续了不续了，价格太贵，我要投诉，12315见"])[0]
    order = [intent.kind for intent in reading.intents]
    assert order == sorted(order, key=list(IntentKind).index)
    assert len(order) == len(set(order))
    assert {"leave", "escalation"} <= {kind.value for kind in order}


def test_two_ways_of_saying_it_are_surer_than_one(reader: TextReader) -> None:
    one, two = (reader.read([text])[0].intents[0].score for text in ("我要解约", "我要解约，明年不用了，换一家供应商"))
    assert two > one


def test_a_leave_phrase_of_the_workspace_counts() -> None:
    reader = TextReader.load(Lists(leave_phrases=("打包带走数据",)))
    text = "下月打包带走数据"
    (intent,) = [i for i in reader.read([text])[0].intents if i.kind is IntentKind.LEAVE]
    assert [text[span.start : span.end] for span in intent.spans] == ["打包带走数据"]


def test_a_phrase_with_a_gap_counts_with_any_listed_competitor_and_not_without() -> None:
    lists = Lists(competitors=(Brand("蓝鲸云", ("bluewhale",)),), leave_phrases=("跟{brand}签了",))
    reader = TextReader.load(lists)
    assert "leave" in kinds(reader.read(["我们昨天跟蓝鲸云签了"])[0])
    assert "leave" in kinds(reader.read(["我们跟对面的BlueWhale 签了"])[0])
    assert "leave" not in kinds(reader.read(["我们昨天跟财务签了"])[0])


def test_an_exception_of_the_workspace_takes_its_words_back() -> None:
    text = "周末解约活动怎么报名"
    assert "leave" in kinds(TextReader.load().read([text])[0])
    assert "leave" not in kinds(TextReader.load(Lists(exceptions=("解约活动",))).read([text])[0])
