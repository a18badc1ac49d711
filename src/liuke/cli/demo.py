"""`liuke demo`: the sample workspace, with a progress bar, and the first log-in."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from liuke.accounts.service import installation_setup, workspace_create
from liuke.accounts.store.models import User, Workspace
from liuke.cli.terminal import AsJson, console, faults_told, language, print_json, progress_shown, words
from liuke.pipeline.sample import PEOPLE, sample_load
from liuke.score.store.models import ScoreRun
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade
from liuke.warehouse import open_warehouse

SLUG = "sample"
ADMIN = "admin@liuke.example"
TRIED_AS = next(person for person in PEOPLE if person.account == "lin")


@dataclass(frozen=True, slots=True)
class FirstLogin:
    """Printed once here and at every start until the password is changed; kept in `<data>/first-login.json`, mode 0600."""

    url: str
    email: str
    password: str
    manager: str
    workspace: str = SLUG

    @staticmethod
    def path() -> Path:
        """Beside the data, readable by its owner only."""
        return LIUKE.data_dir / "first-login.json"

    def keep(self) -> None:
        """Write the file."""
        with os.fdopen(os.open(self.path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)

    @classmethod
    def kept(cls) -> FirstLogin | None:
        """The log-in as long as its password still opens the door; the file is removed once it does not."""
        path = cls.path()
        if not path.exists():
            return None
        found = cls(**json.loads(path.read_text("utf-8")))
        admin = User.objects.filter(email=found.email).first()
        if admin is not None and admin.check_password(found.password):
            return found
        path.unlink(missing_ok=True)
        return None

    def show(self) -> None:
        """The lines that a person needs."""
        console.print(words("cli.first_login", email=self.email, password=self.password))
        console.print(words("cli.first_manager", name=TRIED_AS.name, email=self.manager))


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
        return FirstLogin.kept()
    login = FirstLogin(LIUKE.public_url, ADMIN, secrets.token_urlsafe(9), TRIED_AS.email)
    installation_setup(name=words("cli.admin"), email=login.email, password=login.password, language=language())
    login.keep()
    return login


def _created() -> Workspace:
    admin = User.objects.order_by("pk")[0]
    return workspace_create(by=admin, name=words("cli.sample_name"), template="sample", slug=SLUG)
