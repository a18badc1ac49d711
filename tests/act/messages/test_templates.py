"""Templates: shipped, changed in versions, filled, and what carriers refuse of them."""

from __future__ import annotations

import pytest

from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.byhand import ByHand, message_by_hand, message_try
from liuke.act.messages.domain import Filled, Missing, Template, fill, template_faults, template_plain, template_read
from liuke.act.messages.domain_lint import lint
from liuke.act.messages.templates import shipped, template_archive, template_get, template_restore, template_save, templates_of
from liuke.base.errors import Conflict, Invalid, NotFound
from tests.act.messages.world import Sender

pytestmark = pytest.mark.django_db


def sms(body: str, purpose: Purpose = Purpose.MARKETING, code: str = "SMS_1") -> Template:
    """A template that goes as SMS."""
    return Template("x_y", "x", purpose, ("sms",), "", body, code)


def test_about_twenty_templates_are_shipped_and_sound() -> None:
    assert len(shipped()) >= 20
    for template in shipped().values():
        assert template_faults(template) == []
        assert template_read(template.code, template_plain(template)) == template


def test_no_shipped_template_says_in_an_sms_what_carriers_refuse() -> None:
    found = {t.code: w.code for t in shipped().values() for w in lint(t) if w.code not in {"no_sms_template", "long"}}
    assert found == {}


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        (sms("您好，拒收请回复R"), []),
        (sms("召回老客户，送优惠券，加微信领取。拒收请回复R"), ["risky_word"] * 3),
        (sms("您好"), ["no_optout"]),
        (sms("您好，拒收请回复R", Purpose.SERVICE), ["optout_in_service"]),
        (sms("详见{{活动链接}}，拒收请回复R"), ["link_variable"]),
        (sms("详见 https://a.test/b 拒收请回复R"), ["link"]),
        (sms("您好，拒收请回复R", code=""), ["no_sms_template"]),
        (sms("长" * 80 + "拒收请回复R"), ["long"]),
    ],
)
def test_the_lint_warns_of_what_carriers_refuse(template: Template, codes: list[str]) -> None:
    assert [warning.code for warning in lint(template)] == codes


def test_a_mail_may_say_what_an_sms_may_not() -> None:
    assert lint(Template("x_y", "x", Purpose.MARKETING, ("email",), "s", "优惠券")) == []


def test_filling_puts_every_variable_in_or_names_what_is_missing() -> None:
    template = Template("x_y", "x", Purpose.SERVICE, ("email",), "{{ 客户名 }}", "{{联系人}} {{客户名}} {{天数}}")
    assert template.variables() == ("客户名", "联系人", "天数")
    assert fill(template, {"客户名": "甲", "联系人": " ", "天数": "3"}) == Missing(("联系人",))
    filled = fill(template, {"客户名": "甲", "联系人": "{{天数}}", "天数": "3"})
    assert isinstance(filled, Filled)
    assert (filled.subject, filled.text) == ("甲", "{{天数}} 甲 3"), "what a customer is called is never read as a template"


def test_all_faults_of_a_template_are_told_at_once() -> None:
    wrong = Template("9", "", Purpose.SERVICE, ("email", "fax"), "", "{{ }}")
    assert [fault["field"] for fault in template_faults(wrong)] == ["code", "name", "media", "subject", "body"]


def test_saving_makes_versions_and_the_shipped_text_comes_back(shop: Sender) -> None:
    original = template_get(shop.workspace, "care_checkin")
    changed = Template("care_checkin", "关怀", Purpose.SERVICE, ("email",), "s", "您好")
    saved = template_save(actor=shop.actor, template=changed, based_on=0)
    assert (saved.number, saved.body) == (1, "您好")
    with pytest.raises(Conflict):
        template_save(actor=shop.actor, template=changed, based_on=0)
    back = template_restore(actor=shop.actor, code="care_checkin", number=0)
    assert (back.number, back.body) == (2, original.body)
    assert template_restore(actor=shop.actor, code="care_checkin", number=1).body == "您好"
    with pytest.raises(NotFound):
        template_restore(actor=shop.actor, code="care_checkin", number=9)


def test_a_new_template_needs_a_code_of_its_own(shop: Sender) -> None:
    own = Template("own_one", "自建", Purpose.SERVICE, ("email",), "s", "您好")
    with pytest.raises(NotFound):
        template_save(actor=shop.actor, template=own, based_on=0)
    template_save(actor=shop.actor, template=own, based_on=0, new=True)
    with pytest.raises(Conflict):
        template_save(actor=shop.actor, template=own, based_on=0, new=True)
    with pytest.raises(Invalid):
        template_save(actor=shop.actor, template=Template("bad", "", Purpose.SERVICE, (), "", ""), based_on=0, new=True)


def test_a_template_that_was_put_away_is_sent_by_nobody(shop: Sender) -> None:
    template_archive(actor=shop.actor, code="recall_news", archived=True)
    assert "recall_news" not in {each.code for each in templates_of(shop.workspace)}
    [row] = shop.send()
    assert row.reason == "no_template"
    template_archive(actor=shop.actor, code="recall_news", archived=False)
    [row] = shop.send(shop.ask("k2"))
    assert row.status == "queued"


def test_by_hand_the_preview_is_what_is_sent_and_a_double_tap_is_one_message(shop: Sender) -> None:
    wanted = ByHand(shop.customer.pk, "email", "care_checkin", (("客户经理", "王芳"),))
    seen = message_try(actor=shop.actor, wanted=wanted)
    first = message_by_hand(actor=shop.actor, wanted=wanted, request_key="tap-12345")
    again = message_by_hand(actor=shop.actor, wanted=wanted, request_key="tap-12345")
    assert seen.prepared.text_of().text == first.text
    assert (first.pk, first.by_id) == (again.pk, shop.actor.membership_id)
    with pytest.raises(Invalid):
        message_by_hand(actor=shop.actor, wanted=wanted, request_key="x")
