"""Who may call what of the requests about personal data (DAT-18)."""

from __future__ import annotations

from tests.show.matrix import ELSEWHERE, EXPORTERS, KEEPERS, MEMBERS, Row

COPIERS = EXPORTERS - {"analyst"}
"""A copy holds unmasked data: who exports but sees nobody's number gets none."""
ERASE = "/customers/{customer}/erasure"

TABLE: tuple[Row, ...] = (
    Row("person_erase_preview", "get", ERASE, KEEPERS),
    Row("person_erase", "post", ERASE, KEEPERS, body={"confirm": "华东灯具", "reason": "本人要求删除"}),
    Row("person_export", "post", "/customers/{customer}/personal-export", COPIERS, COPIERS & ELSEWHERE, {"reason": "本人查阅"}),
    Row("person_requests", "get", "/person-requests"),
    Row("person_request", "get", "/person-requests/{export}", MEMBERS, MEMBERS - KEEPERS),
    Row("person_archive", "get", "/person-requests/{export}/archive.zip", COPIERS, COPIERS - KEEPERS),
    Row("person_erasure_lift", "post", "/person-requests/{erasure}/lift", KEEPERS, body={"reason": "本人重新签约"}),
)
