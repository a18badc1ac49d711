"""How a vendor's call ends when it does not succeed. The numeric code decides, never the message text."""

from __future__ import annotations


class VendorFault(Exception):
    """`code` is the vendor's own, as text; `said` its message, for people."""

    def __init__(self, code: str, said: str = "", *, again_in: float = 0.0) -> None:
        super().__init__(code, said)
        self.code = code
        self.said = said
        self.again_in = again_in
        """Seconds after which the vendor asks to be tried again; 0 = it did not say."""


class Rejected(VendorFault):
    """The vendor has answered and has not done it: doing it again as it is fails again."""


class Busy(VendorFault):
    """Not done, and may be later: over a rate limit, server error, no connection made."""


class Unsure(VendorFault):
    """The request went out and no answer came: it may have been done."""
