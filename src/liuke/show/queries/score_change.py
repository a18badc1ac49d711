"""BEY-05: why a customer's score changed between two scorings, by scoring the customer again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from liuke.accounts.service.calendar import calendar_of
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import from_us, local_day, to_us
from liuke.features.service import Source
from liuke.score.domain.basis import Basis, basis_from_plain
from liuke.score.domain.change import Change, Lines, Moved, score_change, with_lines
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.rescoring import as_on, behind
from liuke.score.service import score_prepare
from liuke.score.service.asked import asked_for, then_of
from liuke.score.service.frame import Asked, frame_at
from liuke.score.store.models import ScoreRun, ScoreVersion
from liuke.score.store.versions import template_of, version_config
from liuke.show.api.schemas.scoring import ChangeLine, ChangePart, ScoreChangeOut
from liuke.show.queries.config import churn_of
from liuke.show.queries.kept import kept
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.warehouse import rows, runner, warehouse
from liuke.signals.service import signals_all

GIVEN = ("tag:", "rule:")
"""Lines that people's tags and rules gave: what they said then is kept, so scoring again does not ask them."""


def score_change_out(*, reader: Reader, customer_id: int, start: datetime, end: datetime) -> ScoreChangeOut:
    """The scorings at or before both moments, compared. Raises NotFound("score_not_at"), Invalid("score_dates")."""
    if start >= end:
        raise Invalid("score_dates")
    one, other = (_stored(reader, customer_id, min(moment, reader.now)) for moment in (start, end))
    configs = [_config(reader, int(row["version"])) for row in (one, other)]
    moments = [from_us(row["as_of_us"]) for row in (one, other)]
    calendar = calendar_of(reader.workspace, year=reader.today.year).periods
    old, new = (
        as_on(config, local_day(moment, reader.workspace.time_zone), calendar) for config, moment in zip(configs, moments, strict=True)
    )
    bases = [_basis(reader, moment, config) for moment, config in ((moments[0], old), (moments[1], old), (moments[1], new))]
    before, after = _lines(one), _lines(other)
    moved = _again(reader, customer_id, moments[1], old, basis=bases[1], stored=after)
    found = score_change(
        before=before,
        after=after,
        old_old=_again(reader, customer_id, moments[0], old, basis=bases[0], stored=before),
        old_new=moved,
        new_new=moved if new == old else _again(reader, customer_id, moments[1], new, basis=bases[2], stored=after),
        stale=behind(signals_all(), old, bases[1].kinds, to_us(moments[1])),
    )
    stale = behind(signals_all(), new, bases[2].kinds, to_us(moments[1]))
    return _out(reader, found, (one, other), sorted(stale))


def _stored(reader: Reader, customer_id: int, at: datetime) -> Mapping[str, Any]:
    sql = "SELECT * FROM score WHERE customer_id = $customer AND as_of_us <= $at ORDER BY as_of_us DESC LIMIT 1"
    found = rows(reader.workspace, sql, {"customer": customer_id, "at": to_us(at)}).to_pylist()
    if not found:
        raise NotFound("score_not_at", day=local_day(at, reader.workspace.time_zone).isoformat())
    row: Mapping[str, Any] = found[0]
    return row


def _config(reader: Reader, version: int) -> ScoreConfig:
    found = ScoreVersion.objects.filter(workspace=reader.workspace, version=version).first()
    return version_config(reader.workspace, found) if found else template_of(reader.workspace).config


def _lines(row: Mapping[str, Any]) -> Lines:
    points: dict[str, float] = {}
    for reason in json.loads(row["reasons"]):
        points[reason["signal"]] = points.get(reason["signal"], 0.0) + float(reason["points"])
    unknown = json.loads(row.get("not_computable") or "{}")
    return Lines(float(row["base"]), points, frozenset(unknown), float(row["score"]))


def _basis(reader: Reader, at: datetime, config: ScoreConfig) -> Basis:
    """What the run of that moment knew of everybody: as it was kept with it, else found again."""
    runs = ScoreRun.objects.filter(workspace=reader.workspace, as_of__lte=at, finished_at__isnull=False).select_related("version")
    run = runs.order_by("-as_of").first()
    if run is not None and run.basis and version_config(reader.workspace, run.version).tiers == config.tiers:
        return basis_from_plain(run.basis)
    key = ("basis", reader.workspace.pk, to_us(at), config.tiers)
    return kept(key, lambda: _found_again(reader, at, config))


def _found_again(reader: Reader, at: datetime, config: ScoreConfig) -> Basis:
    source, churn = Source(runner(reader.workspace)), churn_of(reader.workspace)
    return score_prepare(source=source, as_of=at, zone=reader.workspace.time_zone, config=config, churn=churn).basis


def _again(reader: Reader, customer_id: int, at: datetime, config: ScoreConfig, *, basis: Basis, stored: Lines) -> Lines:
    """The customer scored again at that moment, with the lines of tags and rules as they were stored."""
    asked = asked_for(reader.workspace, config) if config.profiles else Asked()
    then = replace(then_of(reader.workspace, warehouse(), at), overrides={})
    found = frame_at(
        source=Source(runner(reader.workspace)),
        as_of=at,
        zone=reader.workspace.time_zone,
        config=config,
        churn=churn_of(reader.workspace),
        asked=asked,
        then=then,
        customers=[customer_id],
        basis=basis,
    )
    table = found.scored.table
    if not table.num_rows:
        return stored
    lines = _lines(table.to_pylist()[0])
    own = {code: points for code, points in lines.points.items() if not code.startswith(GIVEN)}
    return with_lines(replace(lines, points=own), stored, [code for code in stored.points if code.startswith(GIVEN)])


def _out(reader: Reader, found: Change, ends: tuple[Mapping[str, Any], Mapping[str, Any]], stale: list[str]) -> ScoreChangeOut:
    texts = {reason["signal"]: reader.reason(reason) for row in ends for reason in json.loads(row["reasons"])}
    names = [reader.text(f"signals.{code}.name") for code in stale]
    return ScoreChangeOut(
        start=from_us(ends[0]["as_of_us"]),
        end=from_us(ends[1]["as_of_us"]),
        before=found.before,
        after=found.after,
        version_before=ends[0]["version"],
        version_after=ends[1]["version"],
        parts=[
            ChangePart(key=word(part.value), text=reader.text(f"change.{part.value}"), points=points)
            for part, points in found.parts.items()
        ],
        lines=[_line(reader, moved, texts) for moved in found.moved],
        stale_signals=names,
        notes=[reader.text("change.note_given")] if any(code.startswith(GIVEN) for code in texts) else [],
    )


def _line(reader: Reader, moved: Moved, texts: Mapping[str, str]) -> ChangeLine:
    known = {"base": "change.base", "override": "change.override"}
    text = reader.text(known[moved.code]) if moved.code in known else _name(reader, moved.code, texts)
    return ChangeLine(part=word(moved.part.value), code=moved.code, text=text, before=moved.before, after=moved.after)


def _name(reader: Reader, code: str, texts: Mapping[str, str]) -> str:
    return texts.get(code, code) if code.startswith(GIVEN) else reader.text(f"signals.{code}.name")
