"""Use cases of alerts, one file per question. People's actions also move work items: the API calls them through `act.service`."""

from liuke.alert.service.review import alerts_review

__all__ = ["alerts_review"]
