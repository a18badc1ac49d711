"""词库: the live lists and their versions, what a sentence yields, and what edited lists would find before they are saved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from liuke.accounts.domain.roles import Permission, Scope
from liuke.accounts.store.models import Team
from liuke.base.times import to_us
from liuke.facts.domain.masking import mask_text
from liuke.facts.domain.readings import LONGEST_READ, TEXTS, found_in, words_of
from liuke.facts.service import customers_visible
from liuke.facts.service.readings import calibration_of, lists_live, row_reader, text_reader
from liuke.facts.service.readings_again import stale_count
from liuke.facts.service.readings_lists import lists_newest, lists_versions
from liuke.facts.store.models import TextSettings
from liuke.show.api.schemas.text import ExampleOut, HitOut, HitsOut, ListsIn, ListsOut, ListsVersionOut, ReadingOut, TryIn
from liuke.show.queries.jobs import job_out
from liuke.show.queries.reader import Reader, word
from liuke.show.queries.readings import found_out, lists_of, topic_out
from liuke.show.queries.warehouse import rows, warehouse
from liuke.text import IntentKind, Lists, Reading, lists_from_plain, to_plain

DAYS = 90
MOST = 20_000
"""Texts that a preview reads, the newest ones."""
EXAMPLES = 8
OVER = 65.0
SURE = 50.0
Hit = tuple[str, str]
"""What a text shows, and which."""


def lists_out(reader: Reader) -> ListsOut:
    """The live lists. For those who see customers or edit."""
    _require(reader)
    newest = lists_newest(reader.workspace)
    settings = TextSettings.objects.filter(workspace=reader.workspace).select_related("reread").first()
    return ListsOut(
        number=newest.number if newest else 0,
        lists=lists_in(lists_of(reader)),
        versions=[
            ListsVersionOut(number=one.number, note=one.note, by=reader.person(one.created_by_id), at=one.created_at)
            for one in lists_versions(reader.workspace)
        ],
        teams=list(Team.objects.filter(workspace=reader.workspace).order_by("name").values_list("name", flat=True)),
        stale=stale_count(warehouse(), reader.workspace.pk, row_reader(reader.workspace.pk).version),
        job=job_out(settings.reread, reader.language) if settings and settings.reread else None,
        may_edit=reader.actor.may(Permission.PUBLISH),
    )


def lists_in(lists: Lists) -> ListsIn:
    """Lists as the editor has them."""
    return ListsIn.model_validate(to_plain(lists))


def try_out(*, reader: Reader, data: TryIn) -> ReadingOut:
    """What a sentence yields with the live lists, or with those being edited. Nothing of it is kept."""
    _require(reader)
    if data.lists is not None:
        reader.lists = lists_from_plain(data.lists.model_dump())
    read = text_reader(lists_of(reader), calibration_of(reader.workspace.pk)).read([data.text[:LONGEST_READ]])[0]
    return found_out(reader, found_in(read))


def hits_out(*, reader: Reader, lists: ListsIn) -> HitsOut:
    """What the edited lists would find in the texts of the last DAYS beside what the live ones find; words masked by role."""
    _require(reader)
    draft, calibration = lists_from_plain(lists.model_dump()), calibration_of(reader.workspace.pk)
    texts = _texts(reader)
    then = [_hits(one) for one in text_reader(draft, calibration).read(texts)]
    now = [_hits(one) for one in text_reader(lists_live(reader.workspace.pk), calibration).read(texts)]
    reader.lists = draft
    return HitsOut(
        texts=len(texts),
        capped=len(texts) == MOST,
        changed=sum(before != after for before, after in zip(now, then, strict=True)),
        hits=_totals(reader, now, then),
        examples=list(_examples(reader, texts, now, then)),
    )


def _require(reader: Reader) -> None:
    """Lists name no customer; whoever publishes or sees customers may look."""
    if not reader.actor.may(Permission.PUBLISH):
        reader.require_customers()


def _texts(reader: Reader) -> list[str]:
    given: dict[str, object] = {"kinds": list(TEXTS), "now": to_us(reader.now), "rows": MOST}
    given["since"] = to_us(reader.now - timedelta(days=DAYS))
    seen = "true"
    if reader.actor.scope is not Scope.ALL:
        given["seen"] = list(customers_visible(reader.actor).values_list("pk", flat=True))
        seen = "customer_id = ANY($seen)"
    sql = f"""SELECT attrs FROM activity WHERE kind = ANY($kinds) AND ts_us >= $since AND ts_us < $now AND known_us <= $now AND {seen}
        AND (attrs->>'$.text_gone') IS NULL ORDER BY ts_us DESC, source, activity_id LIMIT $rows"""
    found = rows(reader.workspace, sql, given)["attrs"].to_pylist()
    return [text[:LONGEST_READ] for text in (words_of(json.loads(attrs)) for attrs in found) if text]


def _hits(reading: Reading) -> frozenset[Hit]:
    found: set[Hit] = {("topic", topic.code) for topic in reading.topics} | {("competitor", one.name) for one in reading.competitors}
    found |= {("leaving", "") for intent in reading.intents if intent.kind is IntentKind.LEAVE and intent.score >= SURE}
    return frozenset(found | ({("negative", "")} if reading.emotion > OVER else set()))


def _totals(reader: Reader, now: Sequence[frozenset[Hit]], then: Sequence[frozenset[Hit]]) -> list[HitOut]:
    before, after = (Counter(hit for hits in side for hit in hits) for side in (now, then))
    keys = sorted({*before, *after}, key=lambda hit: (hit[0], -after[hit], hit[1]))
    return [
        HitOut(shows=word(shows), which=which, label=_label(reader, (shows, which)), before=before[shows, which], after=after[shows, which])
        for shows, which in keys
    ]


def _examples(reader: Reader, texts: Iterable[str], now: Iterable[frozenset[Hit]], then: Iterable[frozenset[Hit]]) -> Iterator[ExampleOut]:
    left = EXAMPLES
    for text, before, after in zip(texts, now, then, strict=True):
        if before != after and left:
            left -= 1
            labels = [sorted(_label(reader, hit) for hit in side) for side in (before, after)]
            yield ExampleOut(text=text[:300] if reader.sees_personal else mask_text(text), before=labels[0], after=labels[1])


def _label(reader: Reader, hit: Hit) -> str:
    shows, which = hit
    if shows == "topic":
        return topic_out(reader, lists_of(reader), which).label
    return which or reader.text(f"text.hit.{shows}")
