"""The sample workspace: real transactions, generated people, its history replayed up to the day it opens."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Team, User, Workspace
from liuke.act.governor.sample import sample_consents
from liuke.align.domain.batch import AlignedBatch, CustomerRow
from liuke.align.service.sample import sample_batches
from liuke.base.errors import Conflict
from liuke.base.times import utc_now
from liuke.connect.store.models import Source
from liuke.facts.service import batch_write
from liuke.facts.store.models import TextLists
from liuke.jobs.domain.contract import JobContext
from liuke.pipeline.history import workspace_replay
from liuke.text import lists_from_plain, to_plain
from liuke.warehouse import Warehouse

OPENS = datetime(2011, 9, 10, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
"""The moment the sample opens at; the data goes on to `ENDS`, for the time machine."""
ENDS = datetime(2011, 12, 10, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
REPLAYED_WEEKS = 40
"""How much history is scored before it opens: everything from December 2010 on."""
HOME, ABROAD = "英国组", "海外组"
WORDS: Mapping[str, object] = {
    "competitors": [{"name": "汇贸礼品", "aliases": ["汇贸", "Huimao"]}, {"name": "GiftHub", "aliases": ["gift hub"]}],
    "leave_phrases": ["对比{brand}", "换到{brand}", "最后一单"],
    "topics": [{"code": "delivery", "label": "物流配送", "words": ["晚了一周", "没动静"], "team": HOME}],
}
"""The sample's word lists. The competitors do not exist."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A generated member of the sample workspace."""

    name: str
    account: str
    role: Role
    team: str = ""

    @property
    def email(self) -> str:
        """A reserved domain: nothing can be sent there by accident."""
        return f"{self.account}@liuke.example"


PEOPLE = (
    SamplePerson("赵一鸣", "zhao", Role.SUPERVISOR, HOME),
    SamplePerson("林晓雯", "lin", Role.MANAGER, HOME),
    SamplePerson("陈嘉豪", "chen", Role.MANAGER, HOME),
    SamplePerson("吴佳怡", "wu", Role.MANAGER, HOME),
    SamplePerson("周思远", "zhou", Role.MANAGER, HOME),
    SamplePerson("孙若兰", "sun", Role.SUPERVISOR, ABROAD),
    SamplePerson("何志强", "he", Role.MANAGER, ABROAD),
    SamplePerson("郑雨桐", "zheng", Role.MANAGER, ABROAD),
    SamplePerson("许文静", "xu", Role.OPERATIONS),
    SamplePerson("马俊", "ma", Role.ANALYST),
    SamplePerson("高远", "gao", Role.IT),
)


def sample_load(*, workspace: Workspace, warehouse: Warehouse, context: JobContext, password: str | None = None) -> dict[str, int]:
    """Fill an empty sample workspace and replay its history. Killed half-way, it goes on where it stopped.

    `password`: given to the generated people so that the roles can be tried; without it they can only be invited.
    Raises Conflict("sample_played_on") where its time machine has gone on: loading again would set the clock back.
    """
    if workspace.simulated_as_of is not None and workspace.simulated_as_of > OPENS:
        raise Conflict("sample_played_on", until=workspace.simulated_as_of.date().isoformat())
    Workspace.objects.filter(pk=workspace.pk).update(simulated_as_of=OPENS, is_sample=True)
    workspace.simulated_as_of, workspace.is_sample = OPENS, True
    sample_people(workspace, password)
    context.progress(0.02, "stages.sample_load")
    sample_words(workspace)
    rows = 0
    for number, batch in enumerate(sample_batches(as_of=OPENS)):
        owned = _with_owners(batch)
        context.progress(0.08 + 0.1 * number, "stages.sample_write", rows=sum(len(table) for table in owned.activities))
        written = batch_write(workspace=workspace, batch=owned, warehouse=warehouse)
        rows += written.new + written.changed + written.same
    _note_source(workspace, rows)
    sample_consents(workspace, at=OPENS)
    scoring = workspace_replay(
        workspace=workspace,
        warehouse=warehouse,
        until=OPENS,
        weeks=REPLAYED_WEEKS,
        progress=lambda fraction, day: context.progress(0.25 + 0.75 * fraction, "stages.replay", day=day),
    )
    return {"rows": rows, "customers": scoring.customers}


def sample_people(workspace: Workspace, password: str | None = None) -> None:
    """The generated teams and members; existing ones stay as they are."""
    teams = {name: Team.objects.get_or_create(workspace=workspace, name=name)[0] for name in (HOME, ABROAD)}
    for person in PEOPLE:
        user = User.objects.filter(email=person.email).first() or User.objects.create_user(person.email, password, name=person.name)
        Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": person.role, "team": teams.get(person.team)})


def sample_words(workspace: Workspace) -> None:
    """The sample's word lists: made-up competitors, and a topic that a team owns. Kept where somebody has changed them."""
    lists = lists_from_plain(WORDS)
    values = {"lists": to_plain(lists), "digest": lists.digest, "note": "示例", "created_at": utc_now()}
    if not TextLists.objects.filter(workspace=workspace).exists():
        TextLists.objects.create(workspace=workspace, number=1, **values)


def _with_owners(batch: AlignedBatch) -> AlignedBatch:
    return replace(batch, customers=[_owned(row) for row in batch.customers])


def _owned(row: CustomerRow) -> CustomerRow:
    team = HOME if row.attributes.get("country") == "United Kingdom" else ABROAD
    managers: Sequence[SamplePerson] = [person for person in PEOPLE if person.role is Role.MANAGER and person.team == team]
    number = int.from_bytes(hashlib.sha256(row.key.encode()).digest()[:4])
    return replace(row, owner_email=managers[number % len(managers)].email, sample_fields=[*row.sample_fields, "owner"])


def _note_source(workspace: Workspace, rows: int) -> None:
    values = {"kind": "sample", "rows_total": rows, "last_success_at": OPENS, "last_run_at": OPENS, "newest_row_at": OPENS}
    Source.objects.update_or_create(workspace=workspace, name="Online Retail II", defaults=values)
