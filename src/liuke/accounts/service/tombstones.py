"""Tombstones in the database and, beside it, in a file that no backup carries: after a restore the file knows what the database forgot.

`<data>/erasures/tombstones.jsonl`, one line per mark or lifting, only ever appended to and on disk before an erasure goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from liuke.accounts.domain.tombstones import Mark, Refusals, digest_of
from liuke.accounts.store.models import Tombstone, Workspace

FOLDER, FILE = "erasures", "tombstones.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. `lifted`: the marks of this erasure no longer count; then digest and mark are blank."""

    workspace: int
    erasure: str
    at: str
    digest: str = ""
    mark: str = ""
    lifted: bool = False


def tombstones_path(data_dir: Path) -> Path:
    """Where the file of an installation lies; it need not exist."""
    return data_dir / FOLDER / FILE


def tombstones_write(*, workspace_id: int, erasure: str, marks: Sequence[tuple[Mark, str]], at: datetime) -> int:
    """Remember marks for good, in the file first; how many there are. Done again it changes nothing that counts."""
    secret = _secret()
    told = {digest_of(secret, workspace_id, mark, text): mark for mark, text in marks if text}
    _append([Line(workspace_id, erasure, at.isoformat(), digest, mark.value) for digest, mark in told.items()])
    for digest, mark in told.items():
        given = {"mark": mark.value, "erasure": erasure, "at": at, "lifted_at": None}
        Tombstone.objects.update_or_create(workspace_id=workspace_id, digest=digest, defaults=given)
    return len(told)


def tombstones_lift(*, workspace_id: int, erasure: str, at: datetime) -> int:
    """The person may be imported again; how many marks that were. What was erased stays erased."""
    _append([Line(workspace_id, erasure, at.isoformat(), lifted=True)])
    standing = Tombstone.objects.filter(workspace_id=workspace_id, erasure=erasure, lifted_at__isnull=True)
    return standing.update(lifted_at=at)


def refusals_of(workspace_id: int) -> Refusals:
    """What rows are asked against; one small query where nobody was erased."""
    standing = Tombstone.objects.filter(workspace_id=workspace_id, lifted_at__isnull=True)
    digests = frozenset(standing.values_list("digest", flat=True))
    return Refusals(workspace_id, digests, _secret() if digests else b"")


def tombstones_recall() -> int:
    """Bring what the file knows and the database does not (it was restored) into the database; how many marks."""
    now_known, recalled = set(Workspace.objects.values_list("pk", flat=True)), 0
    with transaction.atomic():
        for line in _lines(tombstones_path(settings.LIUKE.data_dir)):
            if line.workspace not in now_known:
                continue
            if line.lifted:
                standing = Tombstone.objects.filter(workspace_id=line.workspace, erasure=line.erasure, lifted_at__isnull=True)
                standing.update(lifted_at=datetime.fromisoformat(line.at))
                continue
            given = {"mark": line.mark, "erasure": line.erasure, "at": datetime.fromisoformat(line.at)}
            _, new = Tombstone.objects.get_or_create(workspace_id=line.workspace, digest=line.digest, defaults=given)
            recalled += new
    return recalled


def _lines(path: Path) -> Iterator[Line]:
    """Whole lines only: one that a crash cut short was written again by the erasure that went on."""
    if not path.is_file():
        return
    for text in path.read_text("utf-8").splitlines():
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue


def _append(lines: Iterable[Line]) -> None:
    path = tombstones_path(settings.LIUKE.data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{json.dumps(asdict(line))}\n" for line in lines)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600), "r+b") as file:
        torn = file.seek(0, os.SEEK_END) > 0 and not _ends_a_line(file.fileno())
        file.write((("\n" if torn else "") + text).encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(handle: int) -> bool:
    return os.pread(handle, 1, os.fstat(handle).st_size - 1) == b"\n"


def _secret() -> bytes:
    """The file that `liuke.server.secrets` makes before anything else runs."""
    path: Path = settings.LIUKE.data_dir / "secret"
    return path.read_bytes()
