"""BEY-05: why a customer's score changed between two scorings, by scoring the customer again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from liuke.accounts.service.calendar import calendar_of
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import from_us, local_day, to_us
from liuke.features.service import Source
from liuke.score.domain.basis import Basis, basis_from_plain
from liuke.score.domain.change import Change, Lines, Moved, Part, score_change, with_lines
from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.modelled_points import SEASON
from liuke.score.domain.modelled_words import MODEL_PREFIX
from liuke.score.domain.rescoring import as_on, behind
from liuke.score.service import score_prepare
from liuke.score.service.asked import asked_for, then_of
from liuke.score.service.frame import Asked, frame_at
from liuke.score.service.model import model_numbered
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
    models = [model_numbered(reader.workspace, row["model"]) for row in (one, other)]
    again = _Again(reader, customer_id)
    moved = again.scored(moments[1], old, models[0], basis=bases[1], stored=after)
    same = new == old
    found = score_change(
        before=before,
        after=after,
        old_old=again.scored(moments[0], old, models[0], basis=bases[0], stored=before),
        old_new=moved,
        new_new=moved if same else again.scored(moments[1], new, models[0], basis=bases[2], stored=after),
        new_model=None if one["model"] == other["model"] else again.scored(moments[1], new, models[1], basis=bases[2], stored=after),
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
        for code, amount in _codes(reason):
            points[code] = points.get(code, 0.0) + amount
    unknown = json.loads(row.get("not_computable") or "{}")
    return Lines(float(row["base"]), points, frozenset(unknown), float(row["score"]))


def _codes(reason: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The points of a stored line; a model's line by what it is made of: signals by their code, numbers as `model:<column>`."""
    if "parts" not in reason:
        yield reason["signal"], float(reason["points"])
    for part in reason.get("parts", ()):
        name: str = part["name"]
        code = name.removeprefix(SIGNAL_PREFIX) if name.startswith(SIGNAL_PREFIX) else f"{MODEL_PREFIX}{name}"
        yield code, float(part["points"])


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


@dataclass(frozen=True, slots=True)
class _Again:
    """A customer to be scored again."""

    reader: Reader
    customer_id: int

    def scored(self, at: datetime, config: ScoreConfig, model: LiveModel | None, *, basis: Basis, stored: Lines) -> Lines:
        """At that moment by that configuration and model, with the lines of tags and rules as they were stored."""
        workspace = self.reader.workspace
        asked = asked_for(workspace, config) if config.profiles else Asked()
        then = replace(then_of(workspace, warehouse(), at), overrides={})
        found = frame_at(
            source=Source(runner(workspace)),
            as_of=at,
            zone=workspace.time_zone,
            config=config,
            churn=churn_of(workspace),
            asked=replace(asked, model=model),
            then=then,
            customers=[self.customer_id],
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
            ChangePart(key=word(part.value), text=_part_name(reader, part, ends), points=points) for part, points in found.parts.items()
        ],
        lines=[_line(reader, moved, texts) for moved in found.moved],
        stale_signals=names,
        notes=[reader.text("change.note_given")] if any(code.startswith(GIVEN) for code in texts) else [],
    )


def _part_name(reader: Reader, part: Part, ends: tuple[Mapping[str, Any], Mapping[str, Any]]) -> str:
    """The part in words; of the model's both versions, where there was none "rules"."""
    if part is not Part.MODEL:
        return reader.text(f"change.{part.value}")
    names = [reader.text("change.model_none" if row["model"] is None else "change.model_number", {"number": row["model"]}) for row in ends]
    return reader.text("change.model", {"before": names[0], "after": names[1]})


def _line(reader: Reader, moved: Moved, texts: Mapping[str, str]) -> ChangeLine:
    known = {"base": "change.base", "override": "change.override", SEASON: "reasons.season_model"}
    text = reader.text(known[moved.code]) if moved.code in known else _name(reader, moved.code, texts)
    return ChangeLine(part=word(moved.part.value), code=moved.code, text=text, before=moved.before, after=moved.after)


def _name(reader: Reader, code: str, texts: Mapping[str, str]) -> str:
    if code.startswith(MODEL_PREFIX):
        return reader.text(f"model.column.{code.removeprefix(MODEL_PREFIX)}")
    return texts.get(code, code) if code.startswith(GIVEN) else reader.text(f"signals.{code}.name")
