"""Registers the step's tables with Django."""

from django.apps import AppConfig


class ShowConfig(AppConfig):
    """Tables of the step `show`."""

    name = "liuke.show.store"
    label = "show"
    default_auto_field = "django.db.models.BigAutoField"
