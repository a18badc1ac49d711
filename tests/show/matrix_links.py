"""Who may call what: links given to contacts."""

from __future__ import annotations

from tests.show.matrix import CUSTOMER, ELSEWHERE, HANDLERS, MEMBERS, Row

_LINK = {"info": "quote", "title": "报价单", "url": "https://example.test/quote.pdf"}
TABLE: tuple[Row, ...] = (
    Row("link_list", "get", f"{CUSTOMER}/links", MEMBERS, ELSEWHERE | {"it", "key_none"}),
    Row("link_create", "post", f"{CUSTOMER}/links", HANDLERS, ELSEWHERE, body=_LINK),
    Row(
        "link_upload",
        "post",
        f"{CUSTOMER}/links/file",
        HANDLERS,
        ELSEWHERE,
        body={"file": "%PDF-1.4", "name": "plan.pdf", "info": "quote", "title": "报价单"},
    ),
    Row("link_delete", "delete", "/links/0", HANDLERS, HANDLERS),
)
