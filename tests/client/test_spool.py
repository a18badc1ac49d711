"""DAT-01: rows on disk until they are answered, whatever happens to the program in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.client.spool import Sealed, Spool, SpoolBusy, SpoolFull

PLENTY = 1 << 20


def opened(folder: Path, most: int = PLENTY) -> Spool:
    return Spool(folder, most_bytes=most, synced=False)


def bodies(spool: Spool) -> list[bytes]:
    return [sealed.body() for sealed in spool.ready()]


def test_a_file_is_sent_only_once_it_is_sealed_and_then_oldest_first(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append("activities", b"1\n")
    spool.append("orders", b"2\n")
    spool.append("activities", b"3\n")
    assert bodies(spool) == []
    spool.seal("activities")
    spool.seal("orders")
    spool.append("activities", b"4\n")
    spool.seal("activities")
    assert [(sealed.entity, sealed.body()) for sealed in spool.ready()] == [
        ("activities", b"1\n3\n"),
        ("orders", b"2\n"),
        ("activities", b"4\n"),
    ]
    assert len({sealed.key for sealed in spool.ready()}) == 3


def test_what_was_sent_is_gone_and_what_is_refused_is_set_aside(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    for line in (b"1\n", b"2\n"):
        spool.append("activities", line)
        spool.seal("activities")
    first, second = spool.ready()
    spool.remove(first)
    spool.set_aside(second)
    assert spool.is_empty()
    assert [path.read_bytes() for path in tmp_path.glob("*.refused")] == [b"2\n"]


def test_a_restart_finds_everything_under_the_same_keys(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append("activities", b"1\n")
    spool.seal("activities")
    spool.append("activities", b"2\n")
    before = [sealed.key for sealed in spool.ready()]
    spool.close()
    again = opened(tmp_path)
    assert bodies(again) == [b"1\n", b"2\n"]
    assert next(again.ready()).key == before[0]


@settings(deadline=None, max_examples=40)
@given(torn=st.binary(max_size=20).filter(lambda part: b"\n" not in part), rows=st.integers(0, 3))
def test_a_torn_last_line_is_dropped_and_no_whole_one(tmp_path_factory: pytest.TempPathFactory, torn: bytes, rows: int) -> None:
    folder = tmp_path_factory.mktemp("torn")
    (folder / "0001~activities~abc.open").write_bytes(b"row\n" * rows + torn)
    spool = opened(folder)
    assert bodies(spool) == ([b"row\n" * rows] if rows else [])
    spool.close()


def test_two_programs_never_share_a_folder(tmp_path: Path) -> None:
    first = opened(tmp_path)
    with pytest.raises(SpoolBusy):
        opened(tmp_path)
    first.close()
    opened(tmp_path).close()


def test_a_full_spool_takes_no_more_until_something_is_sent(tmp_path: Path) -> None:
    spool = opened(tmp_path, most=10)
    spool.append("activities", b"12345678\n")
    with pytest.raises(SpoolFull):
        spool.append("activities", b"12\n")
    spool.seal("activities")
    spool.remove(next(spool.ready()))
    spool.append("activities", b"12\n")
    spool.close()
    with pytest.raises(SpoolFull):
        opened(tmp_path, most=5).append("activities", b"123\n")


KILLED = """
import sys
from pathlib import Path
from liuke.client.spool import Spool
spool = Spool(Path(sys.argv[1]), most_bytes=1 << 20, synced=False)
for number in range(100000):
    spool.append("activities", b"%d\\n" % number)
    if number % 100 == 99:
        spool.seal("activities")
    print(number, flush=True)
"""


def test_kill_9_loses_no_row_that_was_taken(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(357)]
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    taken = [int(line) for line in told if line.endswith("\n")]
    found = [int(line) for body in bodies(opened(tmp_path)) for line in body.split()]
    assert found[: len(taken)] == taken
    assert len(found) <= len(taken) + 1  # one row may have been written and not yet told


def test_a_sealed_file_says_what_it_is(tmp_path: Path) -> None:
    sealed = Sealed(tmp_path / "x", "orders", "k")
    (tmp_path / "x").write_bytes(b"{}\n")
    assert (sealed.entity, sealed.key, sealed.body()) == ("orders", "k", b"{}\n")
