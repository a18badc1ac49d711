"""The reader as a whole: the emotion of service messages that were written for these tests and trained on by nobody."""

from __future__ import annotations

import pytest

from liuke.text import Lists, Reading, Span, TextReader, TopicList, emotion
from liuke.text.plain import reading_to_plain


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader.load()


UPSET = [
    "催了好几遍都没人处理，你们到底管不管？？",
    "第五次掉线了，客户都在投诉我们",
    "又卡死了，真是受够了",
    "等了两个星期，退款还是没到账",
    "呵呵，又崩了，可真稳定",
    "再不修好我就去12315投诉",
    "客服态度恶劣，一问三不知",
    "花了钱买气受，太失望了",
    "This is the fourth time it crashed and nobody answers",
    "Terrible service, I want my money back",
    "系統又當機了，等了三天沒人理",
    "刚买一周就坏了，质量太差",
]
CALM = [
    "请问投诉分类在哪个菜单设置",
    "报错日志我发您邮箱了，麻烦看下",
    "第三次培训安排在哪天",
    "问题已经解决了，谢谢",
    "没有要投诉的意思，只是问问进度",
    "下周三上午开会，方便吗",
    "发票抬头改成分公司的，谢谢",
    "垃圾邮件过滤规则怎么写",
    "等我们三天，盖好章就寄",
    "Could you send me the API docs, please?",
    "All good now, thank you",
    "用着挺好，续约合同发我吧",
]


@pytest.mark.parametrize("text", UPSET)
def test_upset_messages_are_over_the_limit(reader: TextReader, text: str) -> None:
    reading = reader.read([text])[0]
    assert reading.emotion > 65
    assert reading.spans


@pytest.mark.parametrize("text", CALM)
def test_calm_messages_are_below_the_middle(reader: TextReader, text: str) -> None:
    reading = reader.read([text])[0]
    assert reading.emotion < 50
    assert reading.spans == ()


def test_the_words_that_showed_it_are_told() -> None:
    text = "麻烦看一下，没人理我，又崩了"
    spans = TextReader.load().read([text])[0].spans
    assert [text[span.start : span.end] for span in spans] == ["没人理", "又崩"]


def test_the_short_way_to_emotion_gives_the_same_numbers(reader: TextReader) -> None:
    texts = [*UPSET, *CALM, "", "好的"]
    assert emotion(texts) == [reading.emotion for reading in reader.read(texts)]


@pytest.mark.parametrize(
    "text", ["好的", "收到", "嗯嗯", "OK", "好的，谢谢！", "收到👌", "知道了", "ok thanks", "明白，辛苦了", "嗯，好", "你好"]
)
def test_acknowledgements_are_told_apart_and_calm(reader: TextReader, text: str) -> None:
    reading = reader.read([text])[0]
    assert reading.acknowledgement
    assert reading.emotion <= 15


@pytest.mark.parametrize(
    "text",
    ["好的，但是什么时候能修好", "收到的货是坏的", "", "👌", "好吗?", "你们说什么都对", "行吧，随便你们", "好贵", "谢谢你们让我白等一天"],
)
def test_what_says_more_than_seen_is_no_acknowledgement(reader: TextReader, text: str) -> None:
    assert not reader.read([text])[0].acknowledgement


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("快递三天没动了", "delivery"),
        ("衣服掉色，做工太差", "quality"),
        ("凭什么乱扣费", "price"),
        ("系统又打不开了，一直转圈", "fault"),
        ("客服态度太差", "service"),
        ("退款和发票都没给", "after_sales"),
        ("发错货了，跟图片不一样", "mismatch"),
        ("the app crashed again", "fault"),
        ("I want a refund", "after_sales"),
    ],
)
def test_topics_are_told_with_their_words(reader: TextReader, text: str, code: str) -> None:
    topics = {topic.code: topic for topic in reader.read([text])[0].topics}
    assert code in topics
    assert all(text[span.start : span.end].strip() for span in topics[code].spans)


def test_a_message_can_have_several_topics_and_their_order_is_fixed(reader: TextReader) -> None:
    codes = [topic.code for topic in reader.read(["快递慢，客服不理人，退款也不给"])[0].topics]
    assert {"delivery", "service", "after_sales"} <= set(codes)
    assert codes == sorted(codes)


def test_a_message_about_nothing_listed_has_no_topic(reader: TextReader) -> None:
    assert reader.read(["下周三上午十点见"])[0].topics == ()


def test_an_exception_takes_a_topic_word_back() -> None:
    reader = TextReader.load(Lists(exceptions=("快递柜模块",), topics=(TopicList("delivery", "物流", ()),)))
    assert reader.read(["快递柜模块怎么开"])[0].topics == ()


def test_readings_come_in_the_order_of_the_texts_and_none_is_left_out(reader: TextReader) -> None:
    texts = ["太差劲了，气死我了", "", "好的", "太差劲了，气死我了"]
    readings = reader.read(texts)
    assert len(readings) == 4
    assert readings[0] == readings[3]
    assert reader.read([]) == []


def test_a_reading_as_plain_data_has_all_that_it_says(reader: TextReader) -> None:
    text = "金蝶报价比你们低，再不修好就不续了"
    plain = reading_to_plain(reader.read([text])[0])
    assert plain["competitor"] == "金蝶"
    assert plain["competitors"] == [{"name": "金蝶", "span": [0, 2]}]
    assert {intent["kind"] for intent in plain["intents"]} >= {"leave", "competitor"}  # type: ignore[attr-defined]
    assert set(plain) == {"emotion", "topics", "intents", "competitor", "competitors", "acknowledgement", "spans", "version"}


def test_spans_sort_by_place() -> None:
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


def test_a_reading_cannot_be_changed(reader: TextReader) -> None:
    reading: Reading = reader.read(["好的"])[0]
    with pytest.raises(AttributeError):
        reading.emotion = 99  # type: ignore[misc]
