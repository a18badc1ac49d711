"""Feishu's callbacks: the challenge, encryption, signatures and clicks, against the vector and the simulator."""

from __future__ import annotations

import json

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.feishu.callbacks import (
    SIGNED,
    CallbackKeys,
    CardClick,
    Told,
    card_click,
    challenge_answer,
    decrypt,
    encrypt,
    signature,
    toast_answer,
    told,
)
from tests.simulators.feishu import Feishu

SEALED = CallbackKeys("vt", "ekey")
OPEN = CallbackKeys("vt", "")
ADDRESS = "http://liuke.example/api/callbacks/1/s"
BOTH = pytest.mark.parametrize("keys", [SEALED, OPEN], ids=["encrypted", "open"])


def heard(keys: CallbackKeys, request: httpx.Request, **headers: str) -> Told:
    return told(keys, {**{name.lower(): text for name, text in request.headers.items()}, **headers}, request.content)


def why(keys: CallbackKeys, request: httpx.Request, **headers: str) -> str:
    with pytest.raises(BadCallback) as refused:
        heard(keys, request, **headers)
    return refused.value.why


def test_the_signature_is_that_of_the_vector() -> None:
    expected = "083612764703a73841e036d9eecf3ce64bbb882fd0a60a52e78aeeea2c02c7ab"
    assert signature("1700000000", "nonce", "ekey", b'{"encrypt":"x"}') == expected


@given(st.binary(max_size=200), st.binary(min_size=16, max_size=16), st.text(max_size=20))
def test_whatever_is_encrypted_opens_to_the_same_bytes(plain: bytes, start: bytes, key: str) -> None:
    assert decrypt(key, encrypt(key, plain, start=start)) == plain


@BOTH
def test_the_challenge_is_echoed(feishu: Feishu, keys: CallbackKeys) -> None:
    found = heard(keys, feishu.challenge(ADDRESS, keys))
    assert (found.kind, json.loads(challenge_answer(found.challenge))) == ("url_verification", {"challenge": "c-1"})


@BOTH
def test_a_challenge_with_another_token_is_refused(feishu: Feishu, keys: CallbackKeys) -> None:
    assert why(keys, feishu.posted(ADDRESS, keys, {"type": "url_verification", "token": "x", "challenge": "c"})) == "token"


def test_the_challenge_comes_unsigned(feishu: Feishu) -> None:
    request = feishu.challenge(ADDRESS, SEALED)
    assert heard(SEALED, request, **{SIGNED: ""}).challenge == "c-1"


@BOTH
def test_a_click_tells_who_pressed_what_on_which_message(feishu: Feishu, keys: CallbackKeys) -> None:
    found = heard(keys, feishu.click(ADDRESS, keys, "om_1", "ou_zhang", {"task_id": "t1", "button": "claim"}))
    assert (found.kind, found.event_id) == ("card.action.trigger", "ev-1")
    assert card_click(found.body) == CardClick("ou_zhang", "", "on_zhang", "om_1", "c-1", {"task_id": "t1", "button": "claim"})


def test_an_encrypted_event_without_its_signature_is_refused(feishu: Feishu) -> None:
    request = feishu.click(ADDRESS, SEALED, "om_1", "ou_zhang", {})
    assert why(SEALED, request, **{SIGNED: "x"}) == "signature"
    assert why(SEALED, request, **{"x-lark-request-nonce": "other"}) == "signature"


def test_an_open_body_is_refused_where_a_key_is_set(feishu: Feishu) -> None:
    assert why(SEALED, feishu.click(ADDRESS, OPEN, "om_1", "ou_zhang", {})) == "cipher"


def test_an_event_with_another_token_is_refused_where_no_key_is_set(feishu: Feishu) -> None:
    assert why(CallbackKeys("other", ""), feishu.click(ADDRESS, OPEN, "om_1", "ou_zhang", {})) == "token"
    assert why(CallbackKeys("", ""), feishu.click(ADDRESS, CallbackKeys("", ""), "om_1", "ou_zhang", {})) == "token"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"encrypt": 1}'])
def test_a_body_that_is_none_is_refused(body: bytes) -> None:
    assert why(OPEN, httpx.Request("POST", ADDRESS, content=body)) == "body"


@pytest.mark.parametrize("encrypted", ["", "???", "AAAA", "A" * 64, "A" * 43 + "="])
def test_rubbish_is_a_bad_cipher(encrypted: str) -> None:
    with pytest.raises(BadCallback) as refused:
        decrypt("ekey", encrypted)
    assert refused.value.why == "cipher"


def test_a_body_without_an_event_is_no_click() -> None:
    with pytest.raises(BadCallback):
        card_click(b'{"schema":"2.0"}')


def test_a_toast_speaks_both_languages() -> None:
    toast = json.loads(toast_answer("已收到", "Received"))["toast"]
    assert (toast["content"], toast["i18n"]) == ("已收到", {"zh_cn": "已收到", "en_us": "Received"})
