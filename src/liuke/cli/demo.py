"""`liuke demo`: the sample workspace, with a progress bar, and the first log-in."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Annotated

import typer

from liuke.accounts.service import installation_setup, workspace_create
from liuke.accounts.store.models import User, Workspace
from liuke.cli.terminal import AsJson, console, faults_told, language, print_json, progress_shown, words
from liuke.pipeline.sample import PEOPLE, sample_load
from liuke.score.store.models import ScoreRun
from liuke.server.first_login import FirstLogin, first_login
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade
from liuke.warehouse import open_warehouse

SLUG = "sample"
ADMIN = "admin@liuke.example"
TRIED_AS = next(person for person in PEOPLE if person.account == "lin")


def demo(
    once: Annotated[bool, typer.Option("--once", help="Do nothing where a workspace exists already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load the sample workspace: real transactions, opened at 2011-09-10 with their history replayed."""
    with faults_told(as_json=as_json):
        upgrade(LIUKE)
        if once and _is_loaded():
            return
        login = _first_login()
        workspace = Workspace.objects.filter(slug=SLUG).first() or _created()
        with progress_shown(quiet=as_json) as context:
            result = sample_load(
                workspace=workspace, warehouse=open_warehouse(LIUKE), context=context, password=login.password if login else None
            )
    if as_json:
        print_json({**(asdict(login) if login else {"url": LIUKE.public_url, "workspace": SLUG}), **result})
    else:
        console.print(words("cli.demo_done", customers=result["customers"], rows=result["rows"]))


def _is_loaded() -> bool:
    """Somebody works here already, or the sample was loaded to its end; a load that was broken off is taken up again."""
    others = Workspace.objects.exclude(slug=SLUG).exists()
    return others or ScoreRun.objects.filter(workspace__slug=SLUG, kind="first", finished_at__isnull=False).exists()


def _first_login() -> FirstLogin | None:
    """Make the admin of a fresh installation; None where people exist whose passwords are theirs."""
    if User.objects.exists():
        return first_login(LIUKE.data_dir)
    login = FirstLogin(LIUKE.public_url, ADMIN, secrets.token_urlsafe(9), TRIED_AS.email, TRIED_AS.name, SLUG)
    installation_setup(name=words("cli.admin"), email=login.email, password=login.password, language=language())
    login.keep(LIUKE.data_dir)
    return login


def _created() -> Workspace:
    admin = User.objects.order_by("pk")[0]
    return workspace_create(by=admin, name=words("cli.sample_name"), template="sample", slug=SLUG)
