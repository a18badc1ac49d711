"""Registers the step's tables with Django."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Tables of the step `facts`."""

    name = "liuke.facts.store"
    label = "facts"
    default_auto_field = "django.db.models.BigAutoField"
