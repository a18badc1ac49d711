"""Registers the step's tables with Django."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    """Tables of the step `learn`."""

    name = "liuke.learn.store"
    label = "learn"
    default_auto_field = "django.db.models.BigAutoField"
