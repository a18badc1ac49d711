"""DAT-18: who a person is in data, and texts and JSON without them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.tombstones import Mark
from liuke.facts.domain.erasure import ORDER, Stage, left_to_do, proof_of
from liuke.facts.domain.person import GONE, Identity, Redaction, identity_of, identity_read, needles, spellings

PERSON = identity_of(
    customer=(7, "PLANT-7741"),
    names=["欧阳若兰商贸行", "欧阳若兰", "兰", "若兰"],
    addresses=["+86 139 1234 5678", "RuoLan@Planted.test", "鲜花", ""],
    others=["wmPLANTED0001", "x"],
)
ONE = identity_of(customer=(7, "PLANT-7741"), names=["若兰"], addresses=["13912345678"], contact=(3, "1"))
plain = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


def test_an_identity_takes_numbers_and_addresses_from_any_text_and_names_longest_first() -> None:
    assert PERSON.names == ("欧阳若兰商贸行", "欧阳若兰", "若兰"), "a single character names nobody"
    assert (PERSON.phones, PERSON.emails, PERSON.others) == (("13912345678",), ("ruolan@planted.test",), ("wmPLANTED0001",))
    assert PERSON.is_customer
    assert not ONE.is_customer


def test_an_identity_survives_being_sealed() -> None:
    assert identity_read(PERSON.text()) == PERSON
    assert identity_read(ONE.text()) == ONE


def test_tombstones_are_of_the_customer_or_of_the_contact() -> None:
    assert PERSON.marks() == [(Mark.KEY, "PLANT-7741"), (Mark.PHONE, "13912345678"), (Mark.EMAIL, "ruolan@planted.test")]
    assert ONE.marks()[0] == (Mark.CONTACT, "PLANT-7741\x1f1")


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("请联系欧阳若兰商贸行", f"请联系{GONE}"),
        ("电话13912345678，谢谢", f"电话{GONE}，谢谢"),
        ("电话 139 1234 5678 或 +86-139-1234-5678", f"电话 {GONE} 或 {GONE}"),
        ("订单 913912345678001", "订单 913912345678001"),
        ("mail RUOLAN@planted.TEST!", f"mail {GONE}!"),
        ("若兰", GONE),
        ("若兰说要走", "若兰说要走"),
        ("PLANT-7741", GONE),
        ("单号 PLANT-7741", "单号 PLANT-7741"),
        ("wmPLANTED0001", GONE),
        ("", ""),
    ],
)
def test_texts_of_others_lose_what_is_surely_the_person(text: str, without: str) -> None:
    assert Redaction(PERSON).text(text) == without


def test_in_the_customers_own_texts_short_names_go_too() -> None:
    assert Redaction(ONE, own=True).text("若兰很生气") == f"{GONE}很生气"
    assert Redaction(ONE, own=True).text("PLANT-7741") == "PLANT-7741", "the customer stays"


def test_objects_about_the_customer_leave_their_lists() -> None:
    told = {
        "rows": [
            {"customer_id": 7, "n": 1},
            {"customer_id": 8, "n": 2},
            {"key": "PLANT-7741", "name": "x"},
            {"key": "PLANT-7741", "points": 3},
        ]
    }
    assert Redaction(PERSON).value(told) == {"rows": [{"customer_id": 8, "n": 2}, {"key": GONE, "points": 3}]}
    assert Redaction(ONE).value(told) == told, "a contact is not its customer"


@given(plain)
def test_what_does_not_speak_of_the_person_stays_as_it_is(value: object) -> None:
    nobody = Identity(10**9, "NOBODY-0000000001", ("没有这个人的名字",), ("19999999999",))
    assert Redaction(nobody).value(value) == value


@given(plain)
def test_taking_out_twice_is_taking_out_once(value: object) -> None:
    once = Redaction(PERSON, own=True).value([value, "若兰 13912345678"])
    assert Redaction(PERSON, own=True).value(once) == once


def test_bytes_are_looked_for_in_every_spelling() -> None:
    assert needles(PERSON) == ("欧阳若兰商贸行", "欧阳若兰", "若兰", "13912345678", "ruolan@planted.test", "wmPLANTED0001")
    found = spellings("若兰")
    assert json.dumps("若兰")[1:-1].encode() in found
    assert {"若兰".encode("gb18030"), "若兰".encode("utf-16-le"), "若兰".encode()} <= found


def test_the_steps_go_on_behind_the_last_one_done() -> None:
    assert left_to_do("") == ORDER
    assert left_to_do(Stage.STREAM) == (Stage.LAKE, Stage.SPACE, Stage.PROOF)
    assert ORDER.index(Stage.MARKS) == 0
    assert ORDER.index(Stage.FILES) < ORDER.index(Stage.ROWS), "photos are found by the rows"


def test_a_proof_depends_on_the_record_and_on_nothing_else() -> None:
    assert proof_of({"a": 1, "b": [2]}) == proof_of({"b": [2], "a": 1})
    assert proof_of({"a": 1}) != proof_of({"a": 2})
