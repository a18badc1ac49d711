"""What a mail that came back says: for good (5.x.x), for now (4.x.x), or nothing of the kind.

Reports by RFC 3464 first, then the formats that flufl.bounce knows, then those of QQ and 163, which are prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from flufl.bounce import all_failures

LARGEST = 2_000_000
NAMES = ("to", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to")
"""Headers in which the return path stands, by server."""
_ENHANCED = re.compile(r"\b([45])\.\d{1,3}\.\d{1,3}\b")
_CODE = re.compile(r"\b([45])[0-5]\d[ -]")
_NOTICE = re.compile(
    r"系统退信|退信通知|退信提醒|邮件投递失败|无法送达|undeliver|returned mail|delivery (status|failure|has failed)", re.IGNORECASE
)
_GONE = re.compile(r"不存在|无此用户|已被停用|被冻结|账号异常|user (not found|unknown)|mailbox not found|no such user", re.IGNORECASE)
_LATER = re.compile(r"已满|空间不足|超过.{0,6}限制|频率|稍后|mailbox (is )?full|over quota|try again", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """`recipients`: everything that may hold the return path. `code` as 5.1.1 where it is told."""

    hard: bool
    code: str
    recipients: str
    message_id: str


def read(raw: bytes) -> Bounce | None:
    """A bounce, or None for any other mail (answers, receipts, spam). Raises nothing for what a stranger writes."""
    message = message_from_bytes(raw[:LARGEST], policy=policy.compat32)
    verdict = _by_report(message) or _by_known_format(message) or _by_prose(message)
    if verdict is None:
        return None
    recipients = " ".join(str(value) for name in NAMES for value in message.get_all(name, []))
    return Bounce(verdict[0], verdict[1], recipients, str(message.get("message-id", ""))[:120])


def _by_report(message: Message) -> tuple[bool, str] | None:
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.walk():
            if block is part:
                continue
            action, status = str(block.get("action", "")).strip().lower(), str(block.get("status", "")).strip()
            if action in {"failed", "delayed"} and _ENHANCED.match(status):
                return action == "failed" and status.startswith("5"), status.split()[0]
    return None


def _by_known_format(message: Message) -> tuple[bool, str] | None:
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - a library of foreign formats, given what strangers write: its faults mean "not known"
        return None
    if permanent:
        return True, "5.0.0"
    return (False, "4.0.0") if temporary else None


def _by_prose(message: Message) -> tuple[bool, str] | None:
    text = f"{_subject(message)}\n{_text(message)}"
    if not _NOTICE.search(text):
        return None
    enhanced, plain = _ENHANCED.search(text), _CODE.search(text)
    if enhanced:
        return enhanced[1] == "5", enhanced[0]
    if _LATER.search(text) and not (plain and plain[1] == "5"):
        return False, "4.0.0"
    if plain:
        return plain[1] == "5", f"{plain[1]}.0.0"
    return (True, "5.0.0") if _GONE.search(text) else None


def _subject(message: Message) -> str:
    modern = EmailMessage(policy=policy.default)
    try:
        raw = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
        modern["subject"] = " ".join(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    except ValueError:
        return ""
    return str(modern["subject"])


def _text(message: Message) -> str:
    texts = []
    for part in message.walk():
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            texts.append(_decoded(body if isinstance(body, bytes) else b"", charset))
    return re.sub(r"<[^>]{0,500}>", " ", "\n".join(texts))[:100_000]


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode("gb18030" if charset.lower() in {"gb2312", "gbk"} else charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
