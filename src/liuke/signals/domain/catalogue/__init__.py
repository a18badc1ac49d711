"""Every built-in signal. To add one: a file here, its line below, its texts in `signals/locales/`, its test."""

from __future__ import annotations

from liuke.signals.domain.catalogue.decline import SIG_05
from liuke.signals.domain.catalogue.loyalty import FREQUENT, RECENT, SEASON
from liuke.signals.domain.catalogue.rfm import SIG_23
from liuke.signals.domain.catalogue.rhythm import SIG_13, SIG_21
from liuke.signals.domain.catalogue.silence import SIG_08, SIG_09, SIG_42
from liuke.signals.domain.catalogue.spend import GROWTH, SIG_20
from liuke.signals.domain.catalogue.stillness import SIG_24
from liuke.signals.domain.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    SIG_05, SIG_08, SIG_09, SIG_13, SIG_20, SIG_21, SIG_23, SIG_24, SIG_42, RECENT, FREQUENT, GROWTH, SEASON,
)  # fmt: skip
BY_CODE = {signal.code: signal for signal in SIGNALS}
