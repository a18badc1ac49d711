"""Identity of rows without an id: the same file again says the same, identical lines stay apart."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.ids import Occurrences, content_digests, row_ids

cells = st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.text(max_size=3))), max_size=40)


def ids(rows: list[tuple[str, str | None]], chunk: int) -> list[str]:
    occurrences, found = Occurrences(), []
    for start in range(0, len(rows), chunk):
        part = rows[start : start + chunk]
        columns = [pa.array([row[0] for row in part], pa.string()), pa.array([row[1] for row in part], pa.string())]
        found += row_ids(columns, occurrences).to_pylist()
    return found


@given(cells)
def test_the_same_rows_again_get_the_same_ids(rows: list[tuple[str, str | None]]) -> None:
    assert ids(rows, 1000) == ids(rows, 1000)


@given(cells, st.integers(1, 7))
def test_the_size_of_the_chunks_does_not_matter(rows: list[tuple[str, str | None]], chunk: int) -> None:
    assert ids(rows, chunk) == ids(rows, 1000)


@given(cells)
def test_identical_lines_stay_apart(rows: list[tuple[str, str | None]]) -> None:
    assert len(set(ids(rows, 5))) == len(rows)


@given(cells, st.randoms())
def test_the_order_of_the_file_does_not_matter(rows: list[tuple[str, str | None]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(ids(rows, 3)) == set(ids(shuffled, 3))


def test_occurrences_count_from_one() -> None:
    assert [text.split("-")[1] for text in ids([("a", "x"), ("b", "x"), ("a", "x"), ("a", "x")], 2)] == ["1", "1", "2", "3"]


def test_a_missing_cell_is_the_same_as_an_empty_one() -> None:
    first, second = content_digests([pa.array(["a", "a"]), pa.array(["", None])])
    assert first == second


def test_stored_ids_never_change_between_releases() -> None:
    assert row_ids([pa.array(["a"])], Occurrences()).to_pylist() == ["1ba3c523e770f3313cc91ab1-1"]
