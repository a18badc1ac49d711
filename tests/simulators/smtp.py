"""A mail server that answers by address: `later@` 450 once, `busy@` 421 always, `full@` 552, `gone@` 550, everybody else 250."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.postgres import free_port

ANSWERS = {"busy": "421 4.3.2 busy", "full": "552 5.2.2 mailbox full", "gone": "550 5.1.1 no such user"}


@dataclass
class Smtp:
    """`mails` are those that were taken: envelope sender, recipient, content."""

    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
        """By the name before the @."""
        name = address.partition("@")[0]
        self.asked[name] += 1
        if name == "later" and self.asked[name] == 1:
            return "450 4.2.0 try again later"
        if name in ANSWERS:
            return ANSWERS[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Taken."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append((envelope.mail_from or "", envelope.rcpt_tos[0], content))
        return "250 taken"

    def __enter__(self) -> Self:
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self._controller.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """For `smtp_url`."""
        return f"smtp://127.0.0.1:{self._controller.port}"


def report(to: str, status: str, action: str = "failed") -> bytes:
    """A delivery report by RFC 3464 to a return path."""
    return f"""From: MAILER-DAEMON@mx.example
To: {to}
Subject: Delivery report
Message-ID: <{status}-{action}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

What happened.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; wang@acme.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b--
""".encode()


def prose(to: str, subject: str, text: str, charset: str = "utf-8") -> bytes:
    """A bounce in words, as QQ and 163 write them."""
    head = f"From: PostMaster@qq.com\nX-Original-To: {to}\nSubject: {subject}\nContent-Type: text/html; charset={charset}\n\n"
    return head.encode() + f"<p>{text}</p>".encode("gb18030" if charset == "gbk" else charset)
