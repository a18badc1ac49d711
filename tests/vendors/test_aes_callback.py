"""The callback scheme of WeCom and DingTalk against the vendor's published vector and against itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.vendors.aes_callback import BadCallback, CallbackKeys, closed, opened, signature

KEYS = CallbackKeys(token="QDG6eK", aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", receiver="wx5823bf96d3bd56c7")
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
SIGNED = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"


def test_the_published_vector_verifies_and_opens() -> None:
    assert signature("QDG6eK", "1409659589", "263014780", ECHO) == SIGNED
    assert opened(KEYS, signed=SIGNED, timestamp="1409659589", nonce="263014780", encrypted=ECHO) == b"1616140317555161061"


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16))
def test_whatever_is_closed_opens_to_the_same_bytes(message: bytes, noise: bytes) -> None:
    sealed = closed(KEYS, message, noise=noise)
    assert opened(KEYS, signed=signature(KEYS.token, "1", "n", sealed), timestamp="1", nonce="n", encrypted=sealed) == message


def test_two_closings_of_one_message_differ() -> None:
    assert closed(KEYS, b"same") != closed(KEYS, b"same")


@pytest.mark.parametrize("field", ["signed", "timestamp", "nonce", "encrypted"])
def test_a_changed_part_breaks_the_signature(field: str) -> None:
    parts = {"signed": SIGNED, "timestamp": "1409659589", "nonce": "263014780", "encrypted": ECHO}
    parts[field] = parts[field][:-1] + ("0" if parts[field][-1] != "0" else "1")
    with pytest.raises(BadCallback) as refused:
        opened(KEYS, **parts)
    assert refused.value.why == "signature"


def test_a_message_for_another_company_is_refused() -> None:
    sealed = closed(CallbackKeys(KEYS.token, KEYS.aes_key, "wxother"), b"hello")
    with pytest.raises(BadCallback) as refused:
        opened(KEYS, signed=signature(KEYS.token, "1", "n", sealed), timestamp="1", nonce="n", encrypted=sealed)
    assert refused.value.why == "receiver"


def test_one_of_several_receivers_is_enough() -> None:
    sealed = closed(CallbackKeys(KEYS.token, KEYS.aes_key, "corp1"), b"hello")
    keys = CallbackKeys(KEYS.token, KEYS.aes_key, "app1, corp1")
    assert opened(keys, signed=signature(KEYS.token, "1", "n", sealed), timestamp="1", nonce="n", encrypted=sealed) == b"hello"


@pytest.mark.parametrize("encrypted", ["", "????", "AAAA", "A" * 64, ECHO[:24]])
def test_signed_rubbish_is_a_bad_cipher(encrypted: str) -> None:
    with pytest.raises(BadCallback) as refused:
        opened(KEYS, signed=signature(KEYS.token, "1", "n", encrypted), timestamp="1", nonce="n", encrypted=encrypted)
    assert refused.value.why == "cipher"


@pytest.mark.parametrize("aes_key", ["", "short", "!" * 43])
def test_a_key_that_is_none_is_said_so(aes_key: str) -> None:
    with pytest.raises(BadCallback) as refused:
        CallbackKeys("t", aes_key, "").key()
    assert refused.value.why == "key"
