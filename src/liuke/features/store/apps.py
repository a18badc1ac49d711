"""Registers the step's tables with Django."""

from django.apps import AppConfig


class FeaturesConfig(AppConfig):
    """Tables of the step `features`."""

    name = "liuke.features.store"
    label = "features"
    default_auto_field = "django.db.models.BigAutoField"
