"""What is new in the database since the last look. Blocking; runs in a thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Q

from liuke.act.store.models import Notice
from liuke.alert.store.models import Alert
from liuke.base.times import utc_now
from liuke.jobs.store.models import Job
from liuke.server.stream.events import AlertRow, JobRow, News, NoticeRow

PATIENCE = timedelta(seconds=60)
"""How long a gap in the ids may be a transaction that has not ended yet."""
OVERLAP = timedelta(seconds=5)
"""Changes of jobs may become visible this much later than they were stamped."""
MOST = 500
_ALERT_FIELDS = (
    "id", "workspace_id", "customer_id", "level", "owner_id", "owner__team_id", "customer__owner_id", "customer__owner__team_id"
)  # fmt: skip
_JOB_FIELDS = ("id", "workspace_id", "created_by_id", "kind", "status", "progress", "stage", "changed_at")


@dataclass(slots=True)
class IdWatch:
    """Follows ascending ids, gaps included: transactions may end in another order than their ids were given."""

    last: int
    missing: dict[int, datetime] = field(default_factory=dict)

    def saw(self, ids: Iterable[int], now: datetime) -> None:
        """Note what has been read; gaps are looked for until `PATIENCE` is over."""
        for number in sorted(ids):
            if number > self.last:
                self.missing |= dict.fromkeys(range(max(self.last + 1, number - MOST), number), now + PATIENCE)
                self.last = number
            else:
                self.missing.pop(number, None)
        self.missing = {number: until for number, until in self.missing.items() if until > now}


@dataclass(slots=True)
class Tail:
    """Reads on from where it was; `start` sets the mark to now."""

    notices: IdWatch = field(default_factory=lambda: IdWatch(0))
    alerts: IdWatch = field(default_factory=lambda: IdWatch(0))
    jobs_since: datetime = field(default_factory=utc_now)
    jobs_told: dict[int, datetime] = field(default_factory=dict)

    def start(self) -> None:
        """Forget the past: only what comes now is news."""
        notice, alert = (model.objects.aggregate(newest=Max("id"))["newest"] or 0 for model in (Notice, Alert))
        self.notices, self.alerts = IdWatch(notice), IdWatch(alert)
        self.jobs_since, self.jobs_told = utc_now(), {}

    def read(self) -> News:
        """New notices, changed jobs and new alerts, each once."""
        return News(self._new_notices(), self._changed_jobs(), self._new_alerts())

    def _new_alerts(self) -> list[AlertRow]:
        wanted = Q(id__gt=self.alerts.last) | Q(id__in=list(self.alerts.missing))
        rows = [AlertRow(*row) for row in Alert.objects.filter(wanted).order_by("id").values_list(*_ALERT_FIELDS)[:MOST]]
        self.alerts.saw([row.id for row in rows], utc_now())
        return rows

    def _new_notices(self) -> list[NoticeRow]:
        wanted = Q(id__gt=self.notices.last) | Q(id__in=list(self.notices.missing))
        rows = notices_where(wanted)
        self.notices.saw([row.id for row in rows], utc_now())
        return rows

    def _changed_jobs(self) -> list[JobRow]:
        changed = Job.objects.filter(changed_at__gte=self.jobs_since - OVERLAP).order_by("changed_at")
        rows = [JobRow(**row) for row in changed.values(*_JOB_FIELDS)[:MOST]]
        news = [row for row in rows if self.jobs_told.get(row.id) != row.changed_at and row.changed_at >= self.jobs_since - OVERLAP]
        self.jobs_told = {row.id: row.changed_at for row in rows}
        self.jobs_since = max([self.jobs_since, *(row.changed_at for row in rows)])
        return news


def notices_where(wanted: Q) -> list[NoticeRow]:
    """At most 500 notices, oldest first."""
    rows = Notice.objects.filter(wanted).order_by("id").values("id", "recipient_id", "key", "params", "link")[:MOST]
    return [NoticeRow(**row) for row in rows]


def notices_after(recipient_id: int, last: int) -> list[NoticeRow]:
    """What a listener missed since the notice `last`."""
    return notices_where(Q(recipient_id=recipient_id, id__gt=last))
