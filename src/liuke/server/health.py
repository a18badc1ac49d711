"""`/healthz`: for load balancers and `liuke doctor`. Says nothing about customers or people."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from liuke.base.times import utc_now
from liuke.jobs.store.models import Heartbeat

SILENT = timedelta(seconds=30)


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - a view
    """200 where the database answers; `workers` counts those that showed life in the last 30 s."""
    try:
        workers = Heartbeat.objects.filter(at__gte=utc_now() - SILENT, detail__process="worker").count()
    except DatabaseError:
        return JsonResponse({"status": "database", "version": version("liuke")}, status=503)
    return JsonResponse({"status": "ok", "version": version("liuke"), "workers": workers})
