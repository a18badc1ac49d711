"""The signal library and 数据就绪度."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from liuke.show.api.schemas.customers import CustomerRow
from liuke.show.api.schemas.insight import ParamOut, SignalOut

SignalState = Literal["ready", "partial", "missing", "off"]


class SignalMissingOut(Schema):
    """Why a signal cannot be computed, and for how many customers."""

    key: str
    text: str
    customers: int


class UnlockOut(Schema):
    """What would unlock a signal. `kind` import: rows of `entity`; text: the text reader; history: time."""

    kind: Literal["import", "text", "history"]
    entity: str
    label: str


class SignalParamOut(ParamOut):
    """A parameter with the value that is live."""

    value: float


class SignalInfo(SignalOut):
    """A signal of the library: what it weighs, for how many it can be computed, and for whom it fires.

    `params` has the live values. `computable` and `fires_now` are of all customers of the last scoring.
    """

    params: list[SignalParamOut]  # type: ignore[assignment]  # narrower on purpose: each parameter with its value
    points: float
    """Live weight at full strength."""
    default_points: float
    enabled: bool
    state: SignalState
    customers: int
    computable: int
    missing: list[SignalMissingOut]
    unlock: list[UnlockOut]
    needs: list[str]
    """Labels of the kinds of activity of which the workspace must have one; empty: any."""


class FamilyOut(Schema):
    """One of the six families of precursors, summed up."""

    family: str
    signals: int
    ready: int
    partial: int
    missing: int
    off: int


class SignalLibraryOut(Schema):
    """Every signal, as of the last scoring. `unlocks`: how many missing signals each import would unlock."""

    as_of: datetime | None
    customers: int
    families: list[FamilyOut]
    signals: list[SignalInfo]


class SignalHit(Schema):
    """A customer for whom a signal fires, and what it says. `points` are 0 where a graver signal of its group counts instead."""

    customer: CustomerRow
    text: str
    points: float
