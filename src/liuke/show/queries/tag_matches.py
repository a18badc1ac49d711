"""Whom a tag's rule names, as of the last scoring."""

from __future__ import annotations

from datetime import datetime

import ibis

from liuke.base.times import to_us
from liuke.facts.store.models import Customer
from liuke.rules.compile import matches_expression
from liuke.rules.run import FRAME, IBIS_TYPES, types_needed
from liuke.rules.syntax import Rule
from liuke.segments.domain.active import tag_rule
from liuke.segments.domain.tag import TagKind
from liuke.segments.service.members import tags_record
from liuke.segments.store.models import Tag
from liuke.show.queries.reader import Reader
from liuke.show.queries.rule_words import RuleBook
from liuke.show.queries.warehouse import rows, warehouse
from liuke.warehouse.frames import frame_moment, frame_schema


def matching_now(reader: Reader, rule: Rule) -> tuple[set[int], datetime] | None:
    """The customers whom a rule names, and the moment of the frame; None where the frame lacks something that the rule reads."""
    as_of = frame_moment(warehouse(), reader.workspace.pk)
    types = types_needed([rule])
    if as_of is None or not set(types) <= set(frame_schema(warehouse(), reader.workspace.pk)):
        return None
    table = ibis.table({**{name: IBIS_TYPES[kind] for name, kind in types.items()}, "customer_id": "int64"}, name=FRAME)
    matched = table.filter(matches_expression(rule, table, now_us=to_us(as_of), zone=reader.workspace.time_zone))
    sql = str(ibis.to_sql(matched.select("customer_id"), dialect="duckdb"))
    return set(rows(reader.workspace, sql)["customer_id"].to_pylist()), as_of


def members_refresh(reader: Reader, tag: Tag, book: RuleBook) -> bool:
    """Bring a tag's members up to its rule at once; False where only the next scoring can, which then has to be asked for."""
    if tag.rule is None:
        found = frame_moment(warehouse(), reader.workspace.pk)
        if found is not None:
            tags_record(workspace=reader.workspace, as_of=found, members={tag.code: set()})
        return True
    matching = matching_now(reader, tag_rule(tag.rule, TagKind(tag.kind), book.catalogue))
    if matching is None:
        return False
    members, as_of = matching
    known = set(Customer.objects.filter(workspace=reader.workspace).values_list("pk", flat=True))
    tags_record(workspace=reader.workspace, as_of=as_of, members={tag.code: members & known})
    return True
