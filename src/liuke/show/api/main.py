"""The one NinjaAPI: a key or a log-in opens it; only the session, first run and invitations are open to everybody."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from liuke.accounts.store.auth import ANYBODY_KNOWN
from liuke.show.api import (
    alerts,
    backtests,
    calendar,
    chances,
    channels,
    customers,
    feedback,
    governor,
    imports,
    ingest,
    insight,
    keeping,
    links,
    loyalty,
    messages,
    metrics,
    mining,
    models,
    operations,
    people,
    persons,
    plans,
    playbooks,
    promise,
    renewals,
    routing,
    rules,
    scoring,
    segments,
    session,
    signals,
    sources,
    team,
    text,
    tickets,
    verification,
    visits,
    wecom,
    wecom_contacts,
    work,
    workspaces,
)
from liuke.show.api.errors import answer_with
from liuke.show.api.strict import StrictParser


class LiukeAPI(NinjaAPI):
    """NinjaAPI whose operation ids are the plain function names, so that the generated client reads well."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's name, e.g. `alert_list`."""
        return operation.view_func.__name__


class Renderer(JSONRenderer):
    """JSON as people read it: Chinese stays Chinese, at half the bytes."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


api = LiukeAPI(
    title="Liuke", version="1", urls_namespace="api", docs_url="/docs", auth=ANYBODY_KNOWN, renderer=Renderer(), parser=StrictParser()
)
for _step in (
    governor,
    messages,
    backtests,
    session,
    workspaces,
    people,
    persons,
    calendar,
    chances,
    channels,
    customers,
    feedback,
    alerts,
    work,
    plans,
    playbooks,
    visits,
    tickets,
    team,
    renewals,
    loyalty,
    imports,
    ingest,
    sources,
    insight,
    keeping,
    links,
    scoring,
    signals,
    metrics,
    mining,
    models,
    operations,
    promise,
    rules,
    segments,
    verification,
    routing,
    text,
    wecom,
    wecom_contacts,
):  # fmt: skip
    api.add_router("", _step.router)
answer_with(api)
