"""Who may call what of 团队, the day's list and the weekly report."""

from __future__ import annotations

from tests.show.matrix import ASSIGNERS, EXPORTERS, KEEPERS, READERS, SEE_ALL, Row

LEADERS = SEE_ALL | {"supervisor", "other_supervisor"}
"""Who leads somebody: a report is of the slice that one leads."""
WEEK = "2026-11-16"

TABLE: tuple[Row, ...] = (
    Row("team_board", "get", "/team-board", READERS),
    Row("team_silent", "get", "/team-board/silent", READERS),
    Row("team_day", "get", "/team-board/day", READERS),
    Row("team_efforts", "put", "/team-board/efforts", KEEPERS, body={"minutes": {"high": 60, "medium": 30, "early": 15}, "per_day": 90}),
    Row(
        "team_minutes", "put", "/team-board/members/{manager}/minutes", ASSIGNERS | {"manager"}, body={"minutes": 60},
        odd={"other_supervisor": 403},
    ),
    Row("report_list", "get", "/reports", LEADERS),
    Row("report_now", "get", "/reports/now", LEADERS),
    Row("report_now_book", "get", "/reports/now.xlsx", LEADERS & EXPORTERS),
    Row("report_get", "get", f"/reports/{WEEK}", LEADERS),
    Row("report_get_book", "get", f"/reports/{WEEK}/file.xlsx", LEADERS & EXPORTERS),
)  # fmt: skip
