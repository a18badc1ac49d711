"""FBK-01: an answer is in the profile at once, goes to the stream, and a bad one asks somebody to call."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.roles import Role
from liuke.act.messages.preparing import Preparation
from liuke.act.store.models import MessageTemplate, MessageTemplateVersion, SurveyAnswer, Ticket
from liuke.act.surveys.domain import BAD, CHANGEABLE, RANGE, Answer, Scale, answer_of, may_change
from liuke.act.surveys.links import Linked, link_key, link_new, link_read, link_token
from liuke.act.surveys.service import answer_kept, survey_answer, survey_link
from liuke.align.domain.attributes import satisfaction
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.connect.service.live import waiting
from liuke.facts.store.models import Contact, Customer
from tests.factories import actor_of, make_customer, make_member, make_workspace

pa = pytest.importorskip("pyarrow")


@pytest.fixture
def customer() -> Customer:
    workspace = make_workspace()
    return make_customer(workspace, owner=make_member(workspace, Role.MANAGER), name="宁波瑞安")


def linked(customer: Customer, what: str = "nps", nonce: str = "n1") -> Linked:
    return Linked(customer.workspace_id, customer.pk, what, nonce)


def told(customer: Customer) -> list[dict[str, object]]:
    rows = [row for batch in waiting(workspace_id=customer.workspace_id, rows=100) for row in batch.rows]
    return [dict(row) for row in rows]


@pytest.mark.parametrize(
    ("scale", "score", "bad"),
    [("nps", 0, True), ("nps", 6, True), ("nps", 7, False), ("csat", 1, True), ("csat", 2, True), ("csat", 3, False)],
)
def test_detractors_and_two_stars_are_bad(scale: str, score: int, bad: bool) -> None:
    assert answer_of(scale, str(score), "").is_bad is bad


@pytest.mark.parametrize(
    ("scale", "score"), [("nps", "11"), ("nps", "-1"), ("nps", ""), ("csat", "0"), ("csat", "6"), ("nps", "７"), ("nps", "1.5")]
)
def test_an_answer_beyond_its_scale_is_refused(scale: str, score: str) -> None:
    with pytest.raises(Invalid, match="survey_score"):
        answer_of(scale, score, "")
    with pytest.raises(Invalid, match="survey_scale"):
        answer_of("stars", "1", "")


@pytest.mark.parametrize("scale", list(Scale))
def test_satisfaction_is_what_imported_answers_get(scale: Scale) -> None:
    low, high = RANGE[scale]
    scores = list(range(low, high + 1))
    known = satisfaction(pa.array([float(score) for score in scores]), pa.array([scale.value] * len(scores))).to_pylist()
    assert [Answer(scale, score, "").satisfaction for score in scores] == known
    assert low <= BAD[scale] < high


@given(
    st.integers(1, 2**40),
    st.integers(1, 2**40),
    st.sampled_from(["nps", "csat", "exit"]),
    st.text(max_size=12),
    st.none() | st.integers(1, 99),
)
def test_a_link_says_whom_it_is_for_and_nobody_can_change_it(
    workspace: int, customer: int, what: str, nonce: str, contact: int | None
) -> None:
    made = Linked(workspace, customer, what, nonce, contact)
    token = link_token(made)
    assert link_read(token) == made
    assert link_read(f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}") is None
    assert re.fullmatch(r"[A-Za-z0-9:_-]+", token)


def test_links_of_others_and_old_ones_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert link_read("") is None
    assert link_read(signing.dumps([1, 2, "nps", "x", None], salt="elsewhere")) is None
    assert link_read(signing.dumps({"a": 1}, salt="liuke.page")) is None
    token = link_new(workspace_id=1, customer_id=2, what="nps")
    assert link_read(token) is not None
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000.0)
    assert link_read(token) is None
    assert link_new(workspace_id=1, customer_id=2, what="nps") != token


@pytest.mark.django_db
def test_an_answer_is_kept_and_told_to_the_stream_in_the_same_moment(customer: Customer) -> None:
    row = survey_answer(linked=linked(customer), answer=answer_of("nps", "9", " 很好 "))
    assert (row.score, row.text, row.ticket_id) == (9, "很好", None)
    sent = told(customer)[0]
    assert (sent["kind"], sent["customer_key"], sent["value"], sent["activity_id"]) == (
        "survey.answered",
        customer.key,
        9.0,
        f"survey:{row.pk}",
    )
    assert json.loads(str(sent["attrs"])) == {"survey": "nps", "text": "很好", "satisfaction": 90.0, "answer": row.pk}


@pytest.mark.django_db
def test_an_answer_may_be_changed_for_ten_minutes_and_corrects_the_first(customer: Customer) -> None:
    first = survey_answer(linked=linked(customer), answer=answer_of("nps", "9", ""))
    at = first.first_at
    survey_answer(linked=linked(customer), answer=answer_of("nps", "3", "其实很慢"), now=at + CHANGEABLE)
    assert SurveyAnswer.objects.count() == 1
    assert {row["activity_id"] for row in told(customer)} == {f"survey:{first.pk}"}
    assert [row["value"] for row in told(customer)] == [9.0, 3.0]
    with pytest.raises(Conflict, match="survey_answered"):
        survey_answer(linked=linked(customer), answer=answer_of("nps", "10", ""), now=at + CHANGEABLE + timedelta(seconds=1))
    assert not may_change(at, at + timedelta(hours=1))


@pytest.mark.django_db
def test_a_bad_answer_asks_for_a_call_once(customer: Customer) -> None:
    row = survey_answer(linked=linked(customer, "csat"), answer=answer_of("csat", "2", ""))
    ticket = Ticket.objects.get()
    assert row.ticket == ticket
    assert (ticket.topic, ticket.customer) == ("recovery", customer)
    assert "2 分" in ticket.title
    assert "满意度" in ticket.title
    survey_answer(linked=linked(customer, "csat"), answer=answer_of("csat", "1", ""))
    survey_answer(linked=linked(customer, "csat", "n2"), answer=answer_of("csat", "1", ""))
    assert Ticket.objects.count() == 1, "while one is open a second would say nothing new"


@pytest.mark.django_db
def test_an_answer_of_somebody_who_is_gone_or_of_another_scale_is_refused(customer: Customer) -> None:
    with pytest.raises(NotFound, match="survey_gone"):
        survey_answer(linked=linked(customer, "csat"), answer=answer_of("nps", "9", ""))
    gone = linked(customer)
    customer.delete()
    with pytest.raises(NotFound, match="survey_gone"):
        survey_answer(linked=gone, answer=answer_of("nps", "9", ""))
    assert answer_kept(gone) is None


@pytest.mark.django_db
def test_a_link_by_hand_is_for_those_who_handle_the_customer(customer: Customer) -> None:
    admin = actor_of(make_member(customer.workspace, Role.ADMIN))
    address = survey_link(actor=admin, customer_id=customer.pk, scale="nps")
    read = link_read(address.rpartition("/s/")[2])
    assert read is not None
    assert (read.customer_id, read.what) == (customer.pk, "nps")
    with pytest.raises(Invalid, match="survey_scale"):
        survey_link(actor=admin, customer_id=customer.pk, scale="stars")
    with pytest.raises(NotFound, match="contact_unknown"):
        survey_link(actor=admin, customer_id=customer.pk, scale="nps", contact_id=10**6)
    with pytest.raises(Forbidden):
        survey_link(actor=actor_of(make_member(customer.workspace, Role.ANALYST)), customer_id=customer.pk, scale="nps")
    with pytest.raises(NotFound):
        survey_link(actor=actor_of(make_member(customer.workspace, Role.MANAGER)), customer_id=customer.pk, scale="nps")


@pytest.mark.django_db
def test_a_message_template_carries_a_link_of_its_own_for_each_message(customer: Customer) -> None:
    from liuke.act.governor.domain_policy import Purpose
    from liuke.act.messages.domain import MessageRequest

    Contact.objects.create(customer=customer, key="1", name="陈静", email="chen@example.test")
    template = MessageTemplate.objects.create(workspace=customer.workspace, code="ask_nps", created_at=utc_now())
    content = {"name": "问", "purpose": "service", "media": ["email"], "subject": "一个问题", "body": "{{客户名}}：{{推荐问卷}}"}
    MessageTemplateVersion.objects.create(template=template, number=1, content=content, at=utc_now())

    def link_of(key: str) -> str:
        request = MessageRequest(customer.pk, "email", "ask_nps", Purpose.SERVICE, key)
        return Preparation(customer.workspace, [request], utc_now()).values_for(request)["推荐问卷"]

    first, again, other = link_of("m1"), link_of("m1"), link_of("m2")
    reads = [link_read(address.rpartition("/s/")[2]) for address in (first, again, other)]
    assert all(read is not None and read.customer_id == customer.pk for read in reads)
    keys = [link_key(read) for read in reads if read]
    assert keys[0] == keys[1] != keys[2], "prepared twice it is one link; another message has another"


@pytest.mark.django_db
def test_the_page_asks_answers_changes_and_closes(customer: Customer, client: Client) -> None:
    address = f"/s/{link_token(linked(customer))}"
    page = client.get(address)
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count('type="radio"') == 11
    assert "宁波瑞安" not in html, "a forwarded link does not tell whose it is"
    assert "width=device-width" in html
    assert "<script" not in html
    assert page["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page["Content-Security-Policy"]
    refused = client.post(address, {"score": "11", "text": "<b>x</b>"})
    assert refused.status_code == 422
    assert "&lt;b&gt;x" in refused.content.decode()
    thanks = client.post(address, {"score": "4", "text": "慢"})
    assert "修改" in thanks.content.decode()
    assert SurveyAnswer.objects.get().score == 4
    again = client.get(address).content.decode()
    assert 'value="4" required checked' in again
    SurveyAnswer.objects.update(first_at=utc_now() - timedelta(hours=1))
    assert 'type="radio"' not in client.get(address).content.decode()
    client.post(address, {"score": "10"})
    assert SurveyAnswer.objects.get().score == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["x", "a:b:c", link_token(Linked(10**9, 10**9, "nps", "n")), link_token(Linked(1, 1, "exit", "n"))], ids=range(4)
)
def test_a_page_of_nobody_says_so_without_saying_why(client: Client, token: str) -> None:
    for method in (client.get, client.post):
        answer = method(f"/s/{token}")
        assert answer.status_code == 404
        assert "失效" in answer.content.decode()
