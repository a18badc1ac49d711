"""SMS by Tencent Cloud: to customers by approved templates, to colleagues by the channel's own template with one variable.

Receipts and replies come to the callback address; what they leave open is asked for. Marketing waits from 22:00 to 08:00.
"""

from liuke.act.channels.sms_tencent.kind import CHANNEL

__all__ = ["CHANNEL"]
