"""Signatures byte for byte (integrations §0)."""

from __future__ import annotations

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from liuke.vendors.kingdee.signing import MASKED, AppKeys, client_secret, signed_headers

KEYS = AppKeys("acct", "user", "200001_demo", "secret")


def test_the_fixed_vector_of_X_Kd_Signature() -> None:
    headers = signed_headers(KEYS, "/k3cloud/x.common.kdsvc", 1700000000)
    assert headers["X-Kd-Signature"] == "YmFhMDRlYzI2MDA4NjY3Mjg5NzZkNmJlNmM1NDYzMmU5YThkZTAzNGQwNjc5ODRhYjZhNTBmZjUzNTYyYjg5NA=="
    assert base64.b64decode(headers["X-Kd-Appdata"]) == b"acct,user,2052,0"
    assert (headers["X-Api-ClientID"], headers["X-Kd-Appkey"]) == ("200001", "200001_demo")


def test_time_and_nonce_are_seconds_and_named_as_signed() -> None:
    headers = signed_headers(KEYS, "/x", 1700000000)
    assert (headers["x-api-timestamp"], headers["x-api-nonce"]) == ("1700000000", "1700000000")
    assert headers["x-api-signheaders"] == "x-api-timestamp,x-api-nonce"


def test_the_path_is_part_of_the_signature_with_the_sites_own_part() -> None:
    one, other = (signed_headers(KEYS, path, 1)["X-Api-Signature"] for path in ("/k3cloud/q", "/erp/k3cloud/q"))
    assert one != other


def test_an_AppId_without_a_second_half_has_no_client() -> None:
    assert signed_headers(AppKeys("a", "u", "plain", "s"), "/x", 1)["X-Api-ClientID"] == ""


@given(st.binary(min_size=24, max_size=24))
def test_unmasking_twice_gives_back_what_was_masked(raw: bytes) -> None:
    masked = base64.b64encode(raw).decode()
    assert len(masked) == MASKED
    assert client_secret(client_secret(masked)) == masked


def test_what_is_no_second_half_has_no_secret() -> None:
    assert [client_secret(text) for text in ("", "demo", "!" * MASKED)] == ["", "", ""]


def test_the_secret_stands_neither_in_the_headers_nor_in_what_is_printed() -> None:
    keys = AppKeys("acct", "user", "200001_demo", "s3cr3t-value")
    assert "s3cr3t-value" not in json.dumps(dict(signed_headers(keys, "/x", 1)))
    assert "s3cr3t-value" not in repr(keys)
