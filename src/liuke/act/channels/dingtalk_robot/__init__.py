"""A DingTalk group's custom robot (群机器人): one webhook, 20 messages a minute, no way back for clicks."""

from liuke.act.channels.dingtalk_robot.send import CHANNEL

__all__ = ["CHANNEL"]
