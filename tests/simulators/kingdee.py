"""云星空 as it behaves (integrations §6 and §9, item 6): one account, forms with rows, signed calls or sessions that end.

A test puts rows into `forms` (one dict per entry line, keys as the site spells them); conditions are run by SQLite, so the simulator reads
FilterString by itself and not with our code. Refusals come in the shape that `shape` names.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from urllib.parse import quote

from tests.simulators.server import Asked, Clock, Reply, Simulator, route, said

ACCOUNT, USER, PASSWORD = "5f8e1c2b3a4d5e", "liuke", "geheim-9"
APP_ID = "200001_" + base64.b64encode(b"x" * 24).decode()
SECRET = "3c9d5f7a1b2e4d6f"
SESSION_LIFE = timedelta(minutes=20)
CLOCK_SKEW = timedelta(minutes=5)
MOST = 2000
SERVICES = "/k3cloud/Kingdee.BOS.WebApi.ServicesStub"
MASK = b"0054f397c6234378b09ca7d3e5debce7"

Fields = dict[str, str | int | float | bool | None]


class Kingdee(Simulator):
    """The company's 云星空."""

    def __init__(self, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self.forms: defaultdict[str, list[Fields]] = defaultdict(list)
        self.known_fields: defaultdict[str, set[str]] = defaultdict(set)
        self.sessions: dict[str, object] = {}
        self.shape = "wrapped"
        """How refusals look: `wrapped`, `bare` or `text`."""
        self.header_row = False
        """Some sites answer with the field names as the first row."""
        self.loses_sessions = False
        """Every session is lost as soon as it is made."""
        self.after_page: Callable[[int], None] | None = None
        """Called after each answered page with its number: what colleagues change meanwhile."""
        self._numbers = count(1)
        self.pages = 0

    @property
    def address(self) -> str:
        """The site as a user types it in."""
        return f"{self.base_url}/k3cloud"

    def put(self, form: str, *rows: Fields) -> None:
        """Entry lines; a line with the FID (and entry id) of a stored one stands in its place."""
        for row in rows:
            same = [each for each in self.forms[form] if _place(each) == _place(row)]
            for each in same:
                self.forms[form].remove(each)
            self.forms[form].append(dict(row))
            self.known_fields[form] |= set(row)

    def change(self, form: str, bill: str, **fields: str | float | bool | None) -> None:
        """Change all lines of a document, as an edit in the ERP does: FModifyDate is now unless it is given."""
        for row in self.forms[form]:
            if row["FBillNo"] == bill:
                row.update({"FModifyDate": stamp(self.clock)} | fields)

    def delete(self, form: str, bill: str) -> None:
        """Remove a document; nothing of it is left to ask for."""
        self.forms[form] = [row for row in self.forms[form] if row["FBillNo"] != bill]

    def end_sessions(self) -> None:
        """As a restart of the site does."""
        self.sessions.clear()

    @route("POST", f"{SERVICES}.AuthService.ValidateUser.common.kdsvc")
    def log_in(self, request: Asked) -> Reply:
        """LoginResultType 1 with a session, or 0 with the reason."""
        asked = request.json
        if (asked.get("acctID"), asked.get("username"), asked.get("password")) != (ACCOUNT, USER, PASSWORD):
            return said({"Message": "用户名或密码错误", "MessageCode": "", "LoginResultType": 0, "KDSVCSessionId": None, "Context": None})
        session = f"session{next(self._numbers)}"
        if not self.loses_sessions:
            self.sessions[session] = self.clock() + SESSION_LIFE
        return said({"Message": "", "LoginResultType": 1, "KDSVCSessionId": session})

    @route("POST", f"{SERVICES}.DynamicFormService.ExecuteBillQuery.common.kdsvc")
    def query(self, request: Asked) -> Reply:
        """A list of lists, at most 2,000 of them, [] past the end."""
        if (refused := self._refused(request)) is not None:
            return refused
        asked = request.json.get("data")
        assert isinstance(asked, dict)
        form, names = str(asked["FormId"]), str(asked["FieldKeys"]).split(",")
        unknown = [name for name in names if name.partition(".")[0] not in {each.partition(".")[0] for each in self.known_fields[form]}]
        if self.known_fields[form] and unknown:
            return self.refuse(500, f"字段{unknown[0]}在表单{form}中不存在", "9")
        limit, start = min(int(asked["Limit"]) or MOST, MOST), int(asked["StartRow"])
        found = self._found(form, names, str(asked["FilterString"]), str(asked["OrderString"]))[start : start + limit]
        self.pages += 1
        if self.after_page is not None:
            self.after_page(self.pages)
        return said(([names] if self.header_row and start == 0 else []) + found)

    @route("POST", f"{SERVICES}.DynamicFormService.QueryBusinessInfo.common.kdsvc")
    def business_info(self, request: Asked) -> Reply:
        """The form's fields by entry."""
        if (refused := self._refused(request)) is not None:
            return refused
        asked = request.json.get("data")
        form = str(asked["FormId"]) if isinstance(asked, dict) else ""
        keys = sorted({name.partition(".")[0] for name in self.known_fields[form]})
        entry = {"Key": "FBillHead", "Name": "单据头", "Fields": [{"Key": key, "Name": key, "MustInput": 0} for key in keys]}
        return said({"Result": {"ResponseStatus": {"IsSuccess": True}, "NeedReturnData": {"Id": form, "Entrys": [entry]}}})

    def refuse(self, code: int, message: str, msg_code: str) -> Reply:
        """HTTP 200 with a refusal."""
        status = {
            "ErrorCode": code,
            "IsSuccess": False,
            "Errors": [{"FieldName": None, "Message": message, "DIndex": 0}],
            "MsgCode": msg_code,
        }
        bare: object = {"Result": {"ResponseStatus": status}}
        if self.shape == "text":
            return Reply(200, b"response_error:" + json.dumps(bare, ensure_ascii=False).encode(), {"Content-Type": "text/plain"})
        return said(bare if self.shape == "bare" else [[bare]])

    def _refused(self, request: Asked) -> Reply | None:
        headers = request.headers
        if "x-kd-appkey" in headers:
            moment = int(headers.get("x-api-timestamp", "0"))
            if abs(moment - self.clock().timestamp()) > CLOCK_SKEW.total_seconds():
                return said({"errcode": 4006, "description_cn": f"认证失败, X-Api-TimeStamp过期: {moment}[网关]"}, 519)
            return None if self._signed(request) else self.refuse(500, "会话信息已丢失，请重新登录", "1")
        until = self.sessions.get(headers.get("kdservice-sessionid", ""))
        return self.refuse(500, "会话信息已丢失，请重新登录", "1") if until is None or until < self.clock() else None

    def _signed(self, request: Asked) -> bool:
        headers = request.headers
        data = base64.b64decode(headers["x-kd-appdata"]).decode()
        path = quote(request.path, safe="")
        moment = headers["x-api-timestamp"]
        text = f"POST\n{path}\n\nx-api-nonce:{headers['x-api-nonce']}\nx-api-timestamp:{moment}\n"
        masked = base64.b64decode(APP_ID.partition("_")[2])
        key = base64.b64encode(bytes(a ^ b for a, b in zip(masked, MASK, strict=False))).decode()
        return (
            headers["x-kd-appkey"] == APP_ID
            and data.startswith(f"{ACCOUNT},{USER},2052,")
            and headers["x-kd-signature"] == _mac(APP_ID + data, SECRET)
            and headers["x-api-signature"] == _mac(text, key)
        )

    def _found(self, form: str, names: list[str], where: str, order: str) -> list[list[object]]:
        """Rows that meet the condition, by SQLite: another reading of the same text."""
        columns = sorted({name for row in self.forms[form] for name in row} | set(names))
        with sqlite3.connect(":memory:") as database:
            spelled = ", ".join(f'"{name.lower()}"' for name in columns)
            database.execute(f"CREATE TABLE bill ({spelled})")
            marks = ", ".join("?" * len(columns))
            database.executemany(f"INSERT INTO bill VALUES ({marks})", [[row.get(name) for name in columns] for row in self.forms[form]])
            wanted = ", ".join(_quoted(name) for name in names)
            text = (
                f"SELECT {wanted} FROM bill"
                + (f" WHERE {_names(where)}" if where else "")
                + (f" ORDER BY {_names(order)}" if order else "")
            )
            return [list(row) for row in database.execute(text)]


def stamp(clock: Clock) -> str:
    """A moment as the site writes it: local time with milliseconds."""
    local = clock() + timedelta(hours=8)
    return local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{local.microsecond // 1000:03d}"


def _place(row: Fields) -> tuple[object, ...]:
    return tuple(value for name, value in row.items() if name in {"FID", "FCUSTID"} or name.lower().endswith("fentryid"))


def _quoted(name: str) -> str:
    return f'"{name.lower()}"'


def _names(text: str) -> str:
    """Field names in quotes, values left alone."""
    parts = re.split(r"('(?:[^']|'')*')", text)
    return "".join(part if part.startswith("'") else re.sub(r"\bF[A-Za-z_][\w.]*", lambda found: _quoted(found[0]), part) for part in parts)


def _mac(text: str, key: str) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return base64.b64encode(digest.encode()).decode()
