"""Log lines: one JSON object each, with the request they belong to and without what a row said."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.logs import JsonLine, PlainLine, fields, log_to_stderr, name_process, process_name, redacted
from liuke.base.tracing import current, in_workspace, request_id_of, tracing

PHONE, NAME, EMAIL = "13812345678", "王小明", "wang@example.test"


@pytest.fixture
def lines() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger of the test's own that writes JSON."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLine())
    log = logging.getLogger("test.logs")
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
    yield log, out
    log.handlers = []


def test_a_line_says_when_how_bad_who_and_what(lines: tuple[logging.Logger, io.StringIO]) -> None:
    log, out = lines
    before = process_name()
    name_process("worker host-1")
    try:
        with tracing(request_id="abcd1234", workspace_id=7):
            log.warning("job %s\nended", 5, extra=fields(duration_ms=12.5))
    finally:
        name_process(before)
    line = json.loads(out.getvalue())
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "warning",
        "process": "worker host-1",
        "logger": "test.logs",
        "message": "job 5\nended",
        "request_id": "abcd1234",
        "workspace_id": 7,
        "duration_ms": 12.5,
    }
    assert out.getvalue().count("\n") == 1


def test_a_line_outside_of_any_request_names_none(lines: tuple[logging.Logger, io.StringIO]) -> None:
    log, out = lines
    log.info("hello")
    assert not {"request_id", "workspace_id"} & json.loads(out.getvalue()).keys()


@pytest.mark.parametrize("line", [JsonLine(), PlainLine()])
def test_a_fault_tells_type_and_place_and_nothing_that_it_quotes(line: logging.Formatter) -> None:
    try:
        float(f"{NAME} {PHONE} {EMAIL}")
    except ValueError as fault:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), (type(fault), fault, fault.__traceback__))
    told = line.format(record)
    assert "ValueError" in told
    assert "test_logs.py" in told
    assert not any(secret in told for secret in (NAME, PHONE, EMAIL))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("database is locked", "database is locked"),
        ("could not convert string to float: '张三'", "could not convert string to float: …"),
        ("Key (phone)=(13812345678) already exists.", "Key (phone)… already exists."),
        ("no such user: a.b@c.test", "no such user: …"),
        ("port 8600 is busy", "port 8600 is busy"),
        ("+86 138 1234 5678 called", "… called"),
        ("one\n13812345678", "one"),
        ("", ""),
    ],
)
def test_what_an_exception_says_keeps_its_sense_and_loses_its_data(said: str, kept: str) -> None:
    assert redacted(said) == kept


@given(st.text(alphabet="0123456789", min_size=6, max_size=18), st.text(max_size=20))
def test_no_long_number_survives(number: str, around: str) -> None:
    assert number not in redacted(f"{around} {number} {around}")


@given(st.text(alphabet="王李张刘陈杨小明芳", min_size=1, max_size=6))
def test_no_chinese_name_survives(name: str) -> None:
    assert name not in redacted(f"customer {name} unknown")


@pytest.mark.parametrize("given_id", ["abcd", "0f3a-77.B_2", "x" * 64])
def test_a_sane_id_of_the_caller_is_kept(given_id: str) -> None:
    assert request_id_of(given_id) == given_id


@pytest.mark.parametrize("given_id", ["", "abc", "x" * 65, "a b c d", "abcd\nforged", "'; DROP", "-abcd", NAME * 2])
def test_any_other_gets_a_new_one(given_id: str) -> None:
    made = request_id_of(given_id)
    assert made != given_id
    assert request_id_of(made) == made


def test_what_belongs_to_a_request_ends_with_it() -> None:
    before = current()
    with tracing(request_id="outer1"):
        in_workspace(3)
        with tracing(request_id="inner1"):
            assert (current().request_id, current().workspace_id) == ("inner1", None)
        assert (current().request_id, current().workspace_id) == ("outer1", 3)
    assert current() == before
    in_workspace(9)
    assert current() == before


def test_a_process_without_django_writes_what_it_was_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    root, kept, name = logging.getLogger(), list(logging.getLogger().handlers), process_name()
    try:
        log_to_stderr("warehouse", as_json=True)
        logging.getLogger("liuke.x").info("up")
        log_to_stderr("warehouse", as_json=False)
        logging.getLogger("liuke.x").warning("still up")
    finally:
        root.handlers = kept
        name_process(name)
        logging.getLogger("liuke").setLevel(logging.INFO)
    first, second = capsys.readouterr().err.splitlines()
    assert json.loads(first)["process"] == "warehouse"
    assert second.endswith("WARNING liuke.x still up")
