"""INT-01: calls, sessions and refusals (integrations §9, item 6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.http import Wire
from liuke.vendors.kingdee.client import BillQuery, Client, Password
from liuke.vendors.state import InMemoryTokens
from tests.simulators.kingdee import ACCOUNT, PASSWORD, SERVICES, USER, Kingdee
from tests.simulators.server import Cut, Reply, said
from tests.vendors.kingdee.conftest import signed, with_password

QUERY = f"{SERVICES}.DynamicFormService.ExecuteBillQuery"
LOGIN = f"{SERVICES}.AuthService.ValidateUser"
CUSTOMERS = BillQuery("BD_Customer", ("FNumber", "FName"), order="FID ASC")


def code_of(client: Client, query: BillQuery = CUSTOMERS) -> str:
    with pytest.raises(Rejected) as refused:
        client.rows(query)
    return refused.value.code


def test_a_signed_call_needs_no_log_in(site: Kingdee) -> None:
    assert signed(site).rows(CUSTOMERS)[:2] == [("C1", "客户1"), ("C2", "客户2")]
    assert site.asked(LOGIN) == []


def test_one_log_in_serves_many_calls(site: Kingdee) -> None:
    client = with_password(site)
    for _ in range(3):
        assert len(client.rows(CUSTOMERS)) == 5
    assert len(site.asked(LOGIN)) == 1


def test_a_lost_session_is_renewed_once_and_nobody_notices(site: Kingdee) -> None:
    client = with_password(site)
    client.rows(CUSTOMERS)
    site.end_sessions()
    assert len(client.rows(CUSTOMERS)) == 5
    assert len(site.asked(LOGIN)) == 2


def test_a_session_is_renewed_before_its_end(site: Kingdee) -> None:
    client = with_password(site)
    client.rows(CUSTOMERS)
    site.clock.move(minutes=30)
    assert len(client.rows(CUSTOMERS)) == 5
    assert len(site.asked(QUERY)) == 2


@pytest.mark.parametrize("shape", ["wrapped", "bare", "text"])
def test_wrong_credentials_are_told_apart_from_a_lost_session(site: Kingdee, shape: str) -> None:
    site.shape = shape
    assert code_of(signed(site, secret="wrong")) == "login"
    assert code_of(with_password(site, password="wrong")) == "login"
    site.loses_sessions = True
    assert code_of(with_password(site)) == "session"


def test_a_wrong_account_or_AppId_is_a_matter_of_credentials(site: Kingdee) -> None:
    assert code_of(signed(site, account="other")) == "login"
    assert code_of(signed(site, app_id="200001_demo")) == "login"


@pytest.mark.parametrize("shape", ["wrapped", "bare", "text"])
def test_a_refusal_keeps_its_code_and_words_in_all_three_shapes(site: Kingdee, shape: str) -> None:
    site.shape = shape
    with pytest.raises(Rejected) as refused:
        signed(site).rows(BillQuery("BD_Customer", ("FNumber", "FNoSuchField")))
    assert (refused.value.code, "FNoSuchField" in refused.value.said) == ("9", True)


@pytest.mark.parametrize("body", [b"response_error:\xe6\x9c\x8d\xe5\x8a\xa1\xe5\xbc\x82\xe5\xb8\xb8", b'"response_error:oops"'])
def test_an_error_text_without_an_object_is_a_refusal(site: Kingdee, body: bytes) -> None:
    site.fails(QUERY, Reply(200, body))
    assert code_of(signed(site)) == "error"


def test_past_the_end_there_is_nothing(site: Kingdee) -> None:
    assert signed(site).rows(BillQuery("BD_Customer", ("FNumber",), start=100)) == []
    site.fails(QUERY, Reply(200, b"[[]]"))
    assert signed(site).rows(CUSTOMERS) == []


def test_a_row_of_field_names_is_no_row(site: Kingdee) -> None:
    site.header_row = True
    assert len(signed(site).rows(CUSTOMERS)) == 5


def test_pages_follow_each_other(site: Kingdee) -> None:
    pages = [signed(site).rows(BillQuery("BD_Customer", ("FNumber",), order="FID ASC", start=start, limit=2)) for start in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    sent = site.asked(QUERY)[1].json["data"]
    assert isinstance(sent, dict)
    assert (sent["TopRowCount"], sent["StartRow"], sent["Limit"]) == (0, 2, 2)


@pytest.mark.parametrize("answer", [b"<html>login</html>", b'"text"', b"7", b"\xff\xfe"])
def test_what_is_no_answer_of_the_interface_is_said_so(site: Kingdee, answer: bytes) -> None:
    site.fails(QUERY, Reply(200, answer))
    assert code_of(signed(site)) == "unreadable"


@pytest.mark.parametrize("rows", [[["only one"]], [["a", {"b": 1}]], [["a", "b", "c"]]])
def test_rows_of_another_shape_are_not_taken(site: Kingdee, rows: list[object]) -> None:
    site.fails(QUERY, said(rows))
    assert code_of(signed(site)) == "shape"


def test_a_clock_that_is_off_is_the_gateways_refusal(site: Kingdee) -> None:
    client = signed(site)
    skewed = Client(client.who, client.wire, client.tokens, lambda: site.clock() + timedelta(minutes=13))
    assert code_of(skewed) == "gateway_4006"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_site_may_be_asked_again(site: Kingdee, status: int) -> None:
    site.fails(QUERY, said({}, status, Retry_After="7"))
    with pytest.raises(Busy) as busy:
        signed(site).rows(CUSTOMERS)
    assert (busy.value.code, busy.value.again_in) == (f"http_{status}", 7.0)


def test_a_broken_connection_says_that_there_was_no_answer(site: Kingdee) -> None:
    site.fails(QUERY, Cut.BEFORE)
    with pytest.raises(Unsure):
        signed(site).rows(CUSTOMERS)


def test_the_fields_of_a_form_are_those_of_this_site(site: Kingdee) -> None:
    site.put("SAL_SaleOrder", {"FID": 1, "FBillNo": "X", "FCustId.FNumber": "C1", "F_PAEZ_Note": ""})
    assert signed(site).field_names("SAL_SaleOrder") >= {"FBillNo", "FCustId", "F_PAEZ_Note"}


@pytest.mark.parametrize("query", [BillQuery("A;B", ("FNumber",)), BillQuery("A", ("F1' OR 1",)), BillQuery("A", ("F",), limit=2001)])
def test_what_is_no_name_never_leaves(site: Kingdee, query: BillQuery) -> None:
    with pytest.raises(ValueError, match="no "):
        signed(site).rows(query)
    assert site.log == []


def test_a_site_in_the_own_network_must_be_on_the_list(site: Kingdee) -> None:
    who = Password(ACCOUNT, USER, PASSWORD)
    refused = Client(who, Wire(site.address, allow=()), InMemoryTokens(site.clock), site.clock)
    assert code_of(refused) == "refused_address"
    allowed = Client(who, Wire(site.address, allow=("127.0.0.1",)), InMemoryTokens(site.clock), site.clock)
    assert len(allowed.rows(CUSTOMERS)) == 5
    assert "geheim" not in repr(who)
