"""Who may call what of surveys, exit interviews and pain points (FBK-01, FBK-02, FBK-03)."""

from __future__ import annotations

from tests.show.matrix import EXPORTERS, HANDLERS, READERS, Row, about

INTERVIEW = {"cause": "price", "reason": "rise", "request_key": "k1"}
TICKET = {"topic": "service", "team_id": 0, "request_key": "k1"}
NOT_FOUND = dict.fromkeys(HANDLERS, 404)
"""Nobody in the world complains of anything: only who may ask at all is told so."""

TABLE: tuple[Row, ...] = (
    about("feedback_get", "get", "/customers/{customer}/feedback", READERS),
    about("feedback_link", "post", "/customers/{customer}/feedback-link", HANDLERS, {"what": "nps"}),
    about("interview_write", "post", "/customers/{customer}/exit-interview", HANDLERS, INTERVIEW),
    Row("interview_list", "get", "/exit-interviews", READERS),
    Row("interview_figures", "get", "/exit-interviews/figures", READERS),
    Row("interview_export", "get", "/exit-interviews/file.xlsx", EXPORTERS),
    Row("pain_list", "get", "/pain-points", READERS),
    Row("pain_ticket", "post", "/pain-points/ticket", HANDLERS, body=TICKET, odd=NOT_FOUND),
)
