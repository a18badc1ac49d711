"""Every error has one shape, in the reader's language. Mapped here and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from liuke.base.errors import LiukeError, TooMany
from liuke.base.tracing import current
from liuke.base.words import catalogue, render

log = logging.getLogger("liuke.show")
MEBIBYTE = 1 << 20
_PLACES = {"path", "query", "body", "form", "header", "file", "cookie"}


def reader_language(request: HttpRequest) -> str:
    """The language to answer in: the person's own, else the browser's, else Chinese."""
    language = getattr(request.user, "language", "")
    return language or ("en" if request.headers.get("Accept-Language", "").startswith("en") else "zh-CN")


def error_body(code: str, params: Mapping[str, object], language: str, faults: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """`ErrorOut` as plain data. `faults` within the parameters are told one by one, and not repeated in the sentence."""
    given = params.get("faults")
    rows = [*faults, *(fault_row(fault, language) for fault in (given if isinstance(given, list | tuple) else []))]
    said = {name: value for name, value in params.items() if name != "faults"}
    told = said | {"count": len(rows), "faults": "; ".join(row["message"] for row in rows)}
    return {"code": code, "message": render(f"errors.{code}", told, language=language), "params": said, "faults": rows}


def fault_row(fault: object, language: str) -> dict[str, str]:
    """One fault: where it is, and its sentence; steps name the place `where`, `at` or `field`."""
    if not isinstance(fault, Mapping):
        return {"where": "", "message": str(fault)}
    where = next((str(fault[name]) for name in ("where", "at", "field") if name in fault), "")
    if "message" in fault:
        return {"where": where, "message": str(fault["message"])}
    key = str(fault.get("key", "faults.allowed"))
    params = {"value": fault.get("got", "")} | dict(fault)
    if isinstance(params.get("allowed"), list | tuple):
        params["allowed"] = ", ".join(str(value) for value in params["allowed"])
    return {"where": where, "message": render(key, params, language=language)}


def input_fault(error: Mapping[str, Any], language: str) -> dict[str, str]:
    """A fault of the input's shape: the path below body or query, and a sentence of ours where we have one for the type."""
    path = [str(part) for part in error["loc"]]
    if path and path[0] in _PLACES:
        path = path[2:] if path[0] == "body" and len(path) > 2 else path[1:]
    key = f"faults.input.{error['type']}"
    known = key in catalogue("zh-CN")
    message = render(key, error.get("ctx", {}), language=language) if known else str(error["msg"])
    return {"where": ".".join(path), "message": message}


def waited(answered: HttpResponse, fault: LiukeError) -> HttpResponse:
    """The answer, with the seconds after which the asker may come again where there were too many."""
    if isinstance(fault, TooMany):
        answered.headers["Retry-After"] = str(fault.params.get("seconds", 1))
    return answered


def answer_with(api: NinjaAPI) -> None:
    """Give the API its answers to every kind of exception."""

    def answer(request: HttpRequest, status: int, code: str, params: Mapping[str, object] | None = None) -> HttpResponse:
        return told(request, status, error_body(code, params or {}, reader_language(request)))

    def told(request: HttpRequest, status: int, body: Mapping[str, object]) -> HttpResponse:
        return api.create_response(request, {**body, "request_id": current().request_id}, status=status)

    def of_house(request: HttpRequest, fault: object) -> HttpResponse:
        """A fault of ours: its status, code and text."""
        assert isinstance(fault, LiukeError)  # noqa: S101 - registered for this type below
        if fault.status >= 500:
            log.warning("fault %s at %s", fault.code, request.path)
        return waited(answer(request, fault.status, fault.code, fault.params), fault)

    def of_input(request: HttpRequest, fault: object) -> HttpResponse:
        """Input of the wrong shape: every fault with the place where it is."""
        errors = fault.errors if isinstance(fault, ValidationError) else []
        language = reader_language(request)
        faults = [input_fault(error, language) for error in errors]
        return told(request, 422, error_body("invalid_input", {}, language, faults))

    def of_http(request: HttpRequest, fault: object) -> HttpResponse:
        """What the framework refuses: no log-in, no CSRF token, unreadable JSON. Nobody known beats a missing token."""
        status = fault.status_code if isinstance(fault, HttpError) else 404
        if status == 401 or (status == 403 and not request.user.is_authenticated):
            return answer(request, 401, "not_logged_in")
        return answer(request, status, {403: "csrf_failed", 404: "not_found", 400: "bad_request"}.get(status, "bad_request"))

    def of_nobody(request: HttpRequest, fault: object) -> HttpResponse:
        """Unexpected: the log gets the trace, the reader gets no part of it."""
        log.error("unexpected fault at %s %s", request.method, request.path, exc_info=fault if isinstance(fault, Exception) else None)
        return answer(request, 500, "unexpected")

    def of_size(request: HttpRequest, fault: object) -> HttpResponse:  # noqa: ARG001 - ninja's signature
        """More than Django takes into memory; files have their own way in."""
        return answer(request, 413, "body_too_large", {"limit": (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // MEBIBYTE})

    api.add_exception_handler(Exception, of_nobody)
    api.add_exception_handler(RequestDataTooBig, of_size)
    api.add_exception_handler(Http404, of_http)
    api.add_exception_handler(HttpError, of_http)
    api.add_exception_handler(ValidationError, of_input)
    api.add_exception_handler(LiukeError, of_house)
