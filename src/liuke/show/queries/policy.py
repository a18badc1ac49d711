"""The manners of alerting, as the API shows and takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.policy import AlertPolicy, from_plain
from liuke.show.api.schemas.accounts import AlertPolicyOut


def policy_out(policy: AlertPolicy) -> AlertPolicyOut:
    """All manners with the defaults filled in."""
    plain = policy.to_plain()
    return AlertPolicyOut.model_validate({name: plain[name] for name in AlertPolicyOut.model_fields})


def policy_plain(workspace: Workspace, given: Mapping[str, Any]) -> dict[str, object]:
    """The workspace's policy with the given entries changed. Raises Invalid("alert_policy") with every fault."""
    merged: dict[str, object] = dict(workspace.alert_policy) | dict(given)
    if isinstance(given.get("sla_hours"), Mapping):
        before = from_plain(workspace.alert_policy).to_plain()["sla_hours"]
        merged["sla_hours"] = {**(before if isinstance(before, Mapping) else {}), **given["sla_hours"]}
    return from_plain(merged).to_plain()
