"""A vendor's refusal as the result of a sending: in words where we know the code, with the vendor's own otherwise."""

from __future__ import annotations

from collections.abc import Callable

from liuke.act.domain.channel import Failed, Finding, Unknown
from liuke.base.words import catalogue
from liuke.vendors.answers import Busy, Unsure, VendorFault

TRANSPORT = frozenset({"unreachable", "no_answer", "refused_address", "answer_too_long", "unreadable", "limited", "token_wait"})
"""Codes of our own side of the wire: one text for all vendors."""


def refused(vendor: str, fault: VendorFault, *, repeatable: bool) -> Failed | Unknown:
    """How it ended. `repeatable`: the other side recognises the same key, so an unanswered call may be made again."""
    code, params = fault_code(vendor, fault.code), {"code": fault.code, "said": fault.said[:200]}
    if isinstance(fault, Unsure) and not repeatable:
        return Unknown(code, params)
    return Failed(code, params, transient=isinstance(fault, Busy | Unsure), again_in=fault.again_in)


def credentials_checked(vendor: str, ask: Callable[[], object]) -> list[Finding]:
    """Whether the vendor lets us in, found out by a call that costs nothing."""
    try:
        ask()
    except VendorFault as fault:
        return [Finding("credentials", ok=False, code=fault_code(vendor, fault.code), params={"code": fault.code, "said": fault.said})]
    return [Finding("credentials", ok=True, code="credentials_ok")]


def fault_code(vendor: str, code: str) -> str:
    """The `errors.<code>` that explains a vendor's code: its own, else its family's (`Throttling.User`), else the general one."""
    if code in TRANSPORT:
        return f"vendor_{code}"
    known = catalogue("zh-CN")
    for name in (code, code.partition(".")[0]):
        if f"errors.{vendor}_{name}" in known:
            return f"{vendor}_{name}"
    return "vendor_other"
