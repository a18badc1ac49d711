"""The vendor's published example, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime

from liuke.vendors.aliyun_sms.signing import Action, canonical_query, signed_headers


def test_the_published_example_is_signed_as_published() -> None:
    query = canonical_query({"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"})
    headers = signed_headers(
        Action("RunInstances", "2014-05-26"),
        "ecs.cn-shanghai.aliyuncs.com",
        query,
        key_id="YourAccessKeyId",
        secret="YourAccessKeySecret",
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
    )
    assert headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_query_is_encoded_by_rfc_3986_and_sorted() -> None:
    assert canonical_query({"b": "留 客*~", "a": '{"x":1}/+'}) == "a=%7B%22x%22%3A1%7D%2F%2B&b=%E7%95%99%20%E5%AE%A2%2A~"
