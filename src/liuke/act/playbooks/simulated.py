"""A finished 试运行 as plain data, to be kept, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from liuke.act.playbooks.simulating import Acted, SimulatedDay, Simulation


def plain_of(found: Simulation) -> dict[str, object]:
    """JSON values; `simulation_of` reads them back."""
    return {
        "candidates": found.candidates, "entered": found.entered, "holdout": found.holdout, "refused": dict(found.refused),
        "days": [_day(day) for day in found.days], "by_node": dict(found.by_node), "messages": dict(found.messages),
        "cost": str(found.cost), "assumed": list(found.assumed),
        "coupons": dict(found.coupons),
    }  # fmt: skip


def simulation_of(plain: Mapping[str, Any]) -> Simulation:
    """What `plain_of` kept."""
    days = [
        SimulatedDay(date.fromisoformat(day["day"]), [_acted(act) for act in day["acts"]], day["total"], Decimal(day["cost"]))
        for day in plain["days"]
    ]
    return Simulation(
        plain["candidates"], plain["entered"], plain["holdout"], plain["refused"], days, plain["by_node"], plain["messages"],
        Decimal(plain["cost"]), plain["assumed"], plain.get("coupons", {}),
    )  # fmt: skip


def _day(day: SimulatedDay) -> dict[str, object]:
    return {"day": day.day.isoformat(), "acts": [_act(act) for act in day.acts], "total": day.total, "cost": str(day.cost)}


def _act(act: Acted) -> dict[str, object]:
    return {
        "day": act.day.isoformat(), "node": act.node, "customer_id": act.customer_id, "customer": act.customer, "action": act.action,
        "outlet": act.outlet, "did": act.did, "params": dict(act.params), "verdict": act.verdict, "rule": act.rule, "cost": str(act.cost),
    }  # fmt: skip


def _acted(plain: Mapping[str, Any]) -> Acted:
    return Acted(**{**plain, "day": date.fromisoformat(plain["day"]), "cost": Decimal(plain["cost"])})
