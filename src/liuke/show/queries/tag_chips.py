"""Tags as lists show and filter them: chips beside a customer, and the filter by code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q

from liuke.accounts.store.models import Workspace
from liuke.segments.service.tags import tag_name
from liuke.segments.store.models import Tag, TagMembership
from liuke.show.api.schemas.common import TagRef
from liuke.show.queries.paging import chosen
from liuke.show.queries.reader import Reader


def tag_ref(reader: Reader, tag: Tag) -> TagRef:
    """A chip."""
    return TagRef(code=tag.code, name=tag_name(tag, reader.language), colour=tag.colour)


def tags_carried(reader: Reader, customers: Collection[int]) -> Mapping[int, list[TagRef]]:
    """Per customer the enabled tags that it carries, oldest tag first; one query."""
    stays = TagMembership.objects.filter(
        customer_id__in=customers, until__isnull=True, since__lte=reader.now, tag__enabled=True, tag__archived_at__isnull=True
    )
    found: dict[int, list[TagRef]] = defaultdict(list)
    for stay in stays.select_related("tag").order_by("tag_id"):
        found[stay.customer_id].append(tag_ref(reader, stay.tag))
    return found


def tag_filter(workspace: Workspace, text: str) -> Q:
    """Cards of customers who carry one of the tags, by code. Raises Invalid("filter_unknown") naming the codes there are."""
    codes = list(Tag.objects.filter(workspace=workspace, archived_at__isnull=True).values_list("code", flat=True))
    wanted = chosen("tag", text, codes)
    stays = TagMembership.objects.filter(tag__workspace=workspace, tag__code__in=wanted, until__isnull=True)
    return Q(pk__in=stays.values("customer_id"))
