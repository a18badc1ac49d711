"""Pages by key: walking them yields every row once, in order, whatever the sort, the filters and the size."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role, Scope
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.show.queries.customer_list import SORTS, CustomerFilter, customer_page
from liuke.show.queries.paging import Cursor, cursor_read, cursor_write
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard
from tests.factories import make_actor, make_customer, make_workspace

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SIZE = 23


def make_cards(workspace: Workspace) -> None:
    """Cards with many ties and many missing values."""
    for number in range(SIZE):
        customer = make_customer(workspace, name=f"客户{number % 5}")
        CustomerCard.objects.create(
            customer=customer,
            workspace=workspace,
            key=customer.key,
            name=customer.name,
            status=("active", "active", "lost", "paused")[number % 4],
            tier=("high", "low")[number % 2],
            level=("normal", "high")[number % 2],
            score=float(number % 3 * 40),
            delta_7d=None if number % 3 else number % 2 * 1.5,
            annual_value=number % 4 * 100.25,
            expected_loss=0,
            last_order_at=None if number % 4 == 0 else NOW - timedelta(days=number % 6),
            contract_ends_on=None if number % 5 else (NOW + timedelta(days=number)).date(),
        )


@pytest.fixture
def reader(db: None) -> Reader:
    """An admin over 23 cards."""
    workspace = make_workspace()
    make_cards(workspace)
    return Reader(make_actor(workspace, Role.ADMIN), workspace, NOW, "zh-CN")


def walk(reader: Reader, wanted: CustomerFilter, sort: str, limit: int) -> list[int]:
    """The ids of all pages, one after the other."""
    ids, cursor, total = [], "", None
    while True:
        page = customer_page(reader=reader, wanted=wanted, sort=sort, cursor=cursor, limit=limit)
        assert len(page.items) <= limit
        assert total in {None, page.total}
        total = page.total
        ids += [row.id for row in page.items]
        if page.next_cursor is None:
            assert len(ids) == page.total
            return ids
        cursor = page.next_cursor


def expected(reader: Reader, statuses: Collection[str], tier: str, sort: str) -> list[int]:
    """The order by the book: values first, ties by id in the same direction, rows without a value last."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    cards = [
        card for card in CustomerCard.objects.filter(workspace=reader.workspace) if card.status in statuses and tier in {"", card.tier}
    ]
    valued = sorted(
        (card for card in cards if getattr(card, name) is not None), key=lambda card: (getattr(card, name), card.pk), reverse=down
    )
    empty = sorted((card for card in cards if getattr(card, name) is None), key=lambda card: card.pk, reverse=down)
    return [card.pk for card in valued + empty]


@dataclass(frozen=True, slots=True)
class Walk:
    """One way to walk a list; `few` switches between reading by index in sort order (0) and by id for a rare filter."""

    sort: str
    limit: int
    statuses: frozenset[str]
    tier: str
    few: int


WALKS = st.builds(
    Walk,
    sort=st.sampled_from([sign + name for name in sorted(SORTS) for sign in ("", "-")]),
    limit=st.integers(1, SIZE + 2),
    statuses=st.frozensets(st.sampled_from(["active", "lost", "paused", "closed"]), min_size=1),
    tier=st.sampled_from(["", "high"]),
    few=st.sampled_from([0, 2_000]),
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(way=WALKS)
def test_walking_the_pages_yields_every_row_once_in_order(reader: Reader, way: Walk) -> None:
    """Whatever the sort, the size of a page and the filters."""
    wanted = CustomerFilter(scope="all", status=",".join(sorted(way.statuses)), tier=way.tier)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("liuke.show.queries.paging.FEW", way.few)
        assert walk(reader, wanted, way.sort, way.limit) == expected(reader, way.statuses, way.tier, way.sort)


@pytest.mark.django_db
def test_a_row_that_changes_between_pages_never_shows_twice_in_front(reader: Reader) -> None:
    """Rows behind the cursor stay behind it: a new top row does not shift the next page."""
    first = customer_page(reader=reader, wanted=CustomerFilter(scope="all"), sort="-score", cursor="", limit=5)
    CustomerCard.objects.filter(pk=first.items[-1].id).update(score=100)
    second = customer_page(reader=reader, wanted=CustomerFilter(scope="all"), sort="-score", cursor=first.next_cursor or "", limit=200)
    assert not {row.id for row in first.items} & {row.id for row in second.items}


@given(
    value=st.one_of(
        st.none(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20), st.datetimes(timezones=st.just(UTC)), st.dates()
    ),
    row_id=st.integers(1, 2**62),
    total=st.integers(0, 10_000),
)
def test_a_cursor_says_again_what_was_written(value: object, row_id: int, total: int) -> None:
    """Floats, dates and moments survive exactly, or a page would skip or repeat rows."""
    cursor = Cursor("-score", value, row_id, total, capped=total == 10_000)
    assert cursor_read(cursor_write(cursor), "-score") == cursor


@pytest.mark.parametrize(
    "text",
    ["x", "AAAA", "e30", "W10", "!!!", pytest.param(cursor_write(Cursor("name", "a", 1)), id="another order")],
)
def test_a_broken_or_foreign_cursor_is_refused(text: str) -> None:
    """Also the cursor of another sort."""
    with pytest.raises(Invalid, match="cursor_invalid"):
        cursor_read(text, "-score")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("status", "dead", "filter_unknown"),
        ("level", "extreme", "filter_unknown"),
        ("owner", "me", "filter_number"),
        ("scope", "x", "filter_unknown"),
    ],
)
def test_an_unknown_filter_names_what_is_allowed(reader: Reader, field: str, value: str, code: str) -> None:
    """Never a silent empty list."""
    wanted = CustomerFilter(**({"scope": "all"} | {field: value}))
    with pytest.raises(Invalid) as fault:
        customer_page(reader=reader, wanted=wanted, sort="-score", cursor="", limit=5)
    assert fault.value.code == code


@pytest.mark.django_db
def test_search_takes_percent_and_underscore_as_they_are(reader: Reader) -> None:
    """They are no wildcards."""
    wanted = CustomerFilter(scope="all", q="%")
    assert customer_page(reader=reader, wanted=wanted, sort="-score", cursor="", limit=5).total == 0


@pytest.mark.django_db
def test_scopes_never_widen_what_a_role_sees(reader: Reader) -> None:
    """A manager who asks for `all` still gets the own customers only."""
    manager = make_actor(reader.workspace, Role.MANAGER)
    assert manager.scope is Scope.OWN
    theirs = CustomerCard.objects.filter(workspace=reader.workspace, status="active").order_by("pk")[:3]
    for card in theirs:
        CustomerCard.objects.filter(pk=card.pk).update(owner_id=manager.membership_id)
    own = Reader(manager, reader.workspace, NOW, "zh-CN")
    for scope in ("mine", "team", "all"):
        assert set(walk(own, CustomerFilter(scope=scope), "name", 2)) <= {card.pk for card in theirs}
    assert len(walk(own, CustomerFilter(scope="mine"), "name", 2)) == 3
