"""Checklist templates and content packs as their pages show them, and filled for a customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from liuke.act.plans.domain import PlanSpec
from liuke.act.plans.domain_packs import PackSpec, Script, filled, packs_fitting
from liuke.act.plans.service import content_packs, pack_files, plan_templates
from liuke.act.plans.shipped import packs_shipped, plans_shipped
from liuke.act.store.models import WorkItem
from liuke.base.errors import NotFound
from liuke.facts.store.models import Contact
from liuke.show.api.schemas.plans import ContentPackOut, PackFileOut, PlanTemplateOut, ScriptBody, StepSpecBody
from liuke.show.queries.reader import Reader, word


def plan_rows(*, reader: Reader) -> list[PlanTemplateOut]:
    """All templates in use, own ones first."""
    reader.require_customers()
    found = plan_templates(reader.actor.workspace_id, language=reader.language).values()
    return [plan_out(reader, plan) for plan in sorted(found, key=lambda plan: (plan.shipped, plan.name))]


def plan_one(*, reader: Reader, code: str) -> PlanTemplateOut:
    """One template. Raises NotFound("plan_not_found")."""
    found = plan_templates(reader.actor.workspace_id, language=reader.language).get(code)
    if found is None:
        raise NotFound("plan_not_found", plan=code)
    return plan_out(reader, found)


def plan_out(reader: Reader, plan: PlanSpec) -> PlanTemplateOut:
    """A template as the API shows it."""
    return PlanTemplateOut(
        code=plan.code,
        shipped=plan.shipped,
        is_changed=not plan.shipped and plan.code in plans_shipped(reader.language),
        name=plan.name,
        about=plan.about,
        tiers=[word(tier) for tier in plan.tiers],
        levels=[word(level) for level in plan.levels],
        causes=[word(cause) for cause in plan.causes],
        packs=list(plan.packs),
        steps=[
            StepSpecBody(
                text=step.text, days=step.days, hours=step.hours, who=word(step.who), effect=step.effect, amount=step.amount,
                remind_hours=step.remind_hours,
            )
            for step in plan.steps
        ],
    )  # fmt: skip


def pack_rows(*, reader: Reader) -> list[ContentPackOut]:
    """All content packs in use as they are written, own ones first."""
    reader.require_customers()
    found = content_packs(reader.actor.workspace_id, language=reader.language).values()
    return _packs_out(reader, sorted(found, key=lambda pack: (pack.shipped, pack.name)))


def pack_one(*, reader: Reader, code: str) -> ContentPackOut:
    """One content pack as it is written. Raises NotFound("content_pack_not_found")."""
    found = content_packs(reader.actor.workspace_id, language=reader.language).get(code)
    if found is None:
        raise NotFound("content_pack_not_found", pack=code)
    return _packs_out(reader, [found])[0]


def packs_for(
    reader: Reader, item: WorkItem, *, codes: Sequence[str], level: str, cause: str | None, values: dict[str, str]
) -> list[ContentPackOut]:
    """Packs of a task's plans, then those that fit its alert; scripts filled for the customer."""
    packs = content_packs(item.workspace_id, language=reader.language).values()
    return _packs_out(reader, [_filled(pack, values) for pack in packs_fitting(packs, codes=codes, level=level, cause=cause)])


def values_of(reader: Reader, item: WorkItem, *, reason: str, annual_value: float) -> dict[str, str]:
    """What scripts say of this customer; the contact's name masked by role."""
    contact = Contact.objects.filter(customer_id=item.customer_id).order_by("-is_key", "pk").first()
    owner = reader.person(item.owner_id)
    return {
        "客户名": item.customer.name,
        "联系人": reader.person_name(contact.name) if contact else "",
        "负责人": owner.name if owner else reader.actor.name,
        "公司": reader.workspace.name,
        "原因": reason,
        "年消费": reader.money(annual_value),
        "今天": reader.today.isoformat(),
    }


def _filled(pack: PackSpec, values: dict[str, str]) -> PackSpec:
    return replace(pack, scripts=tuple(Script(script.title, filled(script.text, values)) for script in pack.scripts))


def _packs_out(reader: Reader, packs: Sequence[PackSpec]) -> list[ContentPackOut]:
    files: defaultdict[str, list[PackFileOut]] = defaultdict(list)
    for file in pack_files(reader.actor.workspace_id, [pack.code for pack in packs]):
        files[file.pack_code].append(PackFileOut(id=file.pk, name=file.name, size=file.size))
    return [
        ContentPackOut(
            code=pack.code,
            shipped=pack.shipped,
            is_changed=not pack.shipped and pack.code in packs_shipped(reader.language),
            name=pack.name,
            about=pack.about,
            causes=[word(cause) for cause in pack.causes],
            levels=[word(level) for level in pack.levels],
            scripts=[ScriptBody(title=script.title, text=script.text) for script in pack.scripts],
            files=files[pack.code],
        )
        for pack in packs
    ]
