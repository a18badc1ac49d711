"""One message through one configured channel, with its health kept on the row."""

from __future__ import annotations

from datetime import timedelta

from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, Failed, OutMessage, Result, Unknown
from liuke.act.outgoing import receipts
from liuke.act.outgoing.targets import callback_url, path_secret, target_of
from liuke.act.store.models import Channel
from liuke.base.errors import Invalid, LiukeError, Transient
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered as Outcome

FRESH = timedelta(seconds=10)

__all__ = ["callback_url", "fault_of", "outcome_of", "path_secret", "send", "target_of"]


def send(channel: Channel, message: OutMessage) -> Result:
    """Send now and keep how it went. The caller has made sure that this workspace may send.

    Where the vendor tells later what became of a message, a key that may have been sent is not sent again.
    """
    kind, now = KINDS[channel.kind], utc_now()
    tracked = kind.receipts is not None and not kind.dedupes
    before = receipts.begin(channel, message, now) if tracked else None
    if before is not None:
        return before
    result = kind.send(message, target_of(channel))
    if tracked:
        receipts.end(channel, message, result, now)
    _keep(channel, result)
    return result


def outcome_of(result: Result) -> Outcome:
    """How a sending ended, as the outbox keeps it. Raises what `fault_of` makes of a failure."""
    if isinstance(result, Delivered):
        return Outcome.SENT
    if isinstance(result, Unknown):
        return Outcome.UNKNOWN
    raise fault_of(result)


def fault_of(result: Failed) -> LiukeError:
    """A failure as what a deliverer raises: `again_in` travels along, so that waiting for a limit counts as no failed try."""
    if not result.transient:
        return Invalid(result.code, **result.params)
    return Transient(result.code, **{**result.params, "again_in": result.again_in} if result.again_in > 0 else result.params)


def _keep(channel: Channel, result: Result) -> None:
    now, rows = utc_now(), Channel.objects.filter(pk=channel.pk)
    if isinstance(result, Delivered):
        if channel.last_error is None and channel.last_ok_at is not None and now - channel.last_ok_at < FRESH:
            return  # one write per message less
        rows.update(last_ok_at=now, last_error=None)
    elif not isinstance(result, Failed) or result.again_in <= 0:
        rows.update(last_error={"code": result.code, "params": dict(result.params), "at": now.isoformat()})
