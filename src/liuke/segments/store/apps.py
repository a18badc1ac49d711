"""Registers the step's tables with Django."""

from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    """Tables of the step `segments`."""

    name = "liuke.segments.store"
    label = "segments"
    default_auto_field = "django.db.models.BigAutoField"
