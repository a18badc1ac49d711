"""SIG-54, SIG-55: the thread to the customer breaks."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone

KEY, ANOTHER = '{"key":true}', '{"key":false}'


@pytest.mark.parametrize(("ago", "word"), [(0.1, "yes"), (30, "yes"), (31, "no")])
def test_SIG_54_a_deleted_employee_fires_for_30_days(ago: float, word: str) -> None:
    assert alone("SIG-54", Did(1, ago, "wecom.contact_deleted", None)).word == word


def test_SIG_54_says_when_and_needs_wecom() -> None:
    assert alone("SIG-54", Did(1, 4.5, "wecom.contact_deleted", None), language="zh-CN").text == "4天前客户在企业微信删除了我方员工"
    assert alone("SIG-54", Did(1, 1)).missing == "missing.no_wecom_contacts"
    assert alone("SIG-54", Did(1, 1), others=("wecom.contact_deleted",)).word == "no"


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([Did(1, 89, "contact.left", None, attrs=KEY)], "yes"),
        ([Did(1, 91, "contact.left", None, attrs=KEY)], "no"),
        ([Did(1, 5, "contact.changed", None, attrs=KEY)], "yes"),
        ([Did(1, 5, "contact.left", None, attrs=ANOTHER)], "no"),
        ([Did(1, 5, "contact.left", None)], "unknown"),
        ([Did(1, 5)], "unknown"),
    ],
)
def test_SIG_55_only_the_key_contact_counts(history: list[Did], word: str) -> None:
    assert alone("SIG-55", *history).word == word


def test_SIG_55_tells_leaving_from_changing() -> None:
    assert alone("SIG-55", Did(1, 5.5, "contact.changed", None, attrs=KEY)).text == "The key contact changed 5 days ago"
    assert alone("SIG-55", Did(1, 5.5, "contact.left", None, attrs=KEY)).text == "The key contact left 5 days ago"
