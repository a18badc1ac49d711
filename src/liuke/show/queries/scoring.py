"""评分设置: the live configuration, the draft, the catalogue, and what a draft would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service.calendar import calendar_of
from liuke.base.errors import Conflict
from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.features.service import Run, Source
from liuke.score.domain.config import ScoreConfig, from_plain
from liuke.score.domain.levels import Level
from liuke.score.domain.preview import Moved, Preview, score_preview
from liuke.score.domain.profile_rules import profiles_checked
from liuke.score.service.asked import asked_for, then_of
from liuke.score.service.frame import frame_at
from liuke.score.store.models import ScoreRun, ScoreVersion
from liuke.score.store.overrides import overrides_now
from liuke.score.store.versions import template_of, version_draft
from liuke.show.api.schemas.accounts import BandsOut
from liuke.show.api.schemas.insight import (
    LevelMove,
    ParamOut,
    PreviewCustomer,
    ScoreConfigOut,
    ScorePreviewOut,
    ScoringOut,
    SignalOut,
)
from liuke.show.api.schemas.scoring import SeasonNow
from liuke.show.domain.figures import BINS
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.boards import past_of
from liuke.show.queries.chances import mode_of
from liuke.show.queries.config import churn_of, config_of
from liuke.show.queries.dashboard import histogram
from liuke.show.queries.kept import kept
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.stamps import kinds_of
from liuke.show.queries.warehouse import rows, runner, warehouse
from liuke.show.store.models import CustomerCard
from liuke.signals.domain.signal import Signal
from liuke.signals.service import signal_computable, signals_all
from liuke.signals.service.columns import catalogue_of

SAMPLE = 20_000
"""Customers that a preview scores at most; in a larger workspace every n-th is taken."""


def require_reader(reader: Reader) -> None:
    """Who may look at the settings: whoever sees customers, or may publish."""
    if not reader.actor.may(Permission.PUBLISH):
        reader.require_customers()


def config_out(reader: Reader, version: ScoreVersion) -> ScoreConfigOut:
    """A version as the API shows it."""
    by = reader.person(version.created_by_id)
    return ScoreConfigOut(
        version=version.version,
        status=word(version.status),
        config=from_plain(version.config, template_of(reader.workspace).config).to_plain(),
        note=version.note,
        created_by=by.name if by else None,
        created_at=version.created_at,
        published_at=version.published_at,
    )


def live_out(reader: Reader) -> ScoreConfigOut:
    """The live version; before anything was published, the industry's defaults as version 0."""
    live = ScoreVersion.objects.filter(workspace=reader.workspace, status="published").order_by("-version").first()
    if live is not None:
        return config_out(reader, live)
    plain = config_of(reader.workspace).to_plain()
    made = reader.workspace.created_at
    return ScoreConfigOut(version=0, status="published", config=plain, note="", created_by=None, created_at=made, published_at=None)


def scoring_out(*, reader: Reader) -> ScoringOut:
    """What is live, the draft if there is one, and the catalogue with how many customers each signal fires for."""
    require_reader(reader)
    draft, bands = version_draft(reader.workspace), config_of(reader.workspace).bands
    kinds, fires = kinds_of(reader.workspace, reader.now), fires_now(reader)
    mode, model = mode_of(reader.workspace)
    return ScoringOut(
        live=live_out(reader),
        draft=config_out(reader, draft) if draft else None,
        signals=[signal_out(reader, signal, kinds, fires.get(signal.code, 0)) for signal in signals_all()],
        histogram=histogram(reader, past_of(reader, "all", "").now.histogram),
        bands=BandsOut(early=bands.early, medium=bands.medium, high=bands.high),
        seasons_now=_seasons_now(reader),
        overrides=overrides_now(reader.workspace, reader.now).count(),
        mode=word(mode),
        model=model.number if model else None,
    )


def _seasons_now(reader: Reader) -> list[SeasonNow]:
    seasons = config_of(reader.workspace).seasons
    periods = calendar_of(reader.workspace, year=reader.today.year).periods if seasons else ()
    return [SeasonNow(name=season.name, multipliers=dict(season.multipliers)) for season in seasons if season.holds(reader.today, periods)]


def signal_out(reader: Reader, signal: Signal, kinds: Mapping[str, int], fires: int) -> SignalOut:
    """A signal of the catalogue, for the editor."""
    return SignalOut(
        key=signal.code,
        mission_id=signal.mission,
        family=signal.family.value,
        name=reader.text(f"signals.{signal.code}.name"),
        description=reader.text(f"signals.{signal.code}.description"),
        params=[
            ParamOut(
                name=parameter.name,
                label=reader.text(f"signals.params.{parameter.name}"),
                unit=word(parameter.unit),
                minimum=parameter.low,
                maximum=parameter.high,
                step=parameter.step,
                default=parameter.default,
            )
            for parameter in signal.parameters
        ],
        protective=signal.protective,
        fires_now=fires,
        not_computable=None if signal_computable(signal, kinds) else reader.text(signal.missing),
    )


def last_run(reader: Reader) -> datetime | None:
    """The moment of the last finished scoring up to the workspace's present."""
    runs = ScoreRun.objects.filter(workspace=reader.workspace, as_of__lte=reader.now, finished_at__isnull=False)
    return runs.order_by("-as_of").values_list("as_of", flat=True).first()


def fires_now(reader: Reader) -> Mapping[str, int]:
    """For how many customers each signal is a reason at the last scoring; kept for a minute."""
    as_of = last_run(reader)
    return kept(("fires", reader.workspace.pk, as_of), lambda: _fires(reader, as_of)) if as_of else {}


def _fires(reader: Reader, as_of: datetime) -> Mapping[str, int]:
    counts = ", ".join(f"""count(*) FILTER (WHERE reasons LIKE '%"signal":"{signal.code}"%')""" for signal in signals_all())
    row = rows(reader.workspace, f"SELECT {counts} FROM score WHERE as_of_us = $at", {"at": to_us(as_of)})
    return {signal.code: int(row.column(place)[0].as_py()) for place, signal in enumerate(signals_all())}


def preview(*, reader: Reader, config: Mapping[str, Any]) -> ScorePreviewOut:
    """Score the customers of the last run with a draft and compare. Raises Invalid("score_config") with every fault at once."""
    reader.actor.require(Permission.PUBLISH)
    before = config_of(reader.workspace)
    after = from_plain(config, before)
    if after.profiles:
        profiles_checked(after, catalogue_of(reader.workspace))
    as_of = last_run(reader)
    if as_of is None:
        raise Conflict("not_scored_yet")
    every = -(-CustomerCard.objects.filter(workspace=reader.workspace).count() // SAMPLE)
    run = sampled(runner(reader.workspace), every)
    old, new = (_scored(reader, run, as_of, found) for found in (before, after))
    return preview_out(reader, score_preview(old, new), new, is_sample=every > 1)


def sampled(run: Run, every: int) -> Run:
    """`run` over every n-th customer only; ties of percentiles then come from the sample too."""
    if every <= 1:
        return run
    sample = f"WITH activity AS (SELECT * FROM main.activity WHERE customer_id % {every} = 0)"

    def run_sampled(sql: str) -> pa.Table:
        text = sql.lstrip()
        return run(f"{sample}, {text[5:]}" if text[:5].upper() == "WITH " else f"{sample} {text}")

    return run_sampled


def _scored(reader: Reader, run: Run, as_of: datetime, config: ScoreConfig) -> pa.Table:
    workspace = reader.workspace
    return frame_at(
        source=Source(run),
        as_of=as_of,
        zone=workspace.time_zone,
        config=config,
        churn=churn_of(workspace),
        asked=asked_for(workspace, config, with_model=True),
        then=then_of(workspace, warehouse(), as_of),
        tiers=config.tiers,
    ).scored.table


def preview_out(reader: Reader, found: Preview, after: pa.Table, *, is_sample: bool) -> ScorePreviewOut:
    """A preview as the API shows it."""
    names: dict[object, Customer] = {row.pk: row for row in Customer.objects.filter(pk__in=[moved.customer_id for moved in found.sample])}
    score = after["score"].to_numpy()[~np.asarray(after["is_lost"].to_pylist(), dtype=np.bool_)]
    bins = np.bincount(np.minimum(score // BINS, BINS - 1).astype(np.intp), minlength=BINS)
    return ScorePreviewOut(
        customers=found.customers,
        is_sample=is_sample,
        changed=found.changed,
        levels_before=word(_by_level(found.levels_before)),
        levels_after=word(_by_level(found.levels_after)),
        moves=[
            LevelMove(before=word(one.value), after=word(other.value), count=count) for (one, other), count in sorted(found.moves.items())
        ],
        sample=[_moved(moved, names) for moved in found.sample if moved.customer_id in names],
        histogram_after=histogram(reader, [int(count) for count in bins]),
        profiles=dict(Counter(name for name in after["profile"].to_pylist() if name is not None)),
    )


def _by_level(counts: Mapping[Level, int]) -> dict[str, int]:
    return {level.value: count for level, count in counts.items()}


def _moved(moved: Moved, names: Mapping[object, Customer]) -> PreviewCustomer:
    customer = names[moved.customer_id]
    return PreviewCustomer(
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        before=moved.before,
        after=moved.after,
        level_before=word(moved.level_before.value),
        level_after=word(moved.level_after.value),
    )
