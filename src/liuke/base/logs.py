"""Log lines on stderr: text for a terminal, one JSON object a line where LIUKE_LOG=json. Neither holds personal data.

What an exception says may quote a row (`could not convert '张三'`), so its quotations, long numbers, addresses and Chinese words are
left out; its type and the places in the code stay.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

from liuke.base.tracing import current

GONE = "…"
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|=\([^)\n]*\)|\b\S+@\S+\b|[\u3400-\u9fff]+|\+?\d[\d -]{4,}\d")
_FIELDS = "fields"
_process = ["liuke"]


def redacted(text: str) -> str:
    """The first line of a foreign message without what it quotes."""
    return _QUOTED.sub(GONE, text.splitlines()[0])[:300] if text else ""


def name_process(name: str) -> None:
    """How this process calls itself in its log lines: `web`, `worker …`, `warehouse`, `supervisor`."""
    _process[0] = name


def process_name() -> str:
    """As `name_process` was told; `liuke` for a command."""
    return _process[0]


def fields(**values: object) -> Mapping[str, Mapping[str, object]]:
    """For `log.info("…", extra=fields(duration_ms=12))`: facts that a line carries beside its message."""
    return {_FIELDS: values}


class PlainLine(logging.Formatter):
    """For people at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """The trace, its last line redacted."""
        fault = _fault_of(ei)
        places = "".join(traceback.format_tb(fault.__traceback__)) if fault else ""
        return f"{places}{_said(fault)}" if fault else ""


class JsonLine(logging.Formatter):
    """For machines: time, level, process, logger, message, request id, workspace id, and what else the line was given."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        trace = current()
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": process_name(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {"request_id": trace.request_id} if trace.request_id else {}
        line |= {"workspace_id": trace.workspace_id} if trace.workspace_id is not None else {}
        line |= dict(getattr(record, _FIELDS, {}))
        fault = _fault_of(record.exc_info)
        if fault is not None:
            line |= {"fault": _said(fault), "places": _places(fault)}
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stderr(process: str, *, as_json: bool, level: int = logging.WARNING) -> None:
    """For a process without Django: all loggers write to stderr; ours tell a little more where machines read."""
    name_process(process)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if as_json else PlainLine())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if as_json:
        logging.getLogger("liuke").setLevel(logging.INFO)


def _fault_of(info: object) -> BaseException | None:
    found = info[1] if isinstance(info, tuple) and len(info) == 3 else None
    return found if isinstance(found, BaseException) else None


def _said(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {redacted(str(fault))}"


def _places(fault: BaseException) -> list[str]:
    """The innermost places in the code, outermost first."""
    found = traceback.extract_tb(fault.__traceback__)[-12:]
    return [f"{place.filename.rsplit('/site-packages/')[-1].rsplit('/src/')[-1]}:{place.lineno} {place.name}" for place in found]
