"""The optional language model: its settings, a test of it, and the second look at doubtful texts. Off unless somebody sets it up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.base.faults import Faults, fault_of
from liuke.base.sealed import decrypt, encrypt
from liuke.base.times import utc_now
from liuke.facts.domain.second_look import SYSTEM, SecondLook, masked, schema_of, second_look_of
from liuke.facts.store.models import TextAnswer, TextSettings
from liuke.vendors.answers import VendorFault
from liuke.vendors.http import Wire
from liuke.vendors.llm import Endpoint, ask

PURPOSE = "language_model"
SECONDS = (1, 60)
TRIED_TEXT = "呵呵，这就是你们说的“马上处理”，我等了三天。我的电话是 13812345678"
Ask = Callable[[str, Collection[str]], SecondLook]
"""A masked text and the topic codes → what the model says. Raises VendorFault."""


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """What a person sets. `key` None leaves the stored one, "" removes it."""

    enabled: bool
    url: str
    name: str
    key: str | None = None
    seconds: int = 10


def model_save(*, actor: Actor, workspace: Workspace, draft: ModelDraft) -> TextSettings:
    """Keep the endpoint; another address forgets the key, so that it goes nowhere else. Raises Invalid("text_model", faults=…).

    Needs the permission `workspace`.
    """
    actor.require(Permission.WORKSPACE)
    _check(draft)
    kept, _ = TextSettings.objects.get_or_create(workspace=workspace)
    moved = draft.url.rstrip("/") != kept.model_url
    if draft.key is not None or moved:
        kept.model_key = encrypt(draft.key, secret=_secret(), purpose=PURPOSE) if draft.key else None
    kept.model_enabled, kept.model_url, kept.model_name = draft.enabled, draft.url.rstrip("/"), draft.name.strip()
    kept.model_seconds = draft.seconds
    kept.save(update_fields=["model_key", "model_enabled", "model_url", "model_name", "model_seconds"])
    audit_record(
        actor=actor, action="text_model", object_type="workspace", object_id=workspace.pk, detail={"enabled": draft.enabled, "moved": moved}
    )
    return kept


def model_test(*, actor: Actor, workspace: Workspace) -> dict[str, object]:
    """Ask the endpoint one question of ours and keep how it went: {"ok", "code", "negative", "at"}. Needs `workspace`."""
    actor.require(Permission.WORKSPACE)
    kept, _ = TextSettings.objects.get_or_create(workspace=workspace)
    if not kept.model_url or not kept.model_name:
        raise Invalid("text_model", faults=[fault_of("url", kept.model_url, "https://…")])
    at = utc_now().isoformat()
    try:
        look = asker(kept)(masked(TRIED_TEXT), ("service",))
    except VendorFault as fault:
        result: dict[str, object] = {"ok": False, "code": fault.code, "negative": None, "at": at}
    else:
        result = {"ok": True, "code": "", "negative": look.negative, "at": at}
    TextSettings.objects.filter(pk=kept.pk).update(model_test=result)
    return result


def asker(kept: TextSettings) -> Ask:
    """The endpoint of the settings as a question. An answer that breaks the schema raises Rejected("not_json")."""
    key = decrypt(bytes(kept.model_key), secret=_secret(), purpose=PURPOSE) if kept.model_key else ""
    wire = Wire(kept.model_url, allow=allowed_hosts())
    endpoint = Endpoint(wire, kept.model_name, key, float(kept.model_seconds))

    def answer(text: str, topics: Collection[str]) -> SecondLook:
        said = ask(endpoint, system=SYSTEM, text=text, name="reading", schema=schema_of(topics))
        look = second_look_of(said, topics)
        if look is None:
            raise VendorFault("schema")
        return look

    return answer


def cached(workspace: Workspace, kept: TextSettings, asking: Ask) -> Ask:
    """The same question to the same model is asked once."""

    def answer(text: str, topics: Collection[str]) -> SecondLook:
        said = json.dumps([kept.model_url, kept.model_name, SYSTEM, sorted(topics), text], ensure_ascii=False)
        digest = hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()
        known = TextAnswer.objects.filter(workspace=workspace, digest=digest).values_list("answer", flat=True).first()
        look = second_look_of(known, topics) if known else None
        if look is None:
            look = asking(text, topics)
            TextAnswer.objects.update_or_create(workspace=workspace, digest=digest, defaults={"answer": look.to_plain(), "at": utc_now()})
        return look

    return answer


def allowed_hosts() -> tuple[str, ...]:
    """Hosts and networks of the own network that the installation lets people's addresses reach (`LIUKE_WEBHOOK_ALLOW`)."""
    allowed: tuple[str, ...] = settings.LIUKE.webhook_allow
    return allowed


def _check(draft: ModelDraft) -> None:
    faults = Faults()
    parts = urlsplit(draft.url)
    if (draft.enabled or draft.url) and (parts.scheme not in {"https", "http"} or not parts.hostname or len(draft.url) > 300):
        faults.add("url", draft.url[:80], "https://…")
    faults.unless(not draft.enabled or 0 < len(draft.name.strip()) <= 120, "name", draft.name[:80], "1–120")
    faults.within("seconds", draft.seconds, *SECONDS)
    faults.raise_if_any("text_model")


def _secret() -> bytes:
    """The installation's secret file."""
    path: Path = settings.LIUKE.data_dir / "secret"
    return path.read_bytes()
