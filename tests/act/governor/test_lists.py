"""Consents, do-not-contact and suppressed addresses by hand and as files."""

from __future__ import annotations

import pytest

from liuke.accounts.domain.roles import Role
from liuke.act.governor.addresses import digest_of, hint_of, normal
from liuke.act.governor.consents import consent_history, consent_set
from liuke.act.governor.lists import (
    People,
    consents_export,
    consents_import,
    do_not_contact_add,
    do_not_contact_end,
    do_not_contact_visible,
    suppressions_export,
    suppressions_import,
)
from liuke.act.store.models import Consent, Suppression
from liuke.base.errors import Forbidden, Invalid, NotFound
from tests.act.messages.world import Sender, sender
from tests.factories import make_actor, make_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Sender:
    """A company that may send."""
    return sender()


@pytest.mark.parametrize("number", ["13812342206", "+86 138 1234 2206", "0086-13812342206", "8613812342206"])
def test_one_number_has_one_spelling(number: str) -> None:
    assert normal("sms", number) == "13812342206"
    assert hint_of("sms", number) == "138****2206"


def test_an_address_is_remembered_by_a_keyed_hash_of_its_own_workspace(shop: Sender) -> None:
    here = digest_of(shop.workspace.pk, "email", " Li@Example.test")
    assert here == digest_of(shop.workspace.pk, "email", "li@example.test")
    assert here != digest_of(make_workspace().pk, "email", "li@example.test")
    assert here != digest_of(shop.workspace.pk, "wecom", "li@example.test")
    assert "li" not in here


def test_a_consent_names_its_wording_and_a_withdrawal_needs_nothing(shop: Sender) -> None:
    word = {"actor": shop.actor, "customer_id": shop.customer.pk, "medium": "sms", "purpose": "marketing", "source": "phone"}
    with pytest.raises(Invalid) as caught:
        consent_set(**word, state="given")
    assert [fault["field"] for fault in caught.value.params["faults"]] == ["wording"]
    consent_set(**word, state="withdrawn")
    assert consent_history(actor=shop.actor, customer_id=shop.customer.pk)[0].state == "withdrawn"


def test_all_faults_of_a_consent_are_told_at_once(shop: Sender) -> None:
    with pytest.raises(Invalid) as caught:
        consent_set(
            actor=shop.actor, customer_id=shop.customer.pk, medium="fax", purpose="fun", state="maybe", source="rumour", contact_id=0
        )
    assert [fault["field"] for fault in caught.value.params["faults"]] == ["medium", "purpose", "state", "source", "contact_id"]


def test_consents_come_from_a_file_row_by_row(shop: Sender) -> None:
    key = shop.customer.key
    text = (
        "\ufeffcustomer_key,contact_key,medium,purpose,state,source,wording\n"
        f"{key},k,email,marketing,withdrawn,form,\n{key},,sms,service,given,form,v1\nnobody,,sms,service,given,form,v1\n"
        f"{key},zz,sms,service,given,form,v1\n{key},,fax,service,given,form,v1\n"
    )
    before = Consent.objects.count()
    found = consents_import(actor=shop.actor, text=text)
    assert found.taken == 2
    wrong = [(row["row"], row["params"]["field"], row["params"]["got"]) for row in found.rejected]
    assert wrong == [(4, "customer_key", "nobody"), (5, "contact_key", "zz"), (6, "medium", "fax")]
    assert Consent.objects.count() == before + 2
    rows = list(consents_export(actor=shop.actor))
    assert rows[-1][:5] == (key, "", "sms", "service", "given")
    with pytest.raises(Invalid):
        consents_import(actor=shop.actor, text="a,b\n1,2\n")


def test_a_row_names_a_contact_of_its_own_customer_only() -> None:
    people = People({"a": 1, "b": 2}, {(1, "k"): 7})
    assert people.named({"customer_key": "a", "contact_key": "k"}) == (1, 7)
    assert people.named({"customer_key": "b", "contact_key": ""}) == (2, None)
    with pytest.raises(Invalid) as caught:
        people.named({"customer_key": "b", "contact_key": "k"})
    assert caught.value.params["faults"] == [{"field": "contact_key", "got": "k"}]


def test_suppressed_addresses_come_from_a_file_and_leave_without_addresses(shop: Sender) -> None:
    found = suppressions_import(actor=shop.actor, text="medium,address,scope\nsms,13812342206,all\nsms,,\nfax,1,\nsms,+8613812342206,all\n")
    assert (found.taken, [row["row"] for row in found.rejected]) == (2, [3, 4])
    assert Suppression.objects.filter(medium="sms").count() == 1
    assert "13812342206" not in str(list(suppressions_export(actor=shop.actor)))


def test_the_do_not_contact_list_is_scoped_and_ends_with_a_trail(shop: Sender) -> None:
    with pytest.raises(Invalid):
        do_not_contact_add(actor=shop.actor, customer_ids=[shop.customer.pk], reason=" ")
    manager = make_actor(shop.workspace, Role.MANAGER)
    with pytest.raises(NotFound):
        do_not_contact_add(actor=manager, customer_ids=[shop.customer.pk], reason="x")
    do_not_contact_add(actor=shop.actor, customer_ids=[shop.customer.pk], reason="诉讼")
    assert not do_not_contact_visible(manager).exists()
    assert do_not_contact_visible(shop.actor).count() == 1
    with pytest.raises(Forbidden):
        do_not_contact_end(actor=manager, customer_id=shop.customer.pk)
    do_not_contact_end(actor=shop.actor, customer_id=shop.customer.pk)
    with pytest.raises(NotFound):
        do_not_contact_end(actor=shop.actor, customer_id=shop.customer.pk)
