"""One message through one configured channel, with its health kept on the row."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from liuke.act.channels import KINDS
from liuke.act.domain.channel import ChannelTarget, Delivered, OutMessage, Result
from liuke.act.store.models import Channel
from liuke.base.sealed import decrypt, encrypt
from liuke.base.times import utc_now

PURPOSE = "channel"


def seal(secret: str) -> bytes:
    """A channel's secret as it is stored."""
    return encrypt(secret, secret=_installation_secret(), purpose=PURPOSE)


def send(channel: Channel, message: OutMessage) -> Result:
    """Send now and keep how it went. The caller has made sure that this workspace may send."""
    sealed = channel.secret
    secret = decrypt(bytes(sealed), secret=_installation_secret(), purpose=PURPOSE) if sealed else None
    target = ChannelTarget(channel.config, settings.LIUKE.smtp_url, settings.LIUKE.mail_from, settings.LIUKE.webhook_allow)
    result = KINDS[channel.kind].send(message, target, secret)
    if isinstance(result, Delivered):
        Channel.objects.filter(pk=channel.pk).update(last_ok_at=utc_now(), last_error=None)
    else:
        error = {"code": result.code, "params": dict(result.params), "at": utc_now().isoformat()}
        Channel.objects.filter(pk=channel.pk).update(last_error=error)
    return result


def _installation_secret() -> bytes:
    """The file that `liuke.server.secrets` makes before anything else runs."""
    path: Path = settings.LIUKE.data_dir / "secret"
    return path.read_bytes()
