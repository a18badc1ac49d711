"""Kinds of activities as files name them: to the vocabulary where a word means one of it, else to a kind of the user's own."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_WORDS = {
    "login": "登录 登陆 登录系统 log_in logged_in sign_in signin user_login",
    "page.viewed": "浏览 浏览页面 页面浏览 访问 查看页面 page_view pageview view_page view visit_page",
    "feature.used": "使用功能 功能使用 使用 点击 feature_use use_feature usage click",
    "visit.made": "拜访 上门拜访 visit visited on_site_visit",
    "store.visited": "到店 进店 到店访问 store_visit store_visited shop_visit",
    "guide.reported": "导购反馈 guide_report guide_feedback",
    "call.made": "电话 通话 致电 回访 call phone_call called",
    "message.in": "客户消息 收到消息 来信 message_received inbound_message",
    "message.out": "发送消息 回复 message_sent outbound_message",
    "order.placed": "下单 购买 成交 order purchase purchased order_placed",
    "order.cancelled": "取消订单 退货 order_cancelled order_canceled return",
    "order.delayed": "延迟发货 延期交付 order_delayed delivery_delayed late_delivery",
    "refund.made": "退款 已退款 refund refunded refund_made",
    "cart.abandoned": "弃购 放弃购物车 cart_abandoned abandoned_cart",
    "quote.requested": "询价 询价单 quote_request quote_requested rfq",
    "terms.bargained": "议价 账期谈判 terms_bargained bargaining",
    "fee.paid": "缴费 续费扣款 fee_paid subscription_charge",
    "balance.changed": "余额变动 balance_change balance_changed",
    "plan.changed": "套餐变更 升级 降级 plan_change plan_changed upgrade downgrade",
    "credit.used": "授信使用 额度使用 credit_used credit_usage",
    "payment.received": "付款 回款 支付 payment paid payment_received",
    "payment.due": "账单到期 应付款到期 payment_due due",
    "payment.overdue": "逾期 欠款 overdue payment_overdue",
    "message.read": "消息已读 已读 message_read read_message",
    "group.message": "群消息 社群发言 group_message",
    "info.sent": "发送报价 发送资料 信息送达 info_sent quote_sent notice_sent",
    "info.viewed": "查看报价 查看资料 信息已查看 info_viewed quote_viewed notice_viewed",
    "session.ended": "会话结束 退出 session_end session_ended logout",
    "usage.measured": "用量 使用率 usage_measured usage_reading",
    "trial.started": "试用开通 开始试用 试用激活 trial_start trial_started trial_activated",
    "api.called": "接口调用 api调用 api_call api_calls api_called",
    "data.exported": "数据导出 批量导出 导出 export data_export data_exported",
    "collaborator.removed": "移除协作者 移除成员 collaborator_removed member_removed seat_removed",
    "account.closed": "注销 销户 账户注销 account_closed account_deleted",
    "training.asked": "培训提问 training_question training_asked",
    "training.answered": "培训答复 培训回答 training_answer training_answered",
    "qbr.held": "季度回顾 qbr qbr_held",
    "qbr.missed": "错过季度回顾 缺席季度回顾 qbr_missed",
    "search.failed": "搜索失败 搜索无结果 文档搜索失败 search_failed no_results",
    "rating.given": "评分 评价 打分 rating rated rating_given review",
    "contract.renewed": "续约 已续约 续签 contract_renewed renewed renewal",
    "renewal.started": "启动续约 renewal_started",
    "renewal.contacted": "续约沟通 renewal_contacted",
    "renewal.refused": "拒绝续约 拒绝续约提醒 renewal_refused renewal_declined",
    "competitor.visited": "访问竞品 浏览竞品 competitor_visit competitor_visited",
    "competitor.trial": "竞品试用 注册竞品试用 competitor_trial",
    "mention.found": "舆情 社交媒体提及 mention social_mention",
    "wecom.contact_deleted": "删除员工 客户删除员工 被客户删除 del_follow_user contact_deleted",
    "contact.left": "联系人离职 联系人离开 contact_left",
    "contact.changed": "联系人变更 更换联系人 contact_changed",
    "ticket.opened": "报修 投诉 提交工单 ticket complaint ticket_opened",
    "campaign.sent": "营销发送 活动触达 campaign_sent",
    "campaign.opened": "营销打开 打开邮件 email_open campaign_opened",
    "coupon.issued": "发券 发放优惠券 coupon_issued coupon_sent",
    "coupon.used": "用券 使用优惠券 核销 coupon coupon_used",
}
MEANINGS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""Words that mean a kind of the vocabulary, lower case with `_` for blanks."""
_MADE = ("order.placed", "order.line", "ticket.closed", "survey.answered", "contract.started", "contract.ends", "opportunity.moved")
VOCABULARY = frozenset(MEANINGS.values()) | {*_MADE, "payment.settled"}
"""Every kind that is not a user's own: what words mean, and what files of other entities become."""


def canonical_kinds(kinds: pa.Array) -> pa.Array:
    """The kind that each text means; an unknown one is kept, lower case with `_` for blanks and hyphens."""
    coded = kinds.dictionary_encode()
    plain = pc.replace_substring_regex(pc.utf8_lower(pc.utf8_trim_whitespace(coded.dictionary)), r"[\s\-]+", "_").to_pylist()
    return pa.array([MEANINGS.get(kind, kind) for kind in plain], pa.string()).take(coded.indices)
