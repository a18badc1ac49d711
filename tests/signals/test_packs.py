"""RUL-04: packs are files that anyone can add; every rule of ours reads, in both languages, against the columns of a new workspace."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid, NotFound
from liuke.base.words import LANGUAGES, catalogue
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.builtin import BUILTIN
from liuke.rules.columns import Catalogue
from liuke.rules.needs import demands_of
from liuke.rules.read import rule_from_plain
from liuke.rules.syntax import Follow
from liuke.segments.domain.builtin import BUILT_IN
from liuke.signals.domain.active import HIGHEST
from liuke.signals.domain.packs import Pack, PackRule, pack_checked, pack_from_plain
from liuke.signals.service.columns import catalogue_of
from liuke.signals.service.packs import FOLDER, pack_get, packs_all, rule_lacks

pytestmark = pytest.mark.django_db
NAMED = {"vip", "trial", "silent", "saas", "ecommerce", "education", "finance", "telecom", "manufacturing", "distribution"}
RULES = [pytest.param(rule, id=f"{pack.code}.{rule.code}") for pack in packs_all() for rule in pack.rules]


@pytest.fixture
def columns() -> Catalogue:
    """The columns of a workspace in which nobody has made anything yet."""
    return catalogue_of(Workspace.objects.create(name="new", slug="new-packs"))


@pytest.fixture
def good() -> dict[str, Any]:
    """A pack without faults, to be spoilt."""
    texts = {"zh-CN": "名", "en": "name"}
    rule = {
        "code": "one",
        "name": texts,
        "when": {"column": "order_since", "op": "ge", "value": 9},
        "exclude": None,
        "effects": {"level": "early"},
    }
    return copy.deepcopy({"code": "own", "place": 1, "industry": "", "name": texts, "about": texts, "tags": [], "rules": [rule]})


def test_RUL_04_there_is_a_pack_per_type_of_customer_and_industry_in_steady_order() -> None:
    packs = packs_all()
    assert NAMED <= {pack.code for pack in packs} == {path.stem for path in FOLDER.glob("*.json")}
    assert [pack.place for pack in packs] == sorted(pack.place for pack in packs)
    assert pack_get("vip").industry == ""
    with pytest.raises(NotFound, match="vip"):
        pack_get("none")


@pytest.mark.parametrize("pack", [pytest.param(pack, id=pack.code) for pack in packs_all()])
def test_RUL_04_every_rule_of_a_pack_reads_without_fault(pack: Pack, columns: Catalogue) -> None:
    assert pack_checked(pack, columns) == pack
    assert 4 <= len(pack.rules) <= 8
    assert set(pack.tags) <= {tag.code for tag in BUILT_IN}


@pytest.mark.parametrize("rule", RULES)
def test_RUL_03_every_rule_leaves_out_customers_in_a_legal_dispute(rule: PackRule) -> None:
    assert "legal_dispute" in str(rule.document["exclude"])


@pytest.mark.parametrize("rule", RULES)
def test_sequences_name_kinds_of_the_vocabulary(rule: PackRule, columns: Catalogue) -> None:
    read = rule_from_plain(rule.document, columns, highest=HIGHEST, kinds=tuple(Kind))
    for demand in demands_of(read):
        assert set(demand.first if isinstance(demand, Follow) else demand.kinds) <= set(Kind)


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_lacks_in_an_empty_workspace_has_a_text_in_both_languages(rule: PackRule, columns: Catalogue) -> None:
    lacks = rule_lacks(rule, columns, (), BUILTIN)
    assert all(key in catalogue(language) for key in lacks for language in LANGUAGES)
    assert not rule_lacks(rule, columns, tuple(Kind), BUILTIN)


def test_a_rule_lacks_what_its_signal_its_metric_and_its_sequence_read(columns: Catalogue) -> None:
    lacks = {
        code: rule_lacks(_rule("manufacturing", code), columns, ("login",), BUILTIN)
        for code in ("orders_and_service", "quote_no_order", "quality")
    }
    assert lacks == {
        "orders_and_service": ("kinds.order.placed", "kinds.ticket.closed"),
        "quote_no_order": ("kinds.quote.requested",),
        "quality": ("missing.no_tickets", "missing.no_messages"),
    }
    assert rule_lacks(_rule("manufacturing", "quote_no_order"), columns, ("quote.requested",)) == ()


def _rule(pack: str, code: str) -> PackRule:
    return next(rule for rule in pack_get(pack).rules if rule.code == code)


def test_RUL_02_orders_down_15_percent_and_service_time_rising_is_one_of_them() -> None:
    assert _rule("manufacturing", "orders_and_service").document["when"] == {
        "all": [
            {"column": "order_amount_90_change", "op": "lt", "value": 0.85},
            {"column": "ticket_hours_90_change", "op": "gt", "value": 1.2},
        ]
    }


def test_SIG_04_the_education_pack_makes_a_learning_reminder_by_itself() -> None:
    rule = _rule("education", "learning_reminder")
    assert rule.document["when"] == {
        "follow": {
            "first": ["info.sent"],
            "then": ["info.viewed", "login", "feature.used"],
            "within_days": 7,
            "happens": False,
            "last_days": 30,
        }
    }
    does = rule.effects_in("zh-CN")
    assert (does["work_item"], does["notify"]) == (True, True)
    assert str(does["title"]).startswith("学习提醒")


def test_SCR_11_three_refusals_in_a_row_raise_the_highest_level() -> None:
    rule = _rule("saas", "refused")
    assert rule.document["when"] == {"column": "signal.SCR-11", "op": "is_true"}
    assert rule.effects["level"] == "high"


def test_RUL_07_a_limit_on_a_metric_is_a_rule_like_any_other() -> None:
    assert _rule("finance", "overdue_amount").document["when"] == {"column": "overdue_amount_90", "op": "gt", "value": 10000}


def test_a_good_pack_is_read(good: dict[str, Any]) -> None:
    pack = pack_from_plain(good, file="own")
    assert (pack.code, pack.rules[0].effects_in("en")) == ("own", {"level": "early", "title": ""})


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda pack: pack.update(code="Own"), "own.code"),
        (lambda pack: pack.update(colour="red"), "own.colour: unknown"),
        (lambda pack: pack.update(rules=[]), "own.rules: 1-20"),
        (lambda pack: pack.update(rules={}), "own.rules: a list"),
        (lambda pack: pack.update(place="first"), "own.place"),
        (lambda pack: pack.update(name="名"), "own.name: a text in zh-CN, en"),
        (lambda pack: pack["about"].pop("en"), "own.about.en: 1-400"),
        (lambda pack: pack["rules"].append(pack["rules"][0]), "two rules one"),
        (lambda pack: pack["rules"][0].update(code="1"), "own.rules.0.code"),
        (lambda pack: pack["rules"][0].update(name={"zh-CN": "x" * 81, "en": "a"}), "own.rules.0.name.zh-CN"),
        (lambda pack: pack["rules"][0].update(effects={"title": "x"}), "own.rules.0.effects"),
        (lambda pack: pack["rules"][0].update(effects={"work_item": True}), "own.rules.0.title"),
        (lambda pack: pack["rules"].append("x"), "own.rules.1: an object"),
    ],
)
def test_a_faulty_pack_is_refused_with_the_place(good: dict[str, Any], spoil: Any, fault: str) -> None:
    spoil(good)
    with pytest.raises(Invalid) as refused:
        pack_from_plain(good, file="own")
    assert any(fault in one for one in refused.value.params["faults"])


def test_a_pack_that_is_no_object_is_refused() -> None:
    with pytest.raises(Invalid, match="pack"):
        pack_from_plain([], file="own")


def test_a_rule_about_a_column_that_nobody_has_is_refused_by_rule_and_place(good: dict[str, Any], columns: Catalogue) -> None:
    good["rules"][0]["when"]["column"] = "nowhere"
    with pytest.raises(Invalid) as refused:
        pack_checked(pack_from_plain(good, file="own"), columns)
    assert any("own.one" in one and "when.column" in one for one in refused.value.params["faults"])
