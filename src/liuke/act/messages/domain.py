"""Templates and how they are filled. Pure: a missing variable is a refusal, never a blank."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from liuke.act.governor.domain import NO_BUDGET, Budget, CouponOffer
from liuke.act.governor.domain_policy import MEDIA, Purpose
from liuke.base.faults import Faults

VARIABLE = re.compile(r"\{\{\s*([^{}\s]{1,30})\s*\}\}")
LINK = re.compile(r"https?://[^\s<>\"'，。；）)]+")
GIVEN_VARIABLES = ("客户名", "联系人", "客户经理", "经理电话", "公司", "今天", "合同到期日", "满意度问卷", "推荐问卷", "离开访谈")
"""What every message can say by itself; anything else comes with the request."""
CODE = re.compile(r"^[a-z][a-z0-9_]{1,58}$")
SUBJECT, BODY = 200, 4000


@dataclass(frozen=True, slots=True)
class Template:
    """A message as it is written. `media`: over which it may go; `sms_template`: the carrier-approved template's code."""

    code: str
    name: str
    purpose: Purpose
    media: tuple[str, ...]
    subject: str
    body: str
    sms_template: str = ""
    about: str = ""
    open_pixel: bool = False
    """Whether its mails carry the picture that tells of their opening, where the workspace allows it at all."""
    number: int = 0
    """The workspace's version; 0 = as shipped."""
    archived: bool = False

    @property
    def channels(self) -> tuple[str, ...]:
        """The media, by the name that playbooks use."""
        return self.media

    def variables(self) -> tuple[str, ...]:
        """Every variable of subject and body, in order, once."""
        return tuple(dict.fromkeys(VARIABLE.findall(f"{self.subject}\n{self.body}")))


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """A message that somebody wants to send. `key` makes it one message however often it is asked for.

    `channel`: a medium (`sms`, `email`, `wecom`) or a kind of channel (`sms_aliyun`); a medium takes the workspace's first one.
    """

    customer_id: int
    channel: str
    template_code: str
    purpose: Purpose
    key: str
    enrolment_id: int | None = None
    playbook_id: int | None = None
    cost: Decimal = Decimal(0)
    variables: tuple[tuple[str, str], ...] = ()
    coupon: CouponOffer | None = None
    budget: Budget = NO_BUDGET
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its variables put in."""

    subject: str
    text: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """Variables that nobody gave a value for."""

    names: tuple[str, ...]


def fill(template: Template, values: Mapping[str, str]) -> Filled | Missing:
    """The message for one customer; variables without a value, or with a blank one, are told."""
    wanted = template.variables()
    missing = tuple(name for name in wanted if not values.get(name, "").strip())
    if missing:
        return Missing(missing)
    return Filled(
        _put(template.subject, values)[:SUBJECT].replace("\n", " "), _put(template.body, values), {name: values[name] for name in wanted}
    )


def _put(text: str, values: Mapping[str, str]) -> str:
    return VARIABLE.sub(lambda match: values[match.group(1)], text)


def template_plain(template: Template) -> dict[str, object]:
    """As JSON, without what the row says."""
    return {
        "name": template.name,
        "purpose": template.purpose.value,
        "media": list(template.media),
        "subject": template.subject,
        "body": template.body,
        "sms_template": template.sms_template,
        "about": template.about,
        "open_pixel": template.open_pixel,
    }


def template_read(code: str, plain: Mapping[str, object], *, number: int = 0) -> Template:
    """A template from plain data that `template_faults` has found sound."""
    media = plain.get("media")
    return Template(
        code=code,
        name=str(plain["name"]),
        purpose=Purpose(str(plain["purpose"])),
        media=tuple(str(medium) for medium in media) if isinstance(media, list | tuple) else (),
        subject=str(plain.get("subject", "")),
        body=str(plain["body"]),
        sms_template=str(plain.get("sms_template", "")),
        about=str(plain.get("about", "")),
        open_pixel=plain.get("open_pixel") is True,
        number=number,
    )


def template_faults(template: Template) -> Faults:
    """Everything that is wrong with a template, at once."""
    faults, media = Faults(), ", ".join(template.media)
    faults.unless(bool(CODE.match(template.code)), "code", template.code, "a-z 0-9 _")
    faults.unless(0 < len(template.name.strip()) <= 80, "name", template.name, "1–80")
    faults.unless(bool(template.media) and set(template.media) <= set(MEDIA), "media", media, " | ".join(MEDIA))
    faults.unless(len(template.subject) <= SUBJECT, "subject", len(template.subject), f"≤ {SUBJECT}")
    faults.unless("email" not in template.media or bool(template.subject.strip()), "subject", "", "≥ 1")
    faults.unless(0 < len(template.body.strip()) <= BODY, "body", len(template.body), f"1–{BODY}")
    faults.unless(len(template.sms_template) <= 60, "sms_template", template.sms_template, "≤ 60")
    faults.unless(len(template.about) <= 200, "about", len(template.about), "≤ 200")
    faults.unless(not template.open_pixel or "email" in template.media, "open_pixel", media, "email")
    faults.unless(not _torn(template.subject + template.body), "body", "{{", "{{客户名}}")
    return faults


def _torn(text: str) -> bool:
    """Whether a pair of braces is left that is no variable."""
    rest = VARIABLE.sub("", text)
    return "{{" in rest or "}}" in rest


def numbered(template: Template, number: int) -> Template:
    """The same template as a version."""
    return replace(template, number=number)
