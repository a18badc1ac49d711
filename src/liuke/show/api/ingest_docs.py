"""How `POST /<entity>` is described in OpenAPI: bodies are read raw, so their shape is told here, from the table of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuke.align.domain.entities import ENTITIES, Field, FieldType
from liuke.connect.domain.limits import LIMITS, MEBIBYTE
from liuke.show.api.schemas.ingest import ActivityIn, OutcomeRowIn

Json = dict[str, Any]
_TYPES: Mapping[FieldType, Json] = {
    FieldType.MONEY: {"type": ["number", "string"]},
    FieldType.NUMBER: {"type": ["number", "string"]},
    FieldType.BOOL: {"type": ["boolean", "string"]},
    FieldType.DATETIME: {"type": "string", "description": "ISO 8601; without an offset in the workspace's time zone"},
    FieldType.DATE: {"type": "string", "description": "ISO 8601 date"},
}
_EXAMPLES: Mapping[str, Json] = {
    "activities": {"activity_id": "o-1001", "customer_key": "C1", "ts": "2026-11-20T08:00:00+08:00", "kind": "order.placed", "value": 1280},
    "customers": {"customer_key": "C1", "name": "华东机电", "industry": "机械", "city": "上海"},
    "contacts": {"customer_key": "C1", "name": "王晓", "email": "wang@example.test"},
    "orders": {"order_id": "SO-1", "customer_key": "C1", "ordered_at": "2026-11-20T08:00:00+08:00", "amount": 1280},
    "messages": {
        "message_id": "m-1",
        "customer_key": "C1",
        "sent_at": "2026-11-20T08:00:00+08:00",
        "direction": "in",
        "text": "什么时候发货？",
    },
    "tickets": {"ticket_id": "T-1", "customer_key": "C1", "opened_at": "2026-11-20T08:00:00+08:00", "subject": "收到的货有破损"},
    "surveys": {"survey_id": "S-1", "customer_key": "C1", "answered_at": "2026-11-20", "score": 9, "survey": "nps"},
    "payments": {"payment_id": "R-1", "customer_key": "C1", "amount": 1280, "due_on": "2026-12-20"},
    "contracts": {"contract_id": "K-1", "customer_key": "C1", "ends_on": "2026-12-31", "amount": 98000},
    "opportunities": {"opportunity_id": "P-1", "customer_key": "C1", "stage": "报价"},
    "outcomes": {"outcome_id": "x-1", "customer_key": "C1", "kind": "churned", "occurred_on": "2026-11-20", "cause": "price"},
}
_SAYS = (
    f"A JSON list, or one object a line (`application/x-ndjson`); at most {LIMITS.ingest_rows:,} rows and "
    f"{LIMITS.ingest_bytes // MEBIBYTE} MB unpacked; `Content-Encoding: gzip` is understood. 202 says that the accepted rows are durable."
)


@dataclass(frozen=True, slots=True)
class Documented:
    """The summary of an operation and what it adds to its OpenAPI description."""

    summary: str
    openapi: Json


def documented(name: str) -> Documented:
    """The description of `POST /<name>`."""
    row = _row(name)
    example = _EXAMPLES[name]
    content = {
        "application/json": {"schema": {"type": "array", "items": row, "maxItems": LIMITS.ingest_rows}, "example": [example]},
        "application/x-ndjson": {"schema": {"type": "string"}},
    }
    return Documented(
        f"Takes {name}: every row accepted or rejected with its reason, durable before the answer.",
        {
            "requestBody": {"required": True, "description": _SAYS, "content": content},
            "parameters": [
                _parameter("source", "query", "The system that gave the numbers; rows of one source correct each other. Default `api`."),
                _parameter("atomic", "query", "`1`: take all rows or none."),
                _parameter("workspace", "query", "The workspace's short name; needed by people only, a key has its own."),
                _parameter("Idempotency-Key", "header", "The same key with the same rows is taken once and answered as before."),
            ],
        },
    )


def _parameter(name: str, place: str, text: str) -> Json:
    return {"name": name, "in": place, "required": False, "description": text, "schema": {"type": "string"}}


def _row(name: str) -> Json:
    if name == "activities":
        return ActivityIn.model_json_schema()
    if name == "outcomes":
        return OutcomeRowIn.model_json_schema()
    entity = ENTITIES[name]
    required = [field.name for field in entity.fields if field.required and not field.may_lack]
    properties = {field.name: _property(field) for field in entity.fields}
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": True}


def _property(field: Field) -> Json:
    known = dict(_TYPES.get(field.type, {"type": "string", "maxLength": field.longest}))
    return known if field.choices is None or field.otherwise == "*" else {**known, "examples": list(field.choices)}
