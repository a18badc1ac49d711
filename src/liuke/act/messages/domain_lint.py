"""What carriers refuse in an SMS, as warnings: nobody is kept from saving. Pure.

Sources: Tencent's template rules of 2025-06-17 (召回, coupons, 加微信, links in variables), Aliyun's on marketing and notices
(拒收请回复R belongs to the one and not to the other).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.domain import LINK, VARIABLE, Template

RISKY = (
    "召回",
    "优惠券",
    "代金券",
    "红包",
    "加微信",
    "加我微信",
    "扫码添加",
    "微信号",
    "抽奖",
    "中奖",
    "问卷",
    "调查",
    "到店",
    "积分兑换",
    "免费领",
)
OPT_OUT = "拒收请回复R"
_LINKED = ("链接", "网址", "url", "link")
_SINGLE, _PART = 70, 67
"""An SMS has 70 characters; the parts of a longer one have 67 each."""


@dataclass(frozen=True, slots=True)
class LintWarning:
    """One thing that a carrier may refuse; `code` names `lint.<code>`."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def lint(template: Template) -> list[LintWarning]:
    """Warnings for a template that may go as SMS; none for others."""
    if "sms" not in template.media:
        return []
    body = template.body
    found = _words(body)
    has_optout = OPT_OUT in body.replace(" ", "").upper()
    if template.purpose is Purpose.MARKETING and not has_optout:
        found.append(LintWarning("no_optout"))
    if template.purpose is Purpose.SERVICE and has_optout:
        found.append(LintWarning("optout_in_service"))
    if not template.sms_template:
        found.append(LintWarning("no_sms_template"))
    if len(body) > _SINGLE:
        found.append(LintWarning("long", {"signs": len(body), "parts": -(-len(body) // _PART)}))
    return found


def _words(body: str) -> list[LintWarning]:
    """Words that carriers refuse, and links, written out or put in by a variable."""
    found = [LintWarning("risky_word", {"word": word}) for word in RISKY if word in body]
    if LINK.search(body):
        found.append(LintWarning("link"))
    names = [name for name in dict.fromkeys(VARIABLE.findall(body)) if any(part in name.lower() for part in _LINKED)]
    return found + [LintWarning("link_variable", {"name": name}) for name in names]
