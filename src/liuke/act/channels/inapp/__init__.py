"""In-app notices: written in the transaction of their cause, shown live by their id. Needs no configuration."""

from liuke.act.channels.inapp.write import CHANNEL, NoticeDraft, notices_write

__all__ = ["CHANNEL", "NoticeDraft", "notices_write"]
