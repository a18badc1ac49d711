"""What the web process needs Django for: the API, log-in and the live stream. Reading it takes seconds (see `gate.py`)."""

from __future__ import annotations

from liuke.server import boot  # isort: split

from threading import Event

from django.core.checks.urls import check_url_config
from django.core.handlers.wsgi import WSGIHandler

from liuke.base.logs import name_process
from liuke.server.beating import keep_beating, web_name
from liuke.server.bridge import Bridge
from liuke.server.settings import LIUKE
from liuke.server.stream.endpoint import EventStream
from liuke.server.stream.hub import Hub

hub = Hub()
events = EventStream(hub)
django_app = Bridge(WSGIHandler())


def begin(number: str) -> None:
    """What runs beside the requests, once the database is up to date: the process's sign of life. `number` of several web processes."""
    name_process(f"web {number}".strip())
    keep_beating(web_name(LIUKE, number), hub.count, Event())


if boot.READY:
    check_url_config(None)  # reads the whole API now, so that the first request is as quick as the others
