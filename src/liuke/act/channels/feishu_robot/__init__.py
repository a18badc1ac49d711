"""A Feishu group's custom robot (自定义机器人): one webhook, 5 messages a second, no way back for clicks."""

from liuke.act.channels.feishu_robot.send import CHANNEL

__all__ = ["CHANNEL"]
