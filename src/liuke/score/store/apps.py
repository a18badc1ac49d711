"""Registers the step's tables with Django."""

from django.apps import AppConfig


class ScoreConfig(AppConfig):
    """Tables of the step `score`."""

    name = "liuke.score.store"
    label = "score"
    default_auto_field = "django.db.models.BigAutoField"
