"""SMS by Aliyun: to customers by approved templates, to colleagues by the channel's own template with one variable `content`.

Receipts and replies come to the callback address (SmsReport and SmsUp alike); what they leave open is asked for.
"""

from liuke.act.channels.sms_aliyun.kind import CHANNEL

__all__ = ["CHANNEL"]
