"""信号库 and 数据就绪度: what each signal means and needs, for how many it can be computed, and how it would be unlocked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from liuke.accounts.domain.roles import Permission
from liuke.align.domain.origins import entities_of
from liuke.score.domain.config import ScoreConfig
from liuke.show.api.schemas.signals import FamilyOut, SignalInfo, SignalLibraryOut, SignalMissingOut, SignalParamOut, UnlockOut
from liuke.show.queries.config import config_of
from liuke.show.queries.firing import Firing, firing_now
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.scoring import signal_out
from liuke.show.queries.stamps import kinds_of
from liuke.signals.domain.readiness import Readiness, State, readiness_of
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Signal
from liuke.signals.service import signal_get, signals_all


def require_library(reader: Reader) -> None:
    """Who may look: whoever sees customers, publishes, or connects data. Counts only, no customer."""
    if not any(reader.actor.may(one) for one in (Permission.PUBLISH, Permission.SOURCES, Permission.IMPORT)):
        reader.require_customers()


def library(*, reader: Reader) -> SignalLibraryOut:
    """Every signal and its family's totals."""
    require_library(reader)
    now, config, kinds = firing_now(reader), config_of(reader.workspace), kinds_of(reader.workspace, reader.now)
    signals = [_info(reader, signal, now, config, kinds) for signal in signals_all()]
    return SignalLibraryOut(as_of=now.as_of, customers=now.customers, families=_families(signals), signals=signals)


def signal_info(*, reader: Reader, code: str) -> SignalInfo:
    """One signal. Raises NotFound("signal")."""
    require_library(reader)
    signal = signal_get(code)
    kinds = kinds_of(reader.workspace, reader.now)
    return _info(reader, signal, firing_now(reader), config_of(reader.workspace), kinds)


def _families(signals: Sequence[SignalInfo]) -> list[FamilyOut]:
    counts = Counter((signal.family, signal.state) for signal in signals)
    return [
        FamilyOut(
            family=family.value,
            signals=sum(signal.family == family.value for signal in signals),
            ready=counts[family.value, "ready"],
            partial=counts[family.value, "partial"],
            missing=counts[family.value, "missing"],
            off=counts[family.value, "off"],
        )
        for family in Family
    ]


def _info(reader: Reader, signal: Signal, now: Firing, config: ScoreConfig, kinds: Mapping[str, int]) -> SignalInfo:
    setting = config.signals[signal.code]
    ready = readiness_of(
        signal, kinds=kinds, customers=now.customers, missing=now.missing.get(signal.code, {}), enabled=setting.enabled
    )  # fmt: skip
    plain = signal_out(reader, signal, kinds, now.fires.get(signal.code, 0))
    values = {**signal.defaults(), **setting.params}
    return SignalInfo(
        **plain.model_dump(exclude={"params"}),
        params=[SignalParamOut(**param.model_dump(), value=values[param.name]) for param in plain.params],
        points=setting.points,
        default_points=signal.points,
        enabled=setting.enabled,
        state=word(ready.state.value),
        customers=ready.customers,
        computable=ready.computable,
        missing=[SignalMissingOut(key=key, text=reader.text(key), customers=count) for key, count in ready.missing.items()],
        unlock=_unlock(reader, signal, ready, kinds),
        needs=[reader.text(f"kinds.{kind}") for kind in signal.needs],
    )


def _unlock(reader: Reader, signal: Signal, ready: Readiness, kinds: Mapping[str, int]) -> list[UnlockOut]:
    """What a person can do about it: import what is missing, wait for the text reader, or for more history."""
    if ready.state in {State.READY, State.OFF}:
        return []
    if signal.needs and not set(signal.needs) & set(kinds):
        return [UnlockOut(kind="import", entity=entity, label=reader.text(f"entities.{entity}")) for entity in entities_of(signal.needs)]
    found = [UnlockOut(kind="text", entity="", label=reader.text("show.unlock.text"))] if ready.needs_text else []
    more = len(ready.missing) > len(found)
    return [*found, *([UnlockOut(kind="history", entity="", label=reader.text("show.unlock.history"))] if more else [])]
