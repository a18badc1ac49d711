"""The vendor's published example, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime

from liuke.vendors.tencent_sms.signing import authorization

STARS = "*" * 32


def test_the_published_example_is_signed_as_published() -> None:
    """The secret id and key of the documents are printed as stars, and signed so."""
    said = authorization(
        service="cvm",
        host="cvm.tencentcloudapi.com",
        action="DescribeInstances",
        body=rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}',
        key_id=f"AKID{STARS}",
        secret=STARS,
        at=datetime.fromtimestamp(1551113065, UTC),
    )
    assert said == (
        f"TC3-HMAC-SHA256 Credential=AKID{STARS}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, "
        "Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
    )
