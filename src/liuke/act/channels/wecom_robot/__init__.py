"""A WeCom group's robot (消息推送, 群机器人): one secret address, 20 messages a minute, no way back for clicks."""

from liuke.act.channels.wecom_robot.send import CHANNEL

__all__ = ["CHANNEL"]
