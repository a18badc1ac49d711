"""Customers in WeCom (客户群发): each message becomes a task that the customer's own colleague confirms in WeCom (待员工确认 n/N)."""

from liuke.act.channels.wecom_customer.send import CHANNEL

__all__ = ["CHANNEL"]
