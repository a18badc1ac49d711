"""FBK-02: why a customer left, asked in a structured way, is the cause of the registered loss."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.act.surveys.links import Linked, link_token
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.words import catalogue
from liuke.facts.store.models import Customer
from liuke.learn.domain.interview import KEPT_BY, REASONS, RETURN, answers_of
from liuke.learn.domain.outcomes import Cause
from liuke.learn.service.interviews import interview_answer, interview_fill, interview_link, interviews_visible, read_words
from liuke.learn.store.models import ExitInterview, Outcome
from liuke.show.api.schemas.feedback import InterviewsQuery
from liuke.show.queries.feedback import interview_figures, interview_out, interviews_page
from liuke.show.queries.reader import Reader
from liuke.show.reports.interviews_book import COLUMNS, interviews_book
from tests.factories import actor_of, make_customer, make_member, make_workspace

AT = datetime(2026, 3, 2, tzinfo=UTC)
TOLD = {
    "cause": "competitor",
    "reason": "better_price",
    "competitor": "某宝",
    "price": -15,
    "kept_by": ["price", "terms"],
    "would_return": "maybe",
}


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace(simulated_as_of=AT)


@pytest.fixture
def actor(workspace: Workspace) -> Actor:
    return actor_of(make_member(workspace, Role.ADMIN))


def lost(workspace: Workspace, cause: str = "other", kind: str = "churned", **fields: object) -> tuple[Customer, Outcome]:
    customer = make_customer(workspace, **fields)
    outcome = Outcome.objects.create(
        workspace=workspace, customer=customer, kind=kind, occurred_on=AT.date(), cause=cause, previous_status="active", at=AT
    )
    return customer, outcome


def test_every_answer_of_the_tree_is_checked_and_all_faults_come_at_once() -> None:
    answers = answers_of({**TOLD, "why": " 涨价后 ", "improve": ""})
    assert (answers.cause, answers.reason, answers.price, answers.kept_by) == (Cause.COMPETITOR, "better_price", -15, ("price", "terms"))
    assert answers.words == "涨价后"
    with pytest.raises(Invalid) as refused:
        answers_of(
            {
                "cause": "weather",
                "reason": "rise",
                "kept_by": ["love"],
                "would_return": "never",
                "price": 999,
                "why": "x" * 2001,
                "extra": 1,
            }
        )
    faults = refused.value.params["faults"]
    assert isinstance(faults, list)
    assert {fault["field"] for fault in faults} == {"cause", "kept_by", "would_return", "price", "why", "extra"}
    with pytest.raises(Invalid):
        answers_of({"cause": "price", "reason": "slow"})


def test_every_cause_is_one_of_attribution_and_has_words_in_both_languages() -> None:
    assert set(REASONS) <= set(Cause)
    codes = [one for ones in REASONS.values() for one in ones]
    assert len(codes) == len(set(codes))
    for language in ("zh-CN", "en"):
        words = catalogue(language)
        assert all(f"interview.reason.{code}" in words for code in codes)
        assert all(f"interview.cause.{cause}" in words for cause in REASONS)
        assert all(f"interview.kept.{code}" in words for code in KEPT_BY)
        assert all(f"interview.return.{code}" in words for code in RETURN)
        assert all(f"interview.column.{name}" in words for name in COLUMNS)


@pytest.mark.django_db
def test_an_interview_becomes_the_cause_of_the_registered_loss(workspace: Workspace, actor: Actor) -> None:
    customer, outcome = lost(workspace)
    made = interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of(TOLD), key="k1")
    outcome.refresh_from_db()
    assert (outcome.cause, outcome.competitor) == ("competitor", "某宝")
    assert made.outcome == outcome
    assert interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of(TOLD), key="k1").pk == made.pk
    assert ExitInterview.objects.count() == 1


@pytest.mark.django_db
def test_a_loss_by_closing_down_keeps_its_cause_and_an_interview_without_a_loss_stands_alone(workspace: Workspace, actor: Actor) -> None:
    customer, outcome = lost(workspace, cause="closed_down")
    interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of(TOLD), key="k1")
    outcome.refresh_from_db()
    assert outcome.cause == "closed_down"
    alone = make_customer(workspace)
    assert interview_fill(actor=actor, customer_id=alone.pk, answers=answers_of(TOLD), key="k2").outcome is None


@pytest.mark.django_db
def test_the_open_words_are_read(workspace: Workspace) -> None:
    reading = read_words(workspace.pk, "物流太慢了，一直收不到货，客服也不理人，太失望了")
    topics = reading["topics"]
    assert isinstance(topics, list)
    assert set(topics) & {"delivery", "logistics", "service"}
    assert float(str(reading["negative"])) > 50
    assert read_words(workspace.pk, "") == {}


@pytest.mark.django_db
def test_the_customer_answers_once_over_a_link(workspace: Workspace) -> None:
    customer, outcome = lost(workspace)
    linked = Linked(workspace.pk, customer.pk, "exit", "n1")
    made = interview_answer(linked=linked, answers=answers_of({"cause": "service", "reason": "slow"}))
    outcome.refresh_from_db()
    assert (made.by_id, outcome.cause) == (None, "service")
    with pytest.raises(Conflict, match="survey_answered"):
        interview_answer(linked=linked, answers=answers_of(TOLD))
    with pytest.raises(NotFound, match="survey_gone"):
        interview_answer(linked=Linked(workspace.pk, customer.pk, "nps", "n1"), answers=answers_of(TOLD))


@pytest.mark.django_db
def test_the_page_for_the_customer_asks_and_says_what_is_missing(workspace: Workspace, client: Client) -> None:
    customer, _ = lost(workspace)
    address = f"/i/{link_token(Linked(workspace.pk, customer.pk, 'exit', 'n2'))}"
    html = client.get(address).content.decode()
    assert html.count("<option") == 1 + sum(len(ones) for ones in REASONS.values())
    assert "<script" not in html
    assert client.post(address, {"reason": "price.slow"}).status_code == 422
    told = {"reason": "price.rise", "kept_by": ["price", "nothing"], "would_return": "no", "why": "<i>涨价</i>"}
    assert "收到" in client.post(address, told).content.decode()
    made = ExitInterview.objects.get()
    assert (made.cause, made.reason, made.would_return, made.answers["kept_by"]) == ("price", "rise", "no", ["price", "nothing"])
    assert "已经回答" in client.get(address).content.decode()
    assert client.get("/i/nonsense").status_code == 404
    assert client.get(address.replace("/i/", "/s/")).status_code == 404


@pytest.mark.django_db
def test_links_and_interviews_are_for_those_who_handle_the_customer(workspace: Workspace, actor: Actor) -> None:
    customer, _ = lost(workspace)
    assert "/i/" in interview_link(actor=actor, customer_id=customer.pk)
    analyst, stranger = (actor_of(make_member(workspace, role)) for role in (Role.ANALYST, Role.MANAGER))
    with pytest.raises(Forbidden):
        interview_fill(actor=analyst, customer_id=customer.pk, answers=answers_of(TOLD), key="k")
    with pytest.raises(NotFound):
        interview_fill(actor=stranger, customer_id=customer.pk, answers=answers_of(TOLD), key="k")
    interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of(TOLD), key="k")
    assert not interviews_visible(stranger).exists()
    assert interviews_visible(analyst).count() == 1


def reader(workspace: Workspace, actor: Actor) -> Reader:
    return Reader(actor, workspace, AT, "zh-CN")


@pytest.mark.django_db
def test_figures_say_how_many_with_an_interval_and_how_many_losses_have_none(workspace: Workspace, actor: Actor) -> None:
    told = [
        ("competitor", "better_price", "yes"),
        ("competitor", "better_price", "no"),
        ("competitor", "relationship", ""),
        ("price", "rise", "no"),
    ]
    for number, (cause, reason, returns) in enumerate(told):
        customer, _ = lost(workspace)
        data = {"cause": cause, "reason": reason, "would_return": returns, "competitor": "某宝" if number < 2 else ""}
        interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of(data), key=f"k{number}")
    lost(workspace)
    Outcome.objects.update(at=AT.replace(month=2))
    ExitInterview.objects.update(at=AT.replace(month=2))
    found = interview_figures(reader(workspace, actor))
    assert (found.n, found.lost) == (4, 5)
    rival = next(one for one in found.causes if one.cause == "competitor")
    assert (rival.n, rival.share, rival.returning, rival.asked, rival.rate) == (3, 0.75, 1, 2, 0.5)
    assert rival.low is not None
    assert rival.high is not None
    assert 0.09 < rival.low < 0.1, "Wilson's interval of 1 in 2: 0.0945 to 0.9055"
    assert 0.9 < rival.high < 0.91
    assert rival.reasons[0] == "竞品价格更低 2"
    assert found.competitors == ["某宝 2"]
    assert {one.cause for one in found.causes} == {"competitor", "price"}


@pytest.mark.django_db
def test_the_list_filters_by_cause_and_hides_open_words_from_those_without_the_right(workspace: Workspace, actor: Actor) -> None:
    customer, _ = lost(workspace)
    interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of({**TOLD, "why": "电话 13912345678"}), key="k")
    page = interviews_page(reader(workspace, actor), InterviewsQuery(cause="competitor"))
    assert [one.customer.id for one in page.items] == [customer.pk]
    assert page.items[0].why == "电话 13912345678"
    assert interviews_page(reader(workspace, actor), InterviewsQuery(cause="price")).items == []
    analyst = actor_of(make_member(workspace, Role.ANALYST))
    masked = interview_out(reader(workspace, analyst), interviews_visible(analyst).get())
    assert "1391" not in masked.why
    assert masked.reason_text == "竞品价格更低"


@pytest.mark.django_db
def test_the_workbook_has_a_row_each_and_runs_no_formula(workspace: Workspace, actor: Actor) -> None:
    customer, _ = lost(workspace, name="=HYPERLINK(1)")
    interview_fill(actor=actor, customer_id=customer.pk, answers=answers_of({**TOLD, "why": "@cmd"}), key="k")
    sheet = load_workbook(io.BytesIO(interviews_book(reader(workspace, actor), interviews_visible(actor)))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    told = dict(zip(COLUMNS, rows[1], strict=True))
    assert (told["customer"], told["why"], told["price"], told["kept_by"]) == ("'=HYPERLINK(1)", "'@cmd", -15, "更好的价格、更长的账期")
