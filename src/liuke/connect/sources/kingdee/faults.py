"""What the site refused, as a fault that says in plain words what is wrong and who can mend it."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.base.errors import Invalid, LiukeError, Transient
from liuke.connect.sources.kingdee.streams import Stream
from liuke.vendors.answers import Busy, Rejected, VendorFault
from liuke.vendors.http import CERTIFICATE
from liuke.vendors.kingdee.client import LOGIN, Client

_PLAIN = {
    LOGIN: "kingdee_login", "refused_address": "kingdee_address", "gateway_4006": "kingdee_clock", "http_404": "kingdee_path",
    "unreadable": "kingdee_no_interface", "shape": "kingdee_shape", "http_401": "kingdee_login", "http_403": "kingdee_forbidden",
}  # fmt: skip


def fault_of(fault: VendorFault, *, form: str = "") -> LiukeError:
    """Invalid for what a person must mend, Transient for what may pass. `kingdee_busy` carries the seconds the site asks for."""
    said = fault.said[:200]
    if isinstance(fault, Rejected):
        if fault.code == "session":
            return Transient("kingdee_session", said=said)
        code = "kingdee_gateway" if fault.code.startswith("gateway_") else "kingdee_refused"
        return Invalid(_PLAIN.get(fault.code, code), got=fault.code, said=said, form=form)
    if isinstance(fault, Busy):
        if fault.said == CERTIFICATE:
            return Invalid("kingdee_certificate")
        if fault.code == "unreachable":
            return Transient("kingdee_unreachable", said=said)
        return Transient("kingdee_busy", seconds=int(fault.again_in) or 60, got=fault.code)
    return Transient("kingdee_slow", form=form)


def refusal_of(client: Client, stream: Stream, keys: Sequence[str], fault: VendorFault) -> LiukeError:
    """Like `fault_of`, and where the site refused a query, the fields that its form does not have, by its own list."""
    plain = fault_of(fault, form=stream.form)
    if plain.code != "kingdee_refused":
        return plain
    try:
        known = {name.lower() for name in client.field_names(stream.form)}
    except VendorFault:
        return plain
    missing = [key for key in keys if not {part.lower() for part in (key.split(".")[0], key.split(".")[0].partition("_")[2])} & known]
    if not known or not missing:
        return plain
    return Invalid("kingdee_fields", form=stream.form, fields=", ".join(missing))
