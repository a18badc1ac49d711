"""Every use case of `act` by name. The API and the pipeline import from here."""

from liuke.act.tasks.review import customers_review

__all__ = ["customers_review"]
