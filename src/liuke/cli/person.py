"""`liuke person`: a copy of all that is held about one person, their erasure, and the requests there were."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from liuke.accounts.store.models import Workspace
from liuke.base.errors import NotFound
from liuke.cli.target import operator, workspace_named
from liuke.cli.terminal import AsJson, In, console, faults_told, print_json, progress_shown, words
from liuke.facts.store.models import Contact, Customer
from liuke.pipeline.erasure import erasure_run
from liuke.pipeline.person_export import person_archive
from liuke.show.service.persons import erase_preview, erase_start, person_identity
from liuke.warehouse import open_warehouse

person = typer.Typer(help="Personal data of one customer or contact: copy it, erase it.", no_args_is_help=True)
Key = Annotated[str, typer.Argument(help="The customer's number in its source.")]
ContactKey = Annotated[str, typer.Option("--contact", help="The number of one of its contacts; without it the customer as a whole.")]


@person.command("export")
def person_export(
    customer: Key,
    to: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
    contact: ContactKey = "",
    workspace: In = "",
    as_json: AsJson = False,
) -> None:
    """Write everything that is kept about a person to one archive (JSON, CSV, photos, a page to read); noted in the audit trail."""
    with faults_told(as_json=as_json), progress_shown(quiet=as_json) as context:
        chosen = workspace_named(workspace)
        customer_id, contact_id = _found(chosen, customer, contact)
        identity = person_identity(actor=operator(chosen), customer_id=customer_id, contact_id=contact_id)
        warehouse = open_warehouse(settings.LIUKE)
        counts = person_archive(workspace=chosen, warehouse=warehouse, identity=identity, path=to, context=context)
    if as_json:
        print_json({"path": str(to), "rows": counts})
    else:
        console.print(words("cli.person_exported", rows=sum(counts.values()), path=to))


@person.command("erase")
def person_erase(
    customer: Key,
    *,
    reason: Annotated[str, typer.Option(help="Why; kept with the request.")],
    contact: ContactKey = "",
    confirm: Annotated[str, typer.Option(help="The person's name exactly as the preview shows it; without it you are asked.")] = "",
    workspace: In = "",
    as_json: AsJson = False,
) -> None:
    """Erase a person everywhere. Shows first what goes and what stays; nothing happens before the name is typed."""
    with faults_told(as_json=as_json):
        chosen = workspace_named(workspace)
        actor, warehouse = operator(chosen), open_warehouse(settings.LIUKE)
        customer_id, contact_id = _found(chosen, customer, contact)
        preview = erase_preview(actor=actor, warehouse=warehouse, customer_id=customer_id, contact_id=contact_id)
        if not as_json:
            _show(preview.counts, preview.stays)
        typed = confirm or typer.prompt(words("cli.person_confirm", name=preview.confirm))
        request = erase_start(actor=actor, customer_id=customer_id, contact_id=contact_id, confirm=typed, reason=reason)
        with progress_shown(quiet=as_json) as context:
            context.workspace_id, context.payload = chosen.pk, {"request": request.pk}
            result = erasure_run(workspace=chosen, warehouse=warehouse, context=context)
        request.refresh_from_db()
    if as_json:
        print_json({"request": request.pk, "proof": request.proof, **result})
    else:
        left = result["left"]
        found = left["files"] if isinstance(left, dict) else []
        console.print(
            words("cli.person_left", files=", ".join(map(str, found))) if found else words("cli.person_erased", proof=request.proof)
        )


def _found(workspace: Workspace, key: str, contact: str) -> tuple[int, int | None]:
    customer_id = Customer.objects.filter(workspace=workspace, key=key).values_list("pk", flat=True).first()
    if customer_id is None:
        raise NotFound("customer_unknown", customer_id=key)
    if not contact:
        return customer_id, None
    contact_id = Contact.objects.filter(customer_id=customer_id, key=contact).values_list("pk", flat=True).first()
    if contact_id is None:
        raise NotFound("contact_unknown", contact_id=contact)
    return customer_id, contact_id


def _show(counts: Mapping[str, int], stays: tuple[str, ...]) -> None:
    for name, number in counts.items():
        console.print(f"  {words(f'person.section.{name}')}: {number:,}")
    for name in stays:
        console.print(f"  [dim]{words(f'person.stays.{name}')}[/dim]")
