"""What looks odd in a workspace's data as of a moment: read from the stream with our own SQL, nothing after the moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import numpy as np

from liuke.base.times import DAY_US, from_us, to_us
from liuke.facts.domain.kinds import NOT_AN_INTERACTION
from liuke.facts.store.models import Customer
from liuke.features.service import Run
from liuke.signals.domain.catalogue import SIGNALS
from liuke.signals.domain.outage import Reach, Silent, held_signals, source_silence
from liuke.signals.domain.signal import Judged, Numbers, Signal
from liuke.signals.domain.verification import CaseKind, Finding

YEAR, WITHIN, ZOMBIE_DAYS = 400, 7, 30
FIVE_STARS, LATELY = 5, 30
UPLOADED = "import"
"""What `align` calls the source of files that people upload."""
MOST = 200
"""Customers per kind and scoring that come to 待验证 at most: a queue that nobody can finish helps nobody."""


def _known(as_of: datetime, days: int = YEAR) -> str:
    now = to_us(as_of)
    return f"ts_us < {now} AND known_us <= {now} AND ts_us >= {now - days * DAY_US}"


def reaches_read(run: Run, as_of: datetime, name: str = "source") -> list[Reach]:
    """How far each source (or each `kind`) reaches, and how long it usually pauses."""
    if name not in {"source", "kind"}:
        raise ValueError(name)
    table = run(f"""
        WITH days AS (SELECT {name} AS name, ts_us // {DAY_US} AS day, max(ts_us) AS newest FROM activity
                      WHERE {_known(as_of)} GROUP BY ALL),
             gaps AS (SELECT name, newest, day - lag(day) OVER (PARTITION BY name ORDER BY day) AS gap FROM days)
        SELECT name, max(newest) AS newest, count(*) AS days, coalesce(quantile_cont(gap, 0.95), 0) AS usual,
            coalesce(max(gap), 0) AS longest
        FROM gaps GROUP BY name ORDER BY name""")
    return [
        Reach(str(row["name"]), int(row["newest"]), int(row["days"]), float(row["usual"]), float(row["longest"]))
        for row in table.to_pylist()
    ]


def silent_sources(run: Run, as_of: datetime) -> tuple[Silent, ...]:
    """The sources that stopped; files that people upload come when somebody uploads them and are never down."""
    return source_silence([reach for reach in reaches_read(run, as_of) if reach.name != UPLOADED], to_us(as_of))


def signals_held(run: Run, as_of: datetime, *, trusted: Collection[str] = ()) -> tuple[frozenset[str], tuple[Silent, ...]]:
    """The signals that wait for a silent source, and the silent sources. `trusted`: sources of which a person said 数据错误 or 季节性."""
    silent = tuple(one for one in silent_sources(run, as_of) if one.name not in trusted)
    if not silent:
        return frozenset(), ()
    found = run(f"SELECT source, kind, count(*) AS n FROM activity WHERE {_known(as_of)} GROUP BY ALL").to_pylist()
    rows = {(str(row["source"]), str(row["kind"])): int(row["n"]) for row in found}
    return held_signals(SIGNALS, rows, {one.name for one in silent}), silent


def drops_of(judged: Sequence[tuple[Signal, Judged]], customers: Sequence[int]) -> list[Finding]:
    """Customers for whom a signal fires that a person has to verify, the strongest first."""
    found = []
    for signal, said in judged:
        if not signal.verify:
            continue
        rows = np.nonzero(said.strength > 0)[0]
        for row in rows[np.argsort(-said.strength[rows], kind="stable")][:MOST].tolist():
            key = said.key if isinstance(said.key, str) else str(said.key[row])
            params = {name: _at(value, row) for name, value in said.params.items()}
            found.append(Finding(CaseKind.DROP, signal.code, int(customers[row]), key, params))
    return found


def _at(value: Numbers | float, row: int) -> float | None:
    """One customer's number of a sentence; None where it is not known."""
    number = float(value[row]) if isinstance(value, np.ndarray) else float(value)
    return round(number, 4) if np.isfinite(number) else None


def findings(workspace_id: int, run: Run, as_of: datetime) -> list[Finding]:
    """Breakpoints, contradictions and zombies as of a moment; what signals say is the caller's."""
    sources = silent_sources(run, as_of)
    return [*_breakpoints(run, as_of, sources), *_contradictions(run, as_of), *_zombies(workspace_id, run, as_of)]


def _breakpoints(run: Run, as_of: datetime, sources: Collection[Silent]) -> Iterator[Finding]:
    for silent in sources:
        yield Finding(CaseKind.SOURCE, silent.name, None, "verification.source", _since(silent, as_of))
    if not sources:
        for silent in source_silence(reaches_read(run, as_of, "kind"), to_us(as_of)):
            yield Finding(CaseKind.FEATURE, silent.name, None, "verification.feature", _since(silent, as_of))


def _since(silent: Silent, as_of: datetime) -> Mapping[str, object]:
    days = (to_us(as_of) - silent.since_us) / DAY_US
    return {"since": from_us(silent.since_us).isoformat(), "days": round(days, 1), "usual": round(silent.usual_days, 1)}


def _contradictions(run: Run, as_of: datetime) -> Iterator[Finding]:
    """A ticket, then a rating of five (or an NPS of nine) within a week, in the last month."""
    praise = f"(kind = 'rating.given' AND value >= {FIVE_STARS}) OR (kind = 'survey.answered' AND value >= {FIVE_STARS})"
    table = run(f"""
        WITH seen AS (SELECT customer_id, ts_us, kind, value FROM activity WHERE {_known(as_of, LATELY + WITHIN)})
        SELECT bad.customer_id, max(bad.ts_us) AS complained, max(good.ts_us) AS praised, max(good.value) AS stars
        FROM seen AS bad JOIN (SELECT * FROM seen WHERE {praise}) AS good
          ON good.customer_id = bad.customer_id AND good.ts_us > bad.ts_us AND good.ts_us <= bad.ts_us + {WITHIN * DAY_US}
        WHERE bad.kind = 'ticket.opened' GROUP BY bad.customer_id ORDER BY praised DESC LIMIT {MOST}""")
    for row in table.to_pylist():
        params = {
            "complained": from_us(int(row["complained"])).isoformat(),
            "praised": from_us(int(row["praised"])).isoformat(),
            "stars": float(row["stars"]),
        }
        yield Finding(CaseKind.CONTRADICTION, "", int(row["customer_id"]), "verification.contradiction", params)


def _zombies(workspace_id: int, run: Run, as_of: datetime) -> Iterator[Finding]:
    """Registered a month ago or longer, and never an action of the customer's own; the newest first."""
    now = to_us(as_of)
    but = ", ".join(f"'{kind.value}'" for kind in sorted(NOT_AN_INTERACTION))
    acted = set(run(f"SELECT DISTINCT customer_id FROM activity WHERE ts_us < {now} AND kind NOT IN ({but})")["customer_id"].to_pylist())
    before = from_us(now - ZOMBIE_DAYS * DAY_US)
    known = Customer.objects.filter(workspace_id=workspace_id, status="active", registered_at__lt=before).order_by("-registered_at", "pk")
    idle = [(pk, at) for pk, at in known.values_list("pk", "registered_at") if pk not in acted and at is not None]
    for pk, registered in idle[:MOST]:
        yield Finding(CaseKind.ZOMBIE, "", pk, "verification.zombie", {"registered": registered.isoformat(), "days": ZOMBIE_DAYS})
