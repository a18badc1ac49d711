"""One chat completion whose answer is a JSON object of a given schema. What is not exactly that is refused here.

Protocol: OpenAI's `POST /chat/completions` with `response_format` of type `json_schema` (structured outputs).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from liuke.vendors.answers import Rejected, Unsure
from liuke.vendors.http import Wire, call

PATH = "/chat/completions"
_MOST_TOKENS = 300


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and as whom to ask. `wire.base_url` ends before `/chat/completions`; `wire.allow` must be set: people type it in."""

    wire: Wire
    model: str
    key: str = ""
    seconds: float = 10.0
    """For connecting, and between two pieces of the answer."""


def ask(endpoint: Endpoint, *, system: str, text: str, name: str, schema: Mapping[str, object]) -> dict[str, object]:
    """The object of the answer; its fields are the caller's to check.

    Raises Rejected ("refused": the model declined, "cut_short", "not_json", or what the HTTP status says), Busy, Unsure
    ("no_answer" after the time-out).
    """
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "max_tokens": _MOST_TOKENS,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
        "response_format": {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": dict(schema)}},
    }
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    timeout = httpx.Timeout(endpoint.seconds, connect=min(5.0, endpoint.seconds))
    reached = call(endpoint.wire, "POST", PATH, json=body, headers=headers, timeout=timeout)
    return _object(_content(reached.body))


def _content(body: bytes) -> str:
    """The text of the first choice."""
    try:
        choice = json.loads(body)["choices"][0]
        message = choice["message"]
    except (ValueError, KeyError, IndexError, TypeError):
        raise Rejected("not_json", "no choices") from None
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise Rejected("refused")
    if choice.get("finish_reason") == "length":
        raise Rejected("cut_short")
    content = message.get("content")
    if not isinstance(content, str):
        raise Unsure("no_answer", "empty")
    return content


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        raise Rejected("not_json", "content") from None
    if not isinstance(found, dict):
        raise Rejected("not_json", "no object")
    return found
