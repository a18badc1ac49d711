"""First run, new workspaces, and what can be changed about one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission, Role
from liuke.accounts.domain.templates import SAMPLE, TEMPLATES, IndustryTemplate
from liuke.accounts.service.audit import audit_record
from liuke.accounts.service.passwords import email_clean, language_clean, name_clean, password_check
from liuke.accounts.store.auth import visits_of
from liuke.accounts.store.models import Membership, User, Workspace
from liuke.base.errors import Conflict, Forbidden, Invalid
from liuke.base.words import LANGUAGES, SYMBOLS, render


def installation_needs_setup() -> bool:
    """Whether nobody can log in yet."""
    return not User.objects.exists()


@transaction.atomic
def installation_setup(*, name: str, email: str, password: str, language: str = "zh-CN") -> User:
    """First run: the first person. Their first workspace comes by `workspace_create`.

    Two people pressing the button at once make one account. Raises Conflict("already_set_up") once anybody exists,
    Invalid with what is wrong otherwise.
    """
    language_clean(language)
    ContentType.objects.select_for_update().get(app_label="accounts", model="user")  # one at a time, on every database
    if User.objects.exists():
        raise Conflict("already_set_up")
    address, person = email_clean(email), name_clean(name)
    password_check(password, user=User(email=address, name=person), language=language)
    return User.objects.create_user(address, password, name=person, language=language)


def workspace_may_create(user: User) -> bool:
    """Admins of any workspace may, and everybody while there is none."""
    return Membership.objects.filter(user=user, role=Role.ADMIN, is_active=True).exists() or not Workspace.objects.exists()


@transaction.atomic
def workspace_create(
    *,
    by: User,
    name: str,
    template: str,
    slug: str | None = None,
    currency: str | None = None,
    time_zone: str | None = None,
    simulated_as_of: datetime | None = None,
) -> Workspace:
    """A new, empty workspace from an industry template (or `sample`); its maker becomes admin.

    `simulated_as_of` starts it on a simulated clock. Raises Forbidden, Conflict("slug_taken") or Invalid with all faults.
    """
    if not workspace_may_create(by):
        raise Forbidden("workspace_create_forbidden")
    chosen = _template(template)
    fields: dict[str, object] = {"name": name, "currency": currency or chosen.currency, "time_zone": time_zone or chosen.time_zone}
    _check(fields, by.language)
    fields |= {"industry": chosen.key, "country": chosen.country, "locale": chosen.locale, "counting_word": chosen.counting_word}
    fields |= {"churn": chosen.churn(), "is_sample": chosen is SAMPLE, "simulated_as_of": simulated_as_of}
    workspace = Workspace.objects.create(slug=_free_slug(name, slug), **fields)
    Membership.objects.create(workspace=workspace, user=by, role=Role.ADMIN)
    actor = next(visit.actor for visit in visits_of(by) if visit.workspace.pk == workspace.pk)
    audit_record(actor=actor, action="workspace_created", object_type="workspace", object_id=workspace.pk, detail={"template": template})
    return workspace


def _template(key: str) -> IndustryTemplate:
    known = TEMPLATES | {SAMPLE.key: SAMPLE}
    if key not in known:
        raise Invalid("template_unknown", template=key, allowed=list(known))
    return known[key]


def _free_slug(name: str, wanted: str | None) -> str:
    if wanted is not None:
        if not wanted or slugify(wanted) != wanted or len(wanted) > 50:
            raise Invalid("slug_invalid", slug=wanted)
        if Workspace.objects.filter(slug=wanted).exists():
            raise Conflict("slug_taken", slug=wanted)
        return wanted
    base = slugify(name)[:40] or "workspace"
    return f"{base}-{secrets.token_hex(3)}" if Workspace.objects.filter(slug=base).exists() else base


@transaction.atomic
def workspace_update(*, actor: Actor, workspace: Workspace, changes: Mapping[str, object]) -> Workspace:
    """Change settings: any of name, time_zone, currency, country, locale, counting_word, money_basis, churn, alert_policy.

    `churn` is `{"kinds": […], "days": n}`; `alert_policy` must have been checked by `alert`. All faults are told at once;
    the audit trail keeps old and new values. Raises Forbidden without `workspace`.
    """
    actor.require(Permission.WORKSPACE)
    _check(changes, actor.language)
    before = {field: getattr(workspace, field) for field in changes}
    for field, value in changes.items():
        setattr(workspace, field, value)
    workspace.save(update_fields=list(changes))
    detail = {"before": before, "after": dict(changes)}
    audit_record(actor=actor, action="workspace_updated", object_type="workspace", object_id=workspace.pk, detail=detail)
    return workspace


def _is_zone(value: object) -> bool:
    try:
        return bool(ZoneInfo(str(value)))
    except (KeyError, ValueError, OSError):
        return False


def _is_code(value: object, length: int) -> bool:
    text = str(value)
    return len(text) == length and text.isascii() and text.isalpha() and text.isupper()


def _is_churn(value: object) -> bool:
    if not isinstance(value, Mapping) or set(value) != {"kinds", "days"}:
        return False
    kinds, days = value["kinds"], value["days"]
    return isinstance(days, int) and 1 <= days <= 1095 and isinstance(kinds, list) and bool(kinds) and all(map(_is_kind, kinds))


def _is_kind(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 60


CHECKS: Mapping[str, Callable[[object], bool]] = {
    "name": lambda value: 0 < len(str(value).strip()) <= 80,
    "time_zone": _is_zone,
    "currency": lambda value: _is_code(value, 3),
    "country": lambda value: _is_code(value, 2),
    "locale": lambda value: value in LANGUAGES,
    "counting_word": lambda value: value in {"家", "位"},
    "money_basis": lambda value: len(str(value)) <= 40,
    "churn": _is_churn,
    "alert_policy": lambda value: isinstance(value, Mapping),
}
_ALLOWED = {"currencies": "CNY, " + ", ".join(sorted(SYMBOLS.keys() - {"CNY"})), "languages": ", ".join(LANGUAGES)}


def _check(fields: Mapping[str, object], language: str) -> None:
    wrong = [field for field, value in fields.items() if field not in CHECKS or not CHECKS[field](value)]
    if wrong:
        texts = {field: render(f"errors.workspace_{field}", _ALLOWED, language=language) for field in wrong}
        raise Invalid("workspace_invalid", count=len(wrong), faults=[{"where": field, "message": texts[field]} for field in wrong])
