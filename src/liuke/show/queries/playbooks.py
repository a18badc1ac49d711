"""挽回流程: flows with their versions and counts, as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, F, Q

from liuke.act.playbooks.ready import ready_all
from liuke.act.playbooks.service import node_counts, playbook_get, playbooks_visible
from liuke.act.store.models import Enrolment, Playbook, PlaybookVersion
from liuke.act.store.models_playbooks import RUNNING
from liuke.facts.service import customers_visible
from liuke.show.api.schemas.playbooks import NodeCountsOut, PlaybookArmOut, PlaybookOut, PlaybookVersionOut, ReadyOut
from liuke.show.queries.reader import Reader, word

EDITED = ("draft", "trial")
Arms = Mapping[tuple[int, str], PlaybookArmOut]


def playbooks_out(reader: Reader, *, archived: bool) -> list[PlaybookOut]:
    """All flows by name."""
    reader.require_customers()
    return _outs(reader, playbooks_visible(reader.actor, archived=archived))


def playbook_out(reader: Reader, playbook_id: int) -> PlaybookOut:
    """One flow. Raises NotFound("playbook_unknown")."""
    reader.require_customers()
    return _outs(reader, [playbook_get(actor=reader.actor, playbook_id=playbook_id)])[0]


def versions_out(reader: Reader, playbook_id: int) -> list[PlaybookVersionOut]:
    """All versions, newest first."""
    reader.require_customers()
    return [_version(one) for one in _versions(playbook_get(actor=reader.actor, playbook_id=playbook_id))]


def counts_out(reader: Reader, playbook_id: int) -> NodeCountsOut:
    """Who stands where."""
    reader.require_customers()
    found = node_counts(actor=reader.actor, playbook_id=playbook_id)
    outlets = {node: dict(ways) for node, ways in found.outlets.items()}
    return NodeCountsOut(standing=dict(found.standing), left=dict(found.left), outlets=outlets)


def ready_out(reader: Reader) -> list[ReadyOut]:
    """Every ready playbook in the reader's language, with the workspace's copy where it has one."""
    reader.require_customers()
    taken = dict(playbooks_visible(reader.actor).order_by("-pk").values_list("code", "pk"))
    return [
        ReadyOut(
            code=one.code,
            group=one.group,
            kind=word(one.kind),
            name=one.name[reader.language],
            about=one.about[reader.language],
            steps=_steps(reader, one.spec(reader.language)),
            asks=len(one.asks),
            taken=next((pk for code, pk in taken.items() if _is_copy(code, one.code)), None),
        )
        for one in ready_all()
    ]


def _is_copy(code: str, ready: str) -> bool:
    return code == ready or (code.startswith(f"{ready}-") and code.removeprefix(f"{ready}-").isdigit())


def _steps(reader: Reader, spec: Mapping[str, object]) -> list[str]:
    """The kinds of its nodes in order, by name."""
    nodes = spec.get("nodes")
    kinds = [str(node["kind"]) for node in nodes if isinstance(node, Mapping)] if isinstance(nodes, list) else []
    return [reader.text(f"playbooks.nodes.{kind}.name") for kind in kinds if kind != "end"]


def _outs(reader: Reader, playbooks: Iterable[Playbook]) -> list[PlaybookOut]:
    rows = list(playbooks)
    arms = _arms(reader, [row.pk for row in rows])
    return [_out(reader, row, arms) for row in rows]


def _arms(reader: Reader, ids: list[int]) -> Arms:
    mine = Enrolment.objects.filter(playbook_id__in=ids, customer__in=customers_visible(reader.actor))
    over = Q(goal_at__isnull=False) | Q(goal_until__lte=F("playbook__watched_until"))
    rows = mine.values_list("playbook_id", "arm").annotate(
        entered=Count("pk"),
        running=Count("pk", filter=Q(status__in=RUNNING)),
        reached=Count("pk", filter=Q(goal_at__isnull=False)),
        over=Count("pk", filter=over),
    )
    return {
        (pk, arm): PlaybookArmOut(entered=entered, running=running, reached=reached, over=past)
        for pk, arm, entered, running, reached, past in rows
    }


def _out(reader: Reader, playbook: Playbook, arms: Arms) -> PlaybookOut:
    versions = _versions(playbook)
    live = next((one for one in versions if one.status == "published"), None)
    draft = next((one for one in versions if one.status in EDITED), None)
    by = reader.person(playbook.updated_by_id)
    return PlaybookOut(
        id=playbook.pk,
        code=playbook.code,
        name=playbook.name,
        about=playbook.about,
        kind=word(playbook.kind),
        enabled=playbook.enabled,
        paused_at=playbook.paused_at,
        archived=playbook.archived_at is not None,
        live=_version(live) if live else None,
        draft=_version(draft) if draft else None,
        treated=arms.get((playbook.pk, "treated"), PlaybookArmOut()),
        holdout=arms.get((playbook.pk, "holdout"), PlaybookArmOut()),
        updated_at=playbook.updated_at,
        updated_by=by.name if by else None,
    )


def _versions(playbook: Playbook) -> list[PlaybookVersion]:
    """The versions that were loaded with the flow, newest first."""
    versions: list[PlaybookVersion] = getattr(playbook, "version_list", [])
    return versions


def _version(version: PlaybookVersion) -> PlaybookVersionOut:
    return PlaybookVersionOut(
        number=version.number,
        status=word(version.status),
        spec=version.spec,
        note=version.note,
        created_by=version.created_by.user.name if version.created_by else None,
        created_at=version.created_at,
        published_at=version.published_at,
    )
