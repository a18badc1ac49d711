"""The doctor looks at every channel and says plainly what to do."""

from __future__ import annotations

import pytest

from liuke.act.outgoing.reachable import is_public
from liuke.act.store.models import Channel
from liuke.base.times import utc_now
from liuke.cli.doctor_channels import channel_findings
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db


def test_a_channel_without_server_bounces_and_public_callback_is_named_with_its_workspace() -> None:
    Channel.objects.create(workspace=make_workspace(slug="acme"), kind="email", name="邮件")
    said = channel_findings()
    assert not any(each.ok for each in said)
    assert all(each.text.startswith("acme/邮件: ") for each in said)
    assert any("退信" in each.text for each in said)
    assert any("按钮会变成链接" in each.text for each in said)


def test_channels_that_are_off_or_rehearse_are_left_alone() -> None:
    Channel.objects.create(workspace=make_workspace(slug="a"), kind="email", name="x", enabled=False)
    Channel.objects.create(workspace=make_workspace(slug="b", simulated_as_of=utc_now()), kind="email", name="x")
    assert channel_findings() == []


def test_secrets_of_another_installation_are_a_finding_not_a_crash() -> None:
    Channel.objects.create(workspace=make_workspace(slug="a"), kind="email", name="x", secret=b"damaged")
    (said,) = channel_findings()
    assert not said.ok


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://liuke.example.com/x", True), ("https://8.8.8.8/x", True),
        ("http://liuke.example.com/x", False), ("https://10.0.0.8/x", False),
        ("https://localhost/x", False), ("https://liuke/x", False), ("https://crm.local/x", False), ("https://[::1]/x", False), ("", False),
    ],
)  # fmt: skip
def test_what_vendors_can_call(url: str, public: bool) -> None:
    assert is_public(url) is public
