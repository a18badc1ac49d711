"""指标: every metric that can be used, what the editor offers, and one metric on real customers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from liuke.accounts.domain.roles import Permission, Scope
from liuke.base.errors import NotFound
from liuke.facts.domain.kinds import Kind
from liuke.facts.service.attributes import PREFIX, attribute_types
from liuke.facts.service.customers import customers_visible
from liuke.facts.store.models import Customer
from liuke.features.domain.builtin import BUILTIN
from liuke.features.domain.metric import Metric
from liuke.features.domain.moment import Moment
from liuke.features.domain.named import NamedMetric, Unit
from liuke.features.domain.spec import ALLOWED, MEASURED, spec_to_plain
from liuke.features.service import Source
from liuke.features.service.metrics import Known, definitions_of, metrics_of, named
from liuke.features.service.preview import Preview, metric_preview
from liuke.features.service.wording import group_name, kind_name, metric_name, metric_sentence
from liuke.features.store.models import MetricDefinition
from liuke.score.service.grouping import TIER
from liuke.show.api.schemas.metrics import (
    MetricBin,
    MetricForm,
    MetricGroup,
    MetricKind,
    MetricOut,
    MetricPreviewOut,
    MetricsOut,
    MetricSpecOut,
    MetricUse,
    MetricValue,
)
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.kept import kept
from liuke.show.queries.metric_uses import uses_of
from liuke.show.queries.peer_groups import groups_of
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.scoring import SAMPLE, require_reader, sampled
from liuke.show.queries.stamps import kinds_of
from liuke.show.queries.warehouse import runner


def known_of(reader: Reader) -> Known:
    """What a description may name in this workspace: the vocabulary, kinds of its own, and the customers' text attributes."""
    kinds = {kind.value for kind in Kind} | set(kinds_of(reader.workspace, reader.now))
    types = kept(("attributes", reader.workspace.pk), lambda: attribute_types(reader.workspace))
    return Known(sorted(kinds), [TIER, *(f"{PREFIX}{name}" for name, kind in types.items() if kind == "text")])


def metrics_out(*, reader: Reader) -> MetricsOut:
    """The whole page. Raises Forbidden for somebody who neither sees customers nor may publish."""
    require_reader(reader)
    seen = kinds_of(reader.workspace, reader.now)
    uses = uses_of(reader, seen)
    builtin = [_out(reader, metric, uses, seen) for metric in BUILTIN]
    own = [_own(reader, row, uses, seen) for row in definitions_of(reader.workspace)]
    archived = [_own(reader, row, uses, seen) for row in definitions_of(reader.workspace, archived=True)]
    return MetricsOut(metrics=[*builtin, *own], archived=archived, form=_form(reader, seen))


def metric_out(*, reader: Reader, row: MetricDefinition) -> MetricOut:
    """One own metric after a change."""
    seen = kinds_of(reader.workspace, reader.now)
    return _own(reader, row, uses_of(reader, seen), seen)


def live_uses(*, reader: Reader, code: str) -> list[str]:
    """Names of what works with the metric now."""
    return [use.name for use in uses_of(reader, kinds_of(reader.workspace, reader.now)).get(code, []) if use.live]


def metric_found(*, reader: Reader, code: str) -> NamedMetric:
    """A metric by its code. Raises NotFound("metric_not_found")."""
    require_reader(reader)
    found = next((metric for metric in metrics_of(reader.workspace) if metric.code == code), None)
    if found is None:
        raise NotFound("metric_not_found", metric=code)
    return found


def preview_out(*, reader: Reader, metric: NamedMetric) -> MetricPreviewOut:
    """A metric on the customers that the reader sees; in a large workspace on every n-th."""
    workspace = reader.workspace
    every = -(-Customer.objects.filter(workspace=workspace).count() // SAMPLE)
    groups = groups_of(reader, metric.declared)
    among = None if reader.actor.scope is Scope.ALL else set(customers_visible(reader.actor).values_list("pk", flat=True))
    found = metric_preview(
        source=Source(sampled(runner(workspace), every)),
        metric=metric,
        moment=Moment(reader.now, workspace.time_zone),
        groups=groups,
        among=among,
    )
    return _preview(reader, metric, found, is_sample=every > 1)


def _preview(reader: Reader, metric: NamedMetric, found: Preview, *, is_sample: bool) -> MetricPreviewOut:
    customers = Customer.objects.filter(workspace=reader.workspace).in_bulk([customer_id for customer_id, _ in found.sample])
    refs = {pk: customer_ref(pk, one.key, one.name, one.sample_fields) for pk, one in customers.items()}
    names = ("lowest", "p10", "p25", "median", "p75", "p90", "highest")
    quantiles: Mapping[str, float | None] = dict.fromkeys(names) | dict(zip(names, found.quantiles, strict=False))
    return MetricPreviewOut(
        as_of=reader.now,
        unit=word(metric.unit),
        sentence=metric_sentence(metric, reader.language),
        customers=found.customers,
        missing=found.missing,
        is_sample=is_sample,
        bins=[
            MetricBin(low=low, high=high, count=count) for low, high, count in zip(found.edges, found.edges[1:], found.counts, strict=False)
        ],
        sample=[MetricValue(customer=refs[pk], value=value) for pk, value in found.sample if pk in refs],
        sql=found.sql if reader.actor.may(Permission.PUBLISH) else "",
        **quantiles,
    )


def _own(reader: Reader, row: MetricDefinition, uses: Mapping[str, list[MetricUse]], seen: Collection[str]) -> MetricOut:
    out = _out(reader, named(row), uses, seen)
    by = reader.person(row.created_by_id)
    out.created_by, out.updated_at, out.archived = by.name if by else None, row.updated_at, row.archived_at is not None
    return out


def _out(reader: Reader, metric: NamedMetric, uses: Mapping[str, list[MetricUse]], seen: Collection[str]) -> MetricOut:
    return MetricOut(
        code=metric.code,
        name=metric_name(metric, reader.language),
        group=metric.group,
        group_label=reader.text(f"metrics.group.{metric.group}"),
        unit=word(metric.unit),
        builtin=metric.builtin,
        sentence=metric_sentence(metric, reader.language),
        spec=MetricSpecOut.model_validate(spec_to_plain(metric.spec)) if metric.spec else None,
        uses=uses.get(metric.code, []),
        missing=_missing(reader, metric, seen),
    )


def _missing(reader: Reader, metric: NamedMetric, seen: Collection[str]) -> str | None:
    """Why it cannot be computed: the workspace has none of the kinds that it counts."""
    kinds = {kind for part in metric.declared for kind in getattr(part, "kinds", ()) if isinstance(part, Metric)}
    if metric.spec is not None:
        kinds = set(metric.spec.kinds)
    if not kinds or kinds & set(seen):
        return None
    names = [kind_name(kind, reader.language) for kind in sorted(kinds)]
    return reader.text("metrics.missing", {"kinds": reader.text("metrics.say.and").join(names)})


def _form(reader: Reader, seen: Collection[str]) -> MetricForm:
    known = known_of(reader)
    kinds = [MetricKind(kind=kind, label=kind_name(kind, reader.language), seen=kind in seen) for kind in known.kinds]
    return MetricForm(
        kinds=sorted(kinds, key=lambda kind: (not kind.seen, kind.kind)),
        groups=[MetricGroup(by=by, label=group_name(by, reader.language)) for by in ("", *known.groups)],
        measures={shape.value: [word(measure.value) for measure in measures] for shape, measures in ALLOWED.items()},
        measured=[word(measure.value) for measure in sorted(MEASURED)],
        units=[word(unit.value) for unit in Unit],
    )
