"""Reading calls to one site of 云星空. Signed, or in the session of a user and a password; a lost session is renewed once.

TLS certificates are always checked (the vendor's own SDK does not); a site in the own network must be on the installation's list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.http import Reached, Wire, call
from liuke.vendors.kingdee import filters
from liuke.vendors.kingdee.answers import GATEWAY, LOST, Row, result_of, rows_of
from liuke.vendors.kingdee.signing import AppKeys, signed_headers
from liuke.vendors.state import Token, Tokens

PAGE = 1000
MOST_ROWS = 2000
"""Of one answer."""
TIMEOUT = httpx.Timeout(60.0, connect=10.0)
SESSION = timedelta(minutes=15)
"""A session is taken for good so long after its log-in; the site may end it sooner."""
LOGIN = "login"
"""The code of what is refused because of the credentials."""
_SERVICES = "Kingdee.BOS.WebApi.ServicesStub"
_QUERY = f"/{_SERVICES}.DynamicFormService.ExecuteBillQuery.common.kdsvc"
_INFO = f"/{_SERVICES}.DynamicFormService.QueryBusinessInfo.common.kdsvc"
_LOGIN = f"/{_SERVICES}.AuthService.ValidateUser.common.kdsvc"
_SUCCESS = 1
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Password:
    """A user of the ERP; older sites know no AppId. Use one that may only read."""

    account: str
    user: str
    password: str = field(repr=False)
    language: int = 2052


@dataclass(frozen=True, slots=True)
class BillQuery:
    """One page: fields of a form, in an order, from a row on. `where` is built with `filters`."""

    form: str
    fields: tuple[str, ...]
    where: str = ""
    order: str = ""
    start: int = 0
    limit: int = PAGE


class _LoggedIn(msgspec.Struct, frozen=True):
    LoginResultType: int = 0  # the vendor's spelling
    Message: str | None = ""
    KDSVCSessionId: str | None = ""


@dataclass(frozen=True, slots=True)
class Client:
    """What calls need. `wire.base_url` is the site with its own part, e.g. https://erp.example.com/k3cloud."""

    who: AppKeys | Password
    wire: Wire
    tokens: Tokens
    now: Callable[[], datetime]

    def rows(self, query: BillQuery) -> list[Row]:
        """A page of rows, each as wide as the fields asked for; empty past the end.

        Raises Rejected(LOGIN) for wrong credentials, Rejected with the site's code for anything else it refuses, Busy, Unsure,
        ValueError for what is no name of a form or field.
        """
        names = tuple(filters.field(name) for name in query.fields)
        if not filters.FORM.match(query.form) or not 0 < query.limit <= MOST_ROWS:
            raise ValueError("no query")
        data = {
            "FormId": query.form, "FieldKeys": ",".join(names), "FilterString": query.where, "OrderString": query.order,
            "TopRowCount": 0, "StartRow": query.start, "Limit": query.limit, "SubSystemId": "",
        }  # fmt: skip
        return self._asked(_QUERY, data, lambda reached: rows_of(reached, names))

    def field_names(self, form: str) -> frozenset[str]:
        """The keys of a form's fields on this site, without the properties behind a dot. Raises as `rows` does."""
        if not filters.FORM.match(form):
            raise ValueError("no form")
        found = self._asked(_INFO, {"FormId": form}, result_of)
        return frozenset(_keys(found))

    def _asked(self, service: str, data: Mapping[str, object], read: Callable[[Reached], Answer]) -> Answer:
        for last in (False, True):
            headers, session = self._headers(service)
            reached = self._call(service, {"data": data}, headers)
            try:
                return read(reached)
            except Rejected as refused:
                if refused.code != LOST:
                    raise
                self.tokens.drop(self._key, session)
                if last:
                    raise self._lost(refused) from None
        raise AssertionError("unreachable")

    def _lost(self, refused: Rejected) -> Rejected:
        """Lost again at once. A fresh log-in proves a password, so the site loses sessions; a signature is proved by nothing else."""
        return Rejected(LOGIN if isinstance(self.who, AppKeys) else "session", refused.said)

    @property
    def _key(self) -> str:
        """Names the session among the tokens; tells nothing of the secret."""
        who = self.who
        secret = who.secret if isinstance(who, AppKeys) else who.password
        plain = "\0".join((self.wire.base_url, who.account, who.user, secret))
        return f"kingdee.{sha256(plain.encode()).hexdigest()[:24]}"

    def _headers(self, service: str) -> tuple[Mapping[str, str], str]:
        if isinstance(self.who, AppKeys):
            path = urlsplit(self.wire.base_url).path.rstrip("/") + service
            return signed_headers(self.who, path, int(self.now().timestamp())), ""
        session = self.tokens.get(self._key, partial(self._log_in, self.who))
        return {"kdservice-sessionid": session, "Cookie": f"kdservice-sessionid={session}"}, session

    def _log_in(self, who: Password) -> Token:
        """ValidateUser. Raises Rejected(LOGIN) with what the site says of user, password or account."""
        body = {"acctID": who.account, "username": who.user, "password": who.password, "lcid": who.language}
        answer = result_of(self._call(_LOGIN, body, {}))
        try:
            got = msgspec.convert(answer, _LoggedIn)
        except msgspec.ValidationError:
            raise Rejected("unreadable", "ValidateUser") from None
        if got.LoginResultType != _SUCCESS or not got.KDSVCSessionId:
            raise Rejected(LOGIN, (got.Message or f"LoginResultType {got.LoginResultType}")[:300])
        return Token(got.KDSVCSessionId, self.now() + SESSION)

    def _call(self, service: str, body: Mapping[str, object], headers: Mapping[str, str]) -> Reached:
        return call(self.wire, "POST", service, json=body, headers=headers, judges=frozenset({GATEWAY}), timeout=TIMEOUT)


def _keys(found: object) -> list[str]:
    """Every `Key` of an object and what lies in it."""
    if isinstance(found, list):
        return [key for each in found for key in _keys(each)]
    if not isinstance(found, dict):
        return []
    own = found.get("Key")
    return ([own] if isinstance(own, str) else []) + [key for each in found.values() for key in _keys(each)]
