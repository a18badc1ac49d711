"""NCD-02: what the gallery says of a template is what a workspace of it gets."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.templates import TEMPLATES
from liuke.show.queries.template_list import HEAVIEST, templates_out
from liuke.signals.service.packs import packs_all


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_NCD_02_every_industry_names_its_churn_definition_weights_rules_and_tags(language: str) -> None:
    sample, *industries = templates_out(language)
    assert (sample.key, sample.rules) == ("sample", [])
    assert [one.key for one in industries] == list(TEMPLATES)
    for one in industries:
        assert one.churn_days == TEMPLATES[one.key].churn_days
        assert len(one.churn_kinds) == len(TEMPLATES[one.key].churn_kinds)
        assert len(one.weights) == HEAVIEST
        assert [weight.points for weight in one.weights] == sorted((weight.points for weight in one.weights), reverse=True)
        texts = [*one.churn_kinds, *(weight.name for weight in one.weights), *one.tags]
        assert not [text for text in texts if text.startswith(("kinds.", "signals.", "tags."))]


def test_NCD_02_the_rules_are_those_of_the_industrys_pack() -> None:
    saas = next(one for one in templates_out("zh-CN") if one.key == "saas")
    pack = next(pack for pack in packs_all() if pack.code == "saas")
    assert saas.rules == [rule.name["zh-CN"] for rule in pack.rules]
    assert saas.churn_kinds == ["登录", "使用功能"]
    assert saas.tags
