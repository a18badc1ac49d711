"""The steps of an erasure, in the only order in which a crash anywhere leaves nothing behind that the rest does not finish (DAT-18)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """Each is safe to do twice. What names the person is needed until the last, so it lies sealed in the request until then."""

    MARKS = "marks"
    """Tombstones on disk: from here on no import brings the person back."""
    FILES = "files"
    """Photos, uploads, files of rejects, exports, accepted batches that wait."""
    ROWS = "rows"
    """The customer and all that hangs on it, in one transaction."""
    MENTIONS = "mentions"
    """Names and addresses in rows of others: notices, reports, results."""
    STREAM = "stream"
    """Activities, scores, frames; then the file is made anew."""
    LAKE = "lake"
    """The Parquet copy."""
    SPACE = "space"
    """Room that the database has freed but not overwritten."""
    PROOF = "proof"
    """Look for the person everywhere."""


ORDER = tuple(Stage)


def left_to_do(done: str) -> tuple[Stage, ...]:
    """The steps behind the last one that is done; all of them for a blank."""
    return ORDER[ORDER.index(Stage(done)) + 1 :] if done else ORDER


def proof_of(result: Mapping[str, object]) -> str:
    """SHA-256 of the result as canonical JSON (sorted, no blanks)."""
    text = json.dumps(result, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
