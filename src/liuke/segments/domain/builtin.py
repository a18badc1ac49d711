"""The tags that every workspace starts with, as data. Their texts: `tags.<code>.name` and `.about`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.segments.domain.tag import TagKind


@dataclass(frozen=True, slots=True)
class BuiltInTag:
    """One of them: kind, colour and rule document (None: people alone choose its members), and the weight to start with."""

    code: str
    kind: TagKind
    colour: str
    rule: Mapping[str, object] | None
    weight: int = 0


def _when(**node: object) -> Mapping[str, object]:
    return {"when": node, "exclude": None}


def _fires(*signals: str) -> Mapping[str, object]:
    parts = [{"column": f"signal.{code}", "op": "is_true"} for code in signals]
    return {"when": {"any": parts}, "exclude": None}


BUILT_IN: tuple[BuiltInTag, ...] = (
    BuiltInTag("high_value", TagKind.ATTRIBUTE, "purple", _when(column="tier", op="eq", value="high")),
    BuiltInTag("new_customer", TagKind.ATTRIBUTE, "green", _when(column="registered_at", op="within_last", value=90)),
    BuiltInTag("expiring", TagKind.ATTRIBUTE, "gold", _when(column="contract.ends_on", op="within_next", value=30)),
    BuiltInTag("unowned", TagKind.ATTRIBUTE, "grey", _when(column="owner", op="missing")),
    BuiltInTag("legal_dispute", TagKind.ATTRIBUTE, "grey", None),
    BuiltInTag("dormant", TagKind.BEHAVIOUR, "grey", _when(column="last_interaction_at", op="older_than", value=90)),
    BuiltInTag("frequent", TagKind.BEHAVIOUR, "cyan", _when(column="rfm.f", op="ge", value=5)),
    BuiltInTag("confirmed_drop", TagKind.BEHAVIOUR, "orange", None, 10),
    BuiltInTag("discount_dependent", TagKind.PREDICTIVE, "gold", _fires("SIG-56")),
    BuiltInTag("high_risk", TagKind.PREDICTIVE, "orange", _fires("SIG-20", "SIG-21")),
    BuiltInTag("leaving_group", TagKind.PREDICTIVE, "red", _fires("SIG-24")),
    BuiltInTag("refused_renewal", TagKind.PREDICTIVE, "red", _fires("SCR-11")),
    BuiltInTag("rising", TagKind.PREDICTIVE, "orange", _when(column="score_change_7d", op="ge", value=10)),
)
"""高危客户 is SIG-20 or SIG-21, 高危流失群体 is SIG-24, 高危流失 is SCR-11. Packs leave out 法律纠纷. 已核实骤降 is filled by 待验证."""
