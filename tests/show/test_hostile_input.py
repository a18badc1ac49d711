"""Whatever is sent, the answer is a refusal in words: never a fault of ours, never something that no database can keep."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.facts.domain.timeline import place_of
from liuke.show.api.strict import StrictParser
from liuke.show.queries.paging import cursor_read, numbers
from tests.show.world import World

pytestmark = pytest.mark.django_db
BODIES = (
    ("post", "/customers", r'{"key": "N1", "name": "\ud800"}'),
    ("post", "/customers", r'{"key": "N1", "name": "a\u0000b"}'),
    ("patch", "/customers/{customer}", r'{"attributes": {"deep": [{"\ud800": 1}]}}'),
    ("patch", "/customers/{customer}", '{"attributes": {"a": NaN}}'),
    ("patch", "/customers/{customer}", '{"attributes": {"a": 1e999}}'),
    ("post", "/alerts/claim", '{"alert_ids": [1000000000000000000000000000000]}'),
    ("post", "/customers/assign", '{"customer_ids": [9223372036854775808], "owner_id": 1}'),
    ("patch", "/renewals/{renewal}", '{"forecast": NaN}'),
    ("post", "/scoring/preview", '{"config": {"base": -Infinity}}'),
    ("post", "/alerts/close", "[" * 100_000),
    ("post", "/alerts/close", "\ufeff{}"),
)


def sent(world: World, method: str, path: str, body: str) -> tuple[int, Any]:
    """Status and JSON of the answer to a raw body."""
    client = world.client("admin", raise_request_exception=False)
    answer = client.generic(method.upper(), world.url(path), body.encode(), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


@pytest.mark.parametrize(("method", "path", "body"), BODIES, ids=range(len(BODIES)))
def test_what_no_database_can_keep_is_refused_as_unreadable(world: World, method: str, path: str, body: str) -> None:
    """Half a surrogate pair, NUL, NaN, infinity, numbers over 64 bits, 100,000 brackets, a byte order mark."""
    status, answer = sent(world, method, path, body)
    assert (status, answer["code"]) == (400, "bad_request")


def test_a_body_over_the_limit_is_told_so(world: World) -> None:
    """Not a fault of ours."""
    status, answer = sent(world, "post", "/customers", json.dumps({"source": "x" * 11_000_000}))
    assert (status, answer["code"]) == (413, "body_too_large")
    assert "10" in answer["message"]


@pytest.mark.parametrize("moment", ["2026-11-25T00:00:00", "2026-11-25", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_moments_without_zone_or_of_no_real_year_are_refused_by_field(world: World, moment: str) -> None:
    """Snoozing, work and follow-ups."""
    calls: tuple[tuple[str, str, str, dict[str, object]], ...] = (
        ("post", "/alerts/snooze", "until", {"alert_ids": [world.alert.pk]}),
        ("post", "/work-items", "due_at", {"customer_id": world.customer.pk, "title": "x"}),
        ("patch", "/work-items/{item}", "due_at", {}),
        ("post", "/work-items/{item}/follow-ups", "next_at", {"result": "reached", "request_key": "k-1"}),
        ("post", "/alerts/{alert}/verdict", "until", {"verdict": "known", "signal": "SIG-20"}),
    )
    for method, path, field, rest in calls:
        status, answer = sent(world, method, path, json.dumps({**rest, field: moment}))
        assert status == 422
        assert [fault["where"] for fault in answer["faults"]] == [field]
        assert answer["faults"][0]["message"].startswith(("须带时区", "年份须在"))


TOO_LONG: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("post", "/customers", "key", {"key": "x" * 81, "name": "甲"}),
    ("post", "/customers", "name", {"key": "N1", "name": "x" * 161}),
    ("post", "/customers", "attributes", {"key": "N1", "name": "甲", "attributes": {"x" * 41: 1}}),
    ("patch", "/customers/{customer}", "name", {"name": "x" * 161}),
    ("patch", "/customers/{customer}", "attributes", {"attributes": {"x" * 41: 1}}),
    ("patch", "/renewals/{renewal}", "reason", {"reason": "x" * 201}),
    ("patch", "/renewals/{renewal}", "next_step", {"next_step": "x" * 201}),
    ("put", "/scoring/draft", "note", {"config": {}, "note": "x" * 201}),
    ("post", "/work-items/{item}/follow-ups", "note", {"result": "note", "request_key": "k", "note": "x" * 4001}),
    ("patch", "/work-items/{item}", "note", {"note": "x" * 4001}),
)


@pytest.mark.parametrize(("method", "path", "field", "body"), TOO_LONG, ids=[f"{row[1]}-{row[2]}" for row in TOO_LONG])
def test_texts_longer_than_their_column_are_refused_by_field(
    world: World, method: str, path: str, field: str, body: dict[str, object]
) -> None:
    """SQLite would keep them, PostgreSQL fail."""
    status, answer = sent(world, method, path, json.dumps(body))
    assert status == 422
    assert [fault["where"] for fault in answer["faults"]] == [field]
    assert answer["faults"][0]["message"].startswith("最多")


def test_a_segment_that_is_no_text_is_told_as_text(world: World) -> None:
    """An attribute may hold anything, also where the segment is read from."""
    for value in ([1], {"a": 1}, True):
        assert sent(world, "patch", "/customers/{customer}", json.dumps({"attributes": {"segment": value}}))[0] == 200


@pytest.mark.parametrize("query", ["owner=²", "owner=1%00", "q=%00", "cursor=%00", f"cursor={'9' * 50}"])
def test_odd_filters_are_refused(world: World, query: str) -> None:
    """A digit that is no number, NUL, cursors of nobody."""
    client = world.client("admin", raise_request_exception=False)
    assert client.get(world.url("/customers") + f"?{query}").status_code in {400, 422}
    assert client.get(world.url("/work-items") + f"?customer_id={10**30}").status_code == 422


def test_an_address_with_nul_is_no_address(world: World) -> None:
    """PostgreSQL would fail on the slug."""
    assert world.client("admin", raise_request_exception=False).get("/api/v1/w/a%00b").status_code == 400


@pytest.mark.parametrize("value", ["abc", 10**40, "\ud800", [1], None, -1.5])
def test_a_cursor_that_we_did_not_write_is_refused(world: World, value: object) -> None:
    """Its value would reach the database as whatever its maker likes; its total would be shown."""
    forged = base64.urlsafe_b64encode(json.dumps(["score", "", value, 10**40, 7, 0]).encode()).decode().rstrip("=")
    for text in (forged, f"{forged}.", f"{forged}.{'A' * 43}"):
        with pytest.raises(Invalid, match="cursor_invalid"):
            cursor_read(text, "score")
        assert world.client("admin", raise_request_exception=False).get(world.url("/alerts") + f"?cursor={text}").status_code == 422


@pytest.mark.parametrize("place", [[10**40, "a", "b"], [-(10**40), "a", "b"], [1, "\ud800", "b"], [1, "a", "\udfff"]])
def test_a_place_in_the_timeline_fits_the_warehouse(place: list[object]) -> None:
    """64 bits of microseconds, and text."""
    with pytest.raises(Invalid, match="cursor_broken"):
        place_of(base64.urlsafe_b64encode(json.dumps(place).encode()).decode())


@given(st.text(max_size=20))
def test_ids_of_a_filter_are_numbers_or_refused(text: str) -> None:
    """Whatever Unicode calls a digit."""
    try:
        assert all(number >= 0 for number in numbers("owner", text))
    except Invalid:
        assert not text.isascii() or not text.strip().isdigit() or len(text.strip()) > 18


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), inner),
    max_leaves=8,
)  # fmt: skip


class Body:
    """As much of a request as the parser reads."""

    def __init__(self, body: bytes) -> None:
        self.body = body


@given(PLAIN, st.booleans())
def test_every_plain_value_is_read_as_it_is(value: object, ascii_only: bool) -> None:
    """Emoji as a surrogate pair included: only halves of pairs are refused."""
    request = Body(json.dumps(value, ensure_ascii=ascii_only).encode())
    assert StrictParser().parse_body(request) == value  # type: ignore[arg-type]
