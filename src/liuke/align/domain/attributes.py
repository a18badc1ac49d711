"""Columns that a user keeps beside the fields: those that signals read get the name and the values that signals know."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.values import NO_WORDS, YES_WORDS

EXTRA = "attr:"
"""Prefix of columns that the user keeps beside the fields; they end in `attrs` under their own header or a name that signals know."""

_FLAGS = {
    "core": "核心功能|是否核心功能|is core|core feature|key function",
    "important": "重要|是否重要|重要消息|is important|important message",
    "key": "关键联系人|是否关键联系人|是否关键人|is key|key contact",
    "complaint": "投诉|是否投诉|is complaint",
    "open": "进行中|是否进行中|is open|still open",
    "full": "全额|是否全额|full fee|paid in full",
    "price": "价格页|是否价格页|price page|is price page",
    "short_of_stock": "缺货|是否缺货|short of stock|out of stock",
}
_OTHERS = {
    "feature": "功能|功能名称|使用功能|feature name",
    "competitor": "竞品|竞品名称|竞争对手|competitor name",
    "topic": "话题|主题分类|issue topic",
    "negative": "负面情绪|负面情绪分|negative emotion",
    "leaving": "离开意向|离开意向分|intent to leave",
    "satisfaction": "满意度百分制|satisfaction 0-100",
    "discount": "优惠金额|折扣金额|discount amount",
    "campaign": "营销活动|活动名称|campaign name|campaign id",
    "coupon": "优惠券|优惠券号|券号|coupon code|coupon id",
    "survey": "问卷类型|survey type",
    "days": "回款天数|回款周期|days to pay",
    "url": "网址|链接地址|page url",
    "thread": "会话编号|thread id",
}
_NOISE = re.compile(r"[\s_\-./:：()（）?？]+")


def _plain(header: str) -> str:
    return _NOISE.sub("", header).lower()


NAMES = {_plain(word): name for table in (_FLAGS, _OTHERS) for name, words in table.items() for word in (name, *words.split("|"))}
"""Headers, without case, blanks and punctuation, that mean an attribute which signals read."""


def kept_attributes(rows: pa.Table) -> dict[str, pa.Array]:
    """The kept columns by the name under which they are stored; flags as truth values.

    Of two columns with one meaning the first gets the name.
    """
    kept: dict[str, pa.Array] = {}
    for column in rows.column_names:
        if column.startswith(EXTRA):
            header, values = column.removeprefix(EXTRA), rows[column].combine_chunks()
            meant = NAMES.get(_plain(header), header)
            name = header if meant in kept else meant
            kept[name] = _flags(values) if name in _FLAGS else values
    return kept


def _flags(texts: pa.Array) -> pa.Array:
    """Truth values of words; the texts as they are where one of them is no such word."""
    lower = pc.utf8_lower(pc.cast(texts, pa.string()))
    flags = pc.if_else(pc.is_in(lower, value_set=YES_WORDS), True, pc.if_else(pc.is_in(lower, value_set=NO_WORDS), False, None))
    return flags if flags.null_count == texts.null_count else texts


_CLOSED = r"(?i)赢单|输单|丢单|成交|成单|签约|关闭|终止|放弃|失败|完成|^won\b|^lost\b|closed|cancel|abandon"


def is_open(stages: pa.Array) -> pa.Array:
    """Whether a deal in such a stage is still open; null where no stage is given."""
    return pc.invert(pc.match_substring_regex(stages, _CLOSED))


def satisfaction(scores: pa.Array, scales: pa.Array) -> pa.Array:
    """Scores 0–10 of `nps` and 1–5 of `csat` on one scale, 0 (worst) to 100; null for other scales and beyond their ends."""
    nps = pc.and_(pc.equal(scales, "nps"), pc.and_(pc.greater_equal(scores, 0.0), pc.less_equal(scores, 10.0)))
    csat = pc.and_(pc.equal(scales, "csat"), pc.and_(pc.greater_equal(scores, 1.0), pc.less_equal(scores, 5.0)))
    of_csat = pc.if_else(pc.fill_null(csat, False), pc.multiply(pc.subtract(scores, 1.0), 25.0), pa.nulls(len(scores), pa.float64()))
    return pc.if_else(pc.fill_null(nps, False), pc.multiply(scores, 10.0), of_csat)
