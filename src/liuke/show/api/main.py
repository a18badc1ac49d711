"""The one NinjaAPI. Errors of the house become answers here and nowhere else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation

from liuke.base.errors import LiukeError
from liuke.base.words import render
from liuke.show.api import alerts, customers, imports, insight, people, renewals, session, sources, work, workspaces


class LiukeAPI(NinjaAPI):
    """NinjaAPI whose operation ids are the plain function names, so that the generated client reads well."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's name, e.g. `alert_list`."""
        return operation.view_func.__name__


api = LiukeAPI(title="Liuke", version="1", urls_namespace="api", docs_url="/docs")
for _step in (session, workspaces, people, customers, alerts, work, renewals, imports, sources, insight):
    api.add_router("", _step.router)


def reader_language(request: HttpRequest) -> str:
    """The language to answer in: the person's own, else the browser's, else Chinese."""
    language = getattr(request.user, "language", "")
    return language or ("en" if request.headers.get("Accept-Language", "").startswith("en") else "zh-CN")


@api.exception_handler(LiukeError)
def answer_fault(request: HttpRequest, fault: LiukeError) -> HttpResponse:
    """A fault of the house: its status, code and text in the reader's language."""
    faults = fault.params.get("faults", [])
    rows = [
        {"where": f.get("where", ""), "message": f.get("message", "")} if isinstance(f, dict) else {"where": "", "message": str(f)}
        for f in (faults if isinstance(faults, list) else [])
    ]
    message = render(f"errors.{fault.code}", fault.params, language=reader_language(request))
    return api.create_response(
        request, {"code": fault.code, "message": message, "params": dict(fault.params), "faults": rows}, status=fault.status
    )


@api.exception_handler(ValidationError)
def answer_invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Input of the wrong shape: every fault with the place where it is."""
    rows = [{"where": ".".join(str(part) for part in error["loc"][1:]), "message": error["msg"]} for error in fault.errors]
    message = render("errors.invalid_input", {"count": len(rows)}, language=reader_language(request))
    return api.create_response(request, {"code": "invalid_input", "message": message, "params": {}, "faults": rows}, status=422)
