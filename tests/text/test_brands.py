"""Competitors by the lists of a workspace: aliases, own products, exceptions, integrations, slips of the finger."""

from __future__ import annotations

import pytest

from liuke.text import Brand, IntentKind, Lists, TextReader

LISTS = Lists(
    own_brands=("云舟",),
    own_products=("飞书助手",),
    exceptions=("用友好",),
    competitors=(
        Brand("用友", ("yonyou", "U8")),
        Brand("飞书", ("feishu", "lark")),
        Brand("纷享销客"),
        Brand("Salesforce", ("SFDC",)),
        Brand("SAP"),
    ),
)


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader.load(LISTS)


def names(reader: TextReader, text: str) -> list[str]:
    return [mention.name for mention in reader.read([text])[0].competitors]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("用友报价比你们低", ["用友"]),
        ("yonyou 的方案更便宜", ["用友"]),
        ("我们在看U8", ["用友"]),
        ("飛書好用多了", ["飞书"]),
        ("对比了一下 ＳＡＰ", ["SAP"]),
        ("纷享销客和用友都来讲过标", ["纷享销客", "用友"]),
        ("SFDC is cheaper", ["Salesforce"]),
    ],
)
def test_names_and_aliases_lead_to_the_listed_name(reader: TextReader, text: str, named: list[str]) -> None:
    assert names(reader, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "使用友好的界面",
        "用友好方式对比一下",
        "飞书助手比上一版好用",
        "asap please compare",
        "和飞书怎么打通",
        "能用飞书登录吗",
        "从用友导数据过来可以吗",
        "今天天气好",
    ],
)
def test_own_products_exceptions_integrations_and_parts_of_words_are_no_competitors(reader: TextReader, text: str) -> None:
    assert names(reader, text) == []


def test_an_integration_that_is_clearly_compared_counts(reader: TextReader) -> None:
    assert names(reader, "和飞书打通的方案，报价比你们便宜") == ["飞书"]


@pytest.mark.parametrize(("text", "named"), [("对比纷享消客", ["纷享销客"]), ("we compare you with Salesfroce", ["Salesforce"])])
def test_a_slip_of_the_finger_near_a_comparison_is_understood(reader: TextReader, text: str, named: list[str]) -> None:
    assert names(reader, text) == named


@pytest.mark.parametrize("text", ["纷纷享受优惠", "the sales force is here", "对比纷乱的数据"])
def test_what_is_merely_similar_is_not(reader: TextReader, text: str) -> None:
    assert names(reader, text) == []


def test_a_mention_lies_where_the_text_says_it() -> None:
    text = "听说ＹＯＮＹＯＵ报价低"
    (mention,) = TextReader.load(LISTS).read([text])[0].competitors
    assert text[mention.span.start : mention.span.end] == "ＹＯＮＹＯＵ"


def test_with_a_word_of_comparison_the_intent_is_surer(reader: TextReader) -> None:
    bare, compared = (
        next(intent.score for intent in reader.read([text])[0].intents if intent.kind is IntentKind.COMPETITOR)
        for text in ("用友", "用友报价更低")
    )
    assert compared > bare


def test_somebody_else_without_a_name_is_an_intent_without_a_mention(reader: TextReader) -> None:
    reading = reader.read(["别家便宜两成"])[0]
    assert reading.competitors == ()
    assert IntentKind.COMPETITOR in {intent.kind for intent in reading.intents}


def test_without_lists_well_known_vendors_count_when_compared_and_channels_do_not() -> None:
    reader = TextReader.load()
    assert names(reader, "金蝶的报价低一些") == ["金蝶"]
    assert names(reader, "发顺丰吧") == []
    assert names(reader, "京东上也有店") == []


def test_a_friend_of_the_trade_is_a_competitor_without_a_name() -> None:
    assert names(TextReader.load(), "友商都支持了") == ["友商"]
