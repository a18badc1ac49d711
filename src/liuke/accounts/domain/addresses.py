"""How ids of colleagues at vendors are written and compared."""

from __future__ import annotations

LONGEST = 64
HEADERS = {
    "email": "email", "e-mail": "email", "邮箱": "email", "邮箱地址": "email",
    "wecom": "wecom", "userid": "wecom", "企业微信": "wecom", "企业微信账号": "wecom", "企业微信id": "wecom",
    "dingtalk": "dingtalk", "钉钉": "dingtalk", "钉钉userid": "dingtalk",
    "feishu": "feishu", "飞书": "feishu", "飞书open_id": "feishu",
}  # fmt: skip
"""Columns of a roster, lower-case, by what they hold."""


def address_folded(kind: str, address: str) -> str:
    """As it is compared: WeCom takes and gives its ids in any case."""
    return address.strip().lower() if kind == "wecom" else address.strip()


def address_is_fine(address: str) -> bool:
    """1–64 printable ASCII signs without spaces: what all three vendors give. `|` would name two people at WeCom."""
    return 0 < len(address) <= LONGEST and address.isascii() and address.isprintable() and not set(address) & set(" |@,")
