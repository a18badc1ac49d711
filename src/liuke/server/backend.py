"""What the web process needs Django for: the API, log-in and the live stream. Reading it takes seconds (see `gate.py`)."""

from __future__ import annotations

from liuke.server import boot  # isort: split

from django.core.checks.urls import check_url_config
from django.core.handlers.wsgi import WSGIHandler

from liuke.server.bridge import Bridge
from liuke.server.stream.endpoint import EventStream
from liuke.server.stream.hub import Hub

hub = Hub()
events = EventStream(hub)
django_app = Bridge(WSGIHandler())
if boot.READY:
    check_url_config(None)  # reads the whole API now, so that the first request is as quick as the others
