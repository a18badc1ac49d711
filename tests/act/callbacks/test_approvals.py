"""Approvals of playbooks as cards: asked of the right people, decided by a press with that person's rights."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.act.outgoing.cards import Reader, approval_card
from liuke.act.playbooks import service
from liuke.act.playbooks.domain.contract import AskApproval
from liuke.act.playbooks.engine.asking import MOST_CARDS, Asked, approvals_ask
from liuke.act.store.models import CallbackEvent, Enrolment, Notice, Playbook, PlaybookApproval, PlaybookVersion
from liuke.base.times import utc_now
from liuke.jobs.store.models import OutboxMessage
from tests.act.callbacks.conftest import Desk
from tests.act.playbooks.world import document, node
from tests.simulators.wecom import Message as Card

pytestmark = pytest.mark.django_db


def flow(desk: Desk) -> Playbook:
    spec = document([node("a", "approval", {"approved": "y", "declined": "y", "timeout": "y"}, text="8折？", days=2), node("y", "end")])
    actor = desk.company.actor(desk.company.admin)
    made = service.playbook_create(actor=actor, text=service.PlaybookText("挽回", "", "winback", spec))
    service.playbook_publish(actor=actor, playbook_id=made.pk)
    return made


def asked(desk: Desk, playbook: Playbook, customer: str, approver: int | None) -> Asked:
    about = desk.company.customers[customer]
    stay = Enrolment.objects.create(
        workspace=desk.company.workspace, playbook=playbook, version=PlaybookVersion.objects.get(playbook=playbook), customer=about,
        entry_key=f"hand:{about.pk}", arm="treated", status="waiting", node="a", seq=1, waiting_for="approval",
        since=utc_now(), entered_at=utc_now(), wake_at=utc_now() + timedelta(days=2),
    )  # fmt: skip
    ask = AskApproval("8折？", approver, utc_now() + timedelta(days=2))
    return Asked(stay.pk, 1, about.pk, f"playbook:{stay.pk}:1", ask)


def ask_wang(desk: Desk) -> PlaybookApproval:
    approvals_ask(desk.company.workspace, [asked(desk, flow(desk), "wang2", desk.company.wang.pk)], utc_now())
    return PlaybookApproval.objects.get()


def pushed(desk: Desk) -> Card:
    """The card of the approval at wang's."""
    for row in OutboxMessage.objects.filter(topic="channel.wecom", payload__kind="approval", status="pending"):
        desk.deliver(row)
    return desk.wecom.shown("ZhangWei")[-1]


def face(card: Card) -> dict[str, object]:
    found = card.body["template_card"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("button", "approved", "said"), [("approve", True, "wang 已同意"), ("decline", False, "wang 未同意")])
def test_a_press_decides_the_approval_as_the_person_who_was_asked(desk: Desk, button: str, approved: bool, said: str) -> None:
    ask_wang(desk)
    card = pushed(desk)
    assert [each["key"] for each in face(card)["button_list"]] == ["approve", "decline"]  # type: ignore[attr-defined]
    assert desk.tell(desk.wecom.click(card, button)) == 200
    desk.work()
    stored = PlaybookApproval.objects.get()
    assert (stored.approved, stored.decided_by_id) == (approved, desk.company.wang.pk)
    assert Enrolment.objects.get().wake_at == stored.decided_at
    assert desk.wecom.cards[str(face(card)["task_id"])]["updated"] == {"replace_name": said}


def test_BEY_09_who_comes_second_reads_what_the_first_has_said(desk: Desk) -> None:
    found = ask_wang(desk)
    card = pushed(desk)
    service.approval_decide(actor=desk.company.actor(desk.company.wang), approval_id=found.pk, approved=False)
    desk.tell(desk.wecom.click(card, "approve"))
    desk.work()
    assert PlaybookApproval.objects.get().approved is False
    assert desk.wecom.cards[str(face(card)["task_id"])]["updated"] == {"replace_name": "wang 未同意"}


def test_who_may_not_approve_decides_nothing(desk: Desk) -> None:
    approvals_ask(desk.company.workspace, [asked(desk, flow(desk), "wang2", None)], utc_now())
    found = PlaybookApproval.objects.get()
    reader = Reader(desk.company.wang.pk, "zh-CN", "CNY", "UTC", "https://liuke.example/w/acme")
    task = approval_card("k", "审批", found, reader).task_id
    told = desk.wecom.event(
        "ZhangWei",
        Event="template_card_event",
        EventKey="approve",
        TaskId=task,
        CardType="button_interaction",
        ResponseCode="r",
        AgentID="1",
    )
    desk.tell(told)
    desk.work()
    assert PlaybookApproval.objects.get().approved is None
    assert CallbackEvent.objects.get().error == "approval_unknown"


@pytest.mark.parametrize("button", ["claim", "", "approve:all"])
def test_buttons_of_other_cards_decide_nothing(desk: Desk, button: str) -> None:
    ask_wang(desk)
    desk.tell(desk.wecom.click(pushed(desk), button))
    desk.work()
    assert PlaybookApproval.objects.get().approved is None


def test_an_approval_that_is_decided_already_comes_without_buttons(desk: Desk) -> None:
    found = ask_wang(desk)
    service.approval_decide(actor=desk.company.actor(desk.company.wang), approval_id=found.pk, approved=True)
    assert pushed(desk).body["msgtype"] == "textcard"


def test_asked_again_it_is_one_approval_one_notice_and_one_card(desk: Desk) -> None:
    one = asked(desk, flow(desk), "wang2", desk.company.wang.pk)
    for _ in range(2):
        approvals_ask(desk.company.workspace, [one], utc_now())
    assert PlaybookApproval.objects.count() == 1
    assert Notice.objects.filter(key="notices.playbook_approval").count() == 1
    assert OutboxMessage.objects.filter(payload__kind="approval").count() == 1


def test_many_at_once_stay_in_the_product(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_CARDS == 20
    monkeypatch.setattr("liuke.act.playbooks.engine.asking.MOST_CARDS", 1)
    playbook = flow(desk)
    both = [asked(desk, playbook, name, desk.company.wang.pk) for name in ("wang2", "wang3")]
    approvals_ask(desk.company.workspace, both, utc_now())
    assert Notice.objects.filter(key="notices.playbook_approval").count() == 2
    assert not OutboxMessage.objects.filter(payload__kind="approval").exists()


def test_a_group_sees_the_question_without_its_buttons(desk: Desk) -> None:
    card = approval_card("k", "审批", ask_wang(desk), Reader(0, "zh-CN", "CNY", "UTC", "https://liuke.example/w/acme"))
    assert [button.key for button in card.buttons] == ["link"]
    assert card.link == "https://liuke.example/w/acme/playbooks"
    assert dict(card.facts)["客户"] == "客户wang2"
