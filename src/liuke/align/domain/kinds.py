"""Kinds of activities as files name them: to the vocabulary where a word means one of it, else to a kind of the user's own."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_WORDS = {
    "login": "登录 登陆 登录系统 log_in logged_in sign_in signin user_login",
    "page.viewed": "浏览 浏览页面 页面浏览 访问 查看页面 page_view pageview view_page view visit_page",
    "feature.used": "使用功能 功能使用 使用 点击 feature_use use_feature usage click",
    "visit.made": "拜访 上门拜访 到店 visit visited on_site_visit store_visit",
    "call.made": "电话 通话 致电 回访 call phone_call called",
    "message.in": "客户消息 收到消息 来信 message_received inbound_message",
    "message.out": "发送消息 回复 message_sent outbound_message",
    "order.placed": "下单 购买 成交 order purchase purchased order_placed",
    "order.cancelled": "取消订单 退货 退款 order_cancelled order_canceled refund return",
    "payment.received": "付款 回款 支付 payment paid payment_received",
    "payment.overdue": "逾期 欠款 overdue payment_overdue",
    "ticket.opened": "报修 投诉 提交工单 ticket complaint ticket_opened",
    "campaign.sent": "营销发送 活动触达 campaign_sent",
    "campaign.opened": "营销打开 打开邮件 email_open campaign_opened",
    "coupon.used": "用券 使用优惠券 核销 coupon coupon_used",
}
MEANINGS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""Words that mean a kind of the vocabulary, lower case with `_` for blanks."""


def canonical_kinds(kinds: pa.Array) -> pa.Array:
    """The kind that each text means; an unknown one is kept, lower case with `_` for blanks and hyphens."""
    coded = kinds.dictionary_encode()
    plain = pc.replace_substring_regex(pc.utf8_lower(pc.utf8_trim_whitespace(coded.dictionary)), r"[\s\-]+", "_").to_pylist()
    return pa.array([MEANINGS.get(kind, kind) for kind in plain], pa.string()).take(coded.indices)
