"""One sealed file to the server, and what its answer asks for: done, later, set aside, or stop."""

from __future__ import annotations

import gzip
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import httpx
import msgspec

from liuke.client.rows import Answer, Refusal, Rejection
from liuke.client.spool import Sealed

_LATER = frozenset({408, 425, 429})
_STOP = frozenset({401, 403, 404})
"""The key or the address is wrong: no row would be taken, so none is given up."""
LONGEST_WAIT = 60.0


class Refused(Exception):
    """The server does not take rows of this key: revoked, without the scope, or the wrong address. Rows stay in the spool."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code = status, code


class Next(Enum):
    """What to do with the file."""

    DONE = "done"
    LATER = "later"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a try. `wait`: the seconds that the server asked for, None where it asked for none."""

    next: Next
    wait: float | None = None
    rejections: Sequence[Rejection] = field(default_factory=tuple)
    told: str = ""


class Sender:
    """Sends sealed files over one connection."""

    def __init__(self, url: str, key: str, source: str, http: httpx.Client) -> None:
        self._url, self._source, self._http = url.rstrip("/"), source, http
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}

    def send(self, sealed: Sealed) -> Sent:
        """One try. Raises Refused where no try can succeed."""
        body = sealed.body()
        try:
            answer = self._http.post(
                f"{self._url}/api/v1/{sealed.entity}",
                params={"source": self._source},
                content=gzip.compress(body, 1),
                headers={**self._headers, "Idempotency-Key": sealed.key},
            )
        except httpx.TransportError as fault:
            return Sent(Next.LATER, told=f"{type(fault).__name__}: {fault}")
        if answer.status_code == httpx.codes.ACCEPTED:
            return self._accepted(sealed, body, answer)
        return self._otherwise(sealed, body, answer)

    def _accepted(self, sealed: Sealed, body: bytes, answer: httpx.Response) -> Sent:
        """202; an answer that is cut off is asked for again, which the server answers the same."""
        try:
            told = msgspec.json.decode(answer.content, type=Answer)
        except msgspec.MsgspecError:
            return Sent(Next.LATER, told="unreadable answer")
        rows = body.splitlines() if told.rejected else []
        found = [_rejection(sealed.entity, rows[each.index], each.code, each.field, each.reason) for each in told.rejected]
        return Sent(Next.DONE, rejections=found)

    def _otherwise(self, sealed: Sealed, body: bytes, answer: httpx.Response) -> Sent:
        status, told = answer.status_code, _refusal(answer)
        if status in _LATER or status >= 500:
            return Sent(Next.LATER, _seconds(answer.headers), told=f"{status} {told.code}")
        if status in _STOP or status < 400:
            raise Refused(status, told.code, told.message)
        rows = body.splitlines()
        found = [_of_fault(sealed.entity, rows, told.code, fault.where, fault.message) for fault in told.faults]
        return Sent(Next.ASIDE, rejections=[each for each in found if each], told=f"{status} {told.code}: {told.message}")


def _refusal(answer: httpx.Response) -> Refusal:
    try:
        return msgspec.json.decode(answer.content, type=Refusal)
    except msgspec.MsgspecError:
        return Refusal(message=answer.text[:200])


def _of_fault(entity: str, rows: Sequence[bytes], code: str, where: str, reason: str) -> Rejection | None:
    index, _, name = where.partition(".")
    return _rejection(entity, rows[int(index)], code, name, reason) if index.isdigit() and int(index) < len(rows) else None


def _rejection(entity: str, row: bytes, code: str, name: str, reason: str) -> Rejection:
    return Rejection(entity, msgspec.json.decode(row, type=dict[str, object]), code, name, reason)


def _seconds(headers: Mapping[str, str]) -> float | None:
    given = headers.get("Retry-After", "")
    return float(given) if given.isdigit() else None


def wait_before(tries: int, asked: float | None, chance: random.Random) -> float:
    """Seconds before the next try: what the server asked for, else doubling from half a second, with up to half of it left to chance."""
    if asked is not None:
        return asked
    longest = min(LONGEST_WAIT, 0.5 * float(1 << min(tries, 10)))
    return longest * (0.5 + chance.random() / 2)
