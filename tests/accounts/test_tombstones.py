"""DAT-18: whoever was erased is recognised by keyed hashes, which no restore forgets and nobody can read a name out of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.tombstones import Mark, Refusals, contact_text, digest_of, email_of, phone_of
from liuke.accounts.service.tombstones import refusals_of, tombstones_lift, tombstones_path, tombstones_recall, tombstones_write
from liuke.accounts.store.models import Tombstone
from tests.factories import make_workspace

AT = datetime(2026, 3, 2, tzinfo=UTC)
MARKS = [(Mark.KEY, "C-77"), (Mark.PHONE, "13912345678"), (Mark.EMAIL, "ruolan@example.test")]


@pytest.fixture(autouse=True)
def _own_file() -> None:
    tombstones_path(settings.LIUKE.data_dir).unlink(missing_ok=True)


def text_of_file() -> str:
    return tombstones_path(settings.LIUKE.data_dir).read_text()


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("139 1234 5678", "13912345678"),
        ("+86 139-1234-5678", "13912345678"),
        ("0086(139)12345678", "13912345678"),
        ("+44 20 7946 0958", "442079460958"),
        ("12345", ""),
        ("C-77", ""),
        ("1391234567８", ""),
        ("", ""),
    ],
)
def test_a_number_is_the_same_however_it_is_written(written: str, digits: str) -> None:
    assert phone_of(written) == digits


def test_an_address_is_the_same_in_any_case_and_a_text_is_none() -> None:
    assert email_of(" RuoLan@Example.TEST ") == "ruolan@example.test"
    assert [email_of(text) for text in ("若兰", "a@b", "a b@c.de", "@c.de")] == ["", "", "", ""]


@given(st.text(min_size=1), st.integers(1, 9), st.integers(1, 9), st.binary(min_size=16, max_size=16))
def test_a_digest_says_nothing_without_the_secret_and_differs_by_workspace_and_mark(text: str, one: int, other: int, secret: bytes) -> None:
    digest = digest_of(secret, one, Mark.KEY, text)
    assert len(digest) == 40
    assert digest != digest_of(secret + b"x", one, Mark.KEY, text)
    assert digest != digest_of(secret, one, Mark.PHONE, text)
    assert (digest == digest_of(secret, other, Mark.KEY, text)) == (one == other)


def test_nothing_is_refused_where_nobody_was_erased() -> None:
    nobody = Refusals(1)
    assert not nobody
    assert not nobody.customer("C-77")
    assert not nobody.reached_by(["13912345678"])


@pytest.mark.django_db
def test_the_erased_are_refused_by_number_telephone_and_address_and_in_their_workspace_alone() -> None:
    workspace, other = make_workspace(), make_workspace()
    assert tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS, at=AT) == 3
    refusals = refusals_of(workspace.pk)
    assert refusals.customer("C-77")
    assert not refusals.customer("C-78")
    assert refusals.reached_by(["", "若兰", "+86 139-1234-5678"])
    assert refusals.reached_by(["RUOLAN@example.test"])
    assert not refusals.reached_by(["13912345679"])
    assert not refusals.contact("C-77", "1"), "a mark of another sort"
    assert not refusals_of(other.pk)


@pytest.mark.django_db
def test_a_contact_is_refused_at_its_customer_only() -> None:
    workspace = make_workspace()
    tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=[(Mark.CONTACT, contact_text("C1", "7"))], at=AT)
    refusals = refusals_of(workspace.pk)
    assert refusals.contact("C1", "7")
    assert not refusals.contact("C17", "")
    assert not refusals.contact("C2", "7")


@pytest.mark.django_db
def test_neither_file_nor_table_holds_what_was_hashed_and_the_file_is_the_owners_alone() -> None:
    workspace = make_workspace()
    tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS, at=AT)
    told = text_of_file() + str(list(Tombstone.objects.values()))
    assert all(text not in told for _, text in MARKS)
    assert tombstones_path(settings.LIUKE.data_dir).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_writing_twice_is_writing_once() -> None:
    workspace = make_workspace()
    for _ in range(2):
        tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS, at=AT)
    assert Tombstone.objects.filter(workspace=workspace).count() == 3


@pytest.mark.django_db
def test_lifting_lets_the_person_in_again_and_a_second_erasure_does_not() -> None:
    workspace = make_workspace()
    tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS, at=AT)
    assert tombstones_lift(workspace_id=workspace.pk, erasure="e1", at=AT) == 3
    assert not refusals_of(workspace.pk)
    assert tombstones_lift(workspace_id=workspace.pk, erasure="e1", at=AT) == 0
    tombstones_write(workspace_id=workspace.pk, erasure="e2", marks=MARKS[:1], at=AT)
    assert refusals_of(workspace.pk).customer("C-77")


@pytest.mark.django_db
def test_a_restored_database_learns_again_from_the_file() -> None:
    workspace = make_workspace()
    tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS, at=AT)
    tombstones_write(workspace_id=workspace.pk, erasure="e2", marks=[(Mark.KEY, "C-1")], at=AT)
    tombstones_lift(workspace_id=workspace.pk, erasure="e2", at=AT)
    Tombstone.objects.all().delete()  # what a backup from before knows
    assert tombstones_recall() == 4
    refusals = refusals_of(workspace.pk)
    assert refusals.customer("C-77")
    assert not refusals.customer("C-1"), "lifted stays lifted"
    assert tombstones_recall() == 0


@pytest.mark.django_db
def test_a_torn_line_and_a_workspace_that_is_gone_stop_nothing() -> None:
    workspace = make_workspace()
    tombstones_write(workspace_id=workspace.pk, erasure="e1", marks=MARKS[:1], at=AT)
    tombstones_write(workspace_id=10**6, erasure="e0", marks=[], at=AT)
    path: Path = tombstones_path(settings.LIUKE.data_dir)
    with path.open("a") as file:
        file.write('{"workspace": 1, "era')  # the power went
    tombstones_write(workspace_id=workspace.pk, erasure="e2", marks=MARKS[1:2], at=AT)
    with path.open("a") as file:
        file.write(
            '{"workspace": 1000000, "erasure": "e9", "at": "2026-03-02T00:00:00+00:00", "digest": "x", "mark": "key"}\n{"a": 1}\n[]\n'
        )
    Tombstone.objects.all().delete()
    assert tombstones_recall() == 2
    assert refusals_of(workspace.pk).reached_by(["13912345678"])
