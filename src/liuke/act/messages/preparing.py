"""What a request becomes before the governor sees it: template, person, address, words. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Reach
from liuke.act.governor.addresses import MEDIUM_OF, Addressbook, Reached
from liuke.act.governor.domain import Decision, Refused, Touch
from liuke.act.governor.domain_policy import MEDIA
from liuke.act.governor.pasts import Pasts, pasts_of
from liuke.act.messages.domain import Filled, MessageRequest, Missing, Template, fill
from liuke.act.messages.templates import templates_of
from liuke.act.store.models import Channel
from liuke.act.surveys.domain import Scale
from liuke.act.surveys.links import Linked, interview_address, link_token, survey_address
from liuke.base.times import local_day
from liuke.facts.store.models import Contract, Customer

PAGES: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("满意度问卷", Scale.CSAT.value, survey_address),
    ("推荐问卷", Scale.NPS.value, survey_address),
    ("离开访谈", "exit", interview_address),
)
"""Variables that are links to a page of our own for this one customer (FBK-01, FBK-02)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request with everything that was found for it."""

    request: MessageRequest
    medium: str
    kind: str
    """The kind of the channel that would carry it; empty where none is configured."""
    template: Template | None
    way: Reached | None
    filled: Filled | Missing
    touch: Touch

    def unfit(self, *, dry: bool) -> tuple[str, dict[str, str]] | None:
        """What speaks against it before any rule of the governor: rule and params."""
        if self.template is None or self.template.archived:
            return "no_template", {"template": self.request.template_code}
        if self.medium not in self.template.media:
            return "no_template", {"template": self.request.template_code, "medium": self.medium}
        if self.template.purpose is not self.request.purpose:
            return "purpose", {"template": self.template.purpose.value, "asked": self.request.purpose.value}
        if isinstance(self.filled, Missing) and self.way is not None:
            return "variables", {"names": ", ".join(self.filled.names)}
        if not self.kind and not dry:
            return "no_channel", {"medium": self.medium}
        return None

    def text_of(self) -> Filled:
        """What it says; blank where variables are missing."""
        return self.filled if isinstance(self.filled, Filled) else Filled("", "", {})


class Preparation:
    """Prepares a batch: one query per table, whatever its size."""

    def __init__(self, workspace: Workspace, requests: Sequence[MessageRequest], at: datetime) -> None:
        self.workspace, self.at = workspace, at
        self.kinds = kinds_of(workspace)
        self.media = {request.channel: medium_of(request.channel) for request in requests}
        self.book = Addressbook(workspace.pk, {request.customer_id for request in requests}, set(self.media.values()))
        self.templates = {each.code: each for each in templates_of(workspace, codes={r.template_code for r in requests}, archived=True)}
        self.ends = _contract_ends(self.book.customers, workspace, at)
        touches = [self._touch(request, None) for request in requests]
        self.pasts: Pasts = pasts_of(workspace, now=at, customer_ids=self.book.customers, digests=self.book.digests(), touches=touches)

    def prepared(self, request: MessageRequest) -> Prepared:
        """One request. A customer of another workspace has no way, so it is refused."""
        medium = self.media[request.channel]
        ways = self.book.ways(request.customer_id, medium)
        way = self.pasts.best(request.customer_id, medium, request.purpose, ways)
        template = self.templates.get(request.template_code)
        values = self._values(request, way)
        filled = fill(template, values) if template else Missing(())
        kind = request.channel if request.channel in self.kinds else next((k for k in self.kinds if medium_of(k) == medium), "")
        return Prepared(request, medium, kind, template, way, filled, self._touch(request, way))

    def judged(self, prepared: Prepared) -> Decision | tuple[str, dict[str, str]]:
        """The governor's word; before it, what makes the message impossible. Nothing is reserved."""
        unfit = prepared.unfit(dry=self.pasts.dry)
        decision = self.pasts.judge(prepared.touch, prepared.way, self.at)
        return unfit if unfit and not isinstance(decision, Refused) else decision

    def values_for(self, request: MessageRequest) -> dict[str, str]:
        """What the variables stand for, by the way that would be taken."""
        medium = self.media[request.channel]
        ways = self.book.ways(request.customer_id, medium)
        return self._values(request, self.pasts.best(request.customer_id, medium, request.purpose, ways))

    def _touch(self, request: MessageRequest, way: Reached | None) -> Touch:
        return Touch(
            customer_id=request.customer_id,
            channel=request.channel,
            purpose=request.purpose,
            address=way.address if way else "",
            cost=request.cost,
            coupon=request.coupon,
            playbook_id=request.playbook_id,
            at=self.at,
            medium=self.media[request.channel],
            budget=request.budget,
        )

    def _values(self, request: MessageRequest, way: Reached | None) -> dict[str, str]:
        customer, template = self.book.customers.get(request.customer_id), self.templates.get(request.template_code)
        owner = customer.owner.user if customer and customer.owner else None
        ends = self.ends.get(request.customer_id)
        own = {
            "客户名": customer.name if customer else "",
            "联系人": way.name if way else "",
            "客户经理": owner.name if owner else "",
            "经理电话": owner.phone if owner else "",
            "公司": self.workspace.name,
            "今天": local_day(self.at, self.workspace.time_zone).isoformat(),
            "合同到期日": ends or "",
            **_page_links(self.workspace.pk, request, way, template.variables() if template else ()),
        }
        return own | dict(request.variables)


def _page_links(workspace_id: int, request: MessageRequest, way: Reached | None, wanted: Collection[str]) -> dict[str, str]:
    """Links to pages of one's own; the same for the same message, however often it is prepared."""
    links: dict[str, str] = {}
    for name, what, address in PAGES:
        if name in wanted:
            nonce = hashlib.sha256(request.key.encode()).hexdigest()[:10]
            linked = Linked(workspace_id, request.customer_id, what, nonce, way.contact_id if way else None)
            links[name] = address(link_token(linked))
    return links


def medium_of(channel: str) -> str:
    """The medium that a channel's kind, or a medium's own name, stands for."""
    if channel in MEDIA:
        return channel
    kind = KINDS.get(channel)
    return MEDIUM_OF.get(kind.address, "other") if kind else "other"


def kinds_of(workspace: Workspace) -> tuple[str, ...]:
    """The kinds of the workspace's enabled channels that reach customers, in the order in which they are tried."""
    rows = Channel.objects.filter(workspace=workspace, enabled=True).order_by("position", "pk").values_list("kind", flat=True)
    return tuple(dict.fromkeys(kind for kind in rows if kind in KINDS and Reach.CUSTOMER in KINDS[kind].reaches))


def _contract_ends(customers: Mapping[int, Customer], workspace: Workspace, at: datetime) -> dict[int, str]:
    """When the contract that runs ends, the nearest first."""
    today = local_day(at, workspace.time_zone)
    rows: Iterable[tuple[int, object]] = (
        Contract.objects.filter(customer_id__in=list(customers), ends_on__gte=today)
        .order_by("-ends_on")
        .values_list("customer_id", "ends_on")
    )
    return {customer_id: str(ends_on) for customer_id, ends_on in rows}
