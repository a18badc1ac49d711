"""DAT-16: links given to contacts: what they open, who looked, and what the stream learns of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.act.links.files import MOST_BYTES, link_files_sweep
from liuke.act.links.giving import NewLink, link_make, link_revoke, links_of
from liuke.act.links.viewing import MOST_VISITS, view_record
from liuke.act.store.models import ContactLink, LinkVisit, OwnActivity
from liuke.base.errors import Forbidden, Invalid, NotFound, TooLarge
from liuke.base.times import utc_now
from liuke.facts.store.models import Contact, Customer
from tests.factories import make_actor, make_customer, make_workspace

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"
PERSON = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}
VISIT = "0123456789abcdef"


@dataclass(frozen=True)
class Desk:
    """A colleague, a customer and their contact."""

    workspace: Workspace
    actor: Actor
    customer: Customer
    contact: Contact

    def give(self, **changes: object) -> ContactLink:
        given = {"info": "quote", "title": "三月报价", "url": "https://example.test/q?a=1", "contact_id": self.contact.pk} | changes
        return link_make(actor=self.actor, customer_id=self.customer.pk, asked=NewLink(**given))  # type: ignore[arg-type]

    def told(self) -> list[tuple[str, object]]:
        return [(row.row["kind"], row.row["value"]) for row in OwnActivity.objects.order_by("pk")]


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> Desk:
    settings.LIUKE = replace(django_settings.LIUKE, data_dir=tmp_path)
    workspace = make_workspace()
    customer = make_customer(workspace)
    contact = Contact.objects.create(customer=customer, key="p", name="王晓")
    return Desk(workspace, make_actor(workspace, Role.OPERATIONS), customer, contact)


def test_a_link_is_told_as_sent_and_leads_to_its_stored_address_only(desk: Desk) -> None:
    link = desk.give()
    assert desk.told() == [("info.sent", None)]
    answer = Client().get(f"/t/{link.token}?url=https://evil.test", **PERSON)
    assert (answer.status_code, answer["Location"]) == (302, "https://example.test/q?a=1")
    assert desk.told()[1:] == [("info.viewed", 0.0), ("page.viewed", 0.0)]
    assert OwnActivity.objects.get(row__kind="page.viewed").row["attrs"]["price"] is True


def test_tokens_are_long_and_never_twice(desk: Desk) -> None:
    tokens = {desk.give().token for _ in range(20)}
    assert (len(tokens), {len(token) for token in tokens}) == (20, {32})


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.test", "http://user:pw@x.test", "https://", "ftp://x.test/a", "https://x.test/a b",
     "https:\\\\x.test", "https://x.test/\nb", "https://x.test/" + "a" * 500, ""],
)  # fmt: skip
def test_only_plain_web_addresses_are_taken(desk: Desk, url: str) -> None:
    with pytest.raises(Invalid, match="contact_link"):
        desk.give(url=url)


def test_all_that_is_wrong_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(Invalid) as caught:
        desk.give(info="gift", title=" ", url="x", days=0)
    faults = caught.value.params["faults"]
    assert [fault["field"] for fault in faults] == ["info", "title", "url", "days"]  # type: ignore[attr-defined]


def test_programs_and_colleagues_are_not_readers(desk: Desk) -> None:
    link = desk.give()
    for agent in ("", "Googlebot/2.1", "facebookexternalhit/1.1", "python-httpx/0.28", "Baiduspider"):
        assert Client().get(f"/t/{link.token}", HTTP_USER_AGENT=agent).status_code == 302
    assert Client().head(f"/t/{link.token}", **PERSON).status_code == 302
    assert not LinkVisit.objects.exists()


def test_a_file_opens_in_a_page_that_tells_how_long_it_is_read(desk: Desk) -> None:
    link = desk.give(url="", content=PDF, file_name="报价.pdf")
    page = Client().get(f"/t/{link.token}", **PERSON)
    assert (page.status_code, "三月报价" in page.content.decode(), not LinkVisit.objects.exists()) == (200, True, True)
    assert "script-src 'nonce-" in page["Content-Security-Policy"]
    file = Client().get(f"/t/{link.token}/file")
    assert (b"".join(file.streaming_content), file["Content-Type"], file["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")
    for seconds in (0, 12, 7):
        assert Client().post(f"/t/{link.token}/seen", {"visit": VISIT, "seconds": seconds}, **PERSON).status_code == 204
    link.refresh_from_db()
    assert (link.views, link.seconds) == (1, 12)
    assert desk.told()[1:] == [("info.viewed", 12.0), ("page.viewed", 12.0)]


@pytest.mark.parametrize("told", [{"visit": "short", "seconds": "1"}, {"visit": VISIT, "seconds": "-1"}, {"visit": VISIT}, {"seconds": "1"},
                                  {"visit": VISIT, "seconds": "1e9"}, {"visit": VISIT + "<script>", "seconds": "1"}])  # fmt: skip
def test_a_page_that_tells_nonsense_is_not_heard(desk: Desk, told: dict[str, str]) -> None:
    link = desk.give(url="", content=PDF)
    assert Client().post(f"/t/{link.token}/seen", told, **PERSON).status_code == 404
    assert not LinkVisit.objects.exists()


def test_a_revoked_or_ended_link_opens_nothing(desk: Desk) -> None:
    ended, revoked = desk.give(url="", content=PDF), desk.give(url="", content=PDF)
    ContactLink.objects.filter(pk=ended.pk).update(expires_at=utc_now() - timedelta(seconds=1))
    link_revoke(actor=desk.actor, link_id=revoked.pk)
    for link in (ended, revoked):
        assert Client().get(f"/t/{link.token}", **PERSON).status_code == 410
        assert Client().get(f"/t/{link.token}/file", **PERSON).status_code == 404
        assert Client().post(f"/t/{link.token}/seen", {"visit": VISIT, "seconds": 1}, **PERSON).status_code == 404
    assert Client().get("/t/unknown", **PERSON).status_code == 404


def test_titles_cannot_become_markup(desk: Desk) -> None:
    link = desk.give(title="<script>alert(1)</script>", url="", content=PDF)
    assert "<script>alert" not in Client().get(f"/t/{link.token}", **PERSON).content.decode()


@pytest.mark.parametrize("content", [b"<html>", b"MZ\x90", b"GIF89a", b"PK\x03\x04", b" %PDF-"])
def test_only_files_that_cannot_be_run_are_kept(desk: Desk, content: bytes) -> None:
    with pytest.raises(Invalid, match="link_file_kind"):
        desk.give(url="", content=content, file_name="x.pdf")
    with pytest.raises(TooLarge):
        desk.give(url="", content=PDF + b"x" * MOST_BYTES)


def test_the_file_goes_with_its_link(desk: Desk, tmp_path: Path) -> None:
    desk.give(url="", content=PDF)
    kept = desk.give(url="", content=PDF)
    ContactLink.objects.exclude(pk=kept.pk).delete()
    now = utc_now()
    assert link_files_sweep(now) == 0  # it may have come a moment ago, before its row
    assert link_files_sweep(now + timedelta(hours=2)) == 1
    assert [path.name for path in (tmp_path / "links").iterdir()] == [kept.stored_name]


def test_reloading_for_ever_fills_no_table(desk: Desk) -> None:
    link = desk.give()
    LinkVisit.objects.bulk_create(LinkVisit(link=link, key=f"k{number}", at=utc_now()) for number in range(MOST_VISITS))
    assert not view_record(link=link, visit=VISIT)
    other = desk.give()
    assert view_record(link=other, visit=VISIT)
    assert not view_record(link=desk.give(), visit=VISIT)


def test_who_sees_the_customer_sees_the_links_and_who_handles_makes_them(desk: Desk) -> None:
    link = desk.give()
    analyst, stranger = make_actor(desk.workspace, Role.ANALYST), make_actor(make_workspace())
    assert links_of(actor=analyst, customer_id=desk.customer.pk) == [link]
    with pytest.raises(Forbidden):
        link_revoke(actor=analyst, link_id=link.pk)
    with pytest.raises(NotFound):
        links_of(actor=stranger, customer_id=desk.customer.pk)
    with pytest.raises(NotFound):
        link_revoke(actor=stranger, link_id=link.pk)
    with pytest.raises(NotFound):
        desk.give(contact_id=Contact.objects.create(customer=make_customer(desk.workspace), key="x", name="x").pk)


def test_a_notice_is_no_page_of_prices(desk: Desk) -> None:
    link = desk.give(info="notice")
    Client().get(f"/t/{link.token}", **PERSON)
    assert [kind for kind, _ in desk.told()] == ["info.sent", "info.viewed"]


def test_an_upload_by_the_api_becomes_a_link(desk: Desk) -> None:
    client = Client()
    client.force_login(django_user(desk))
    file = SimpleUploadedFile("报价.pdf", PDF)
    path = f"/api/v1/w/{desk.workspace.slug}/customers/{desk.customer.pk}/links"
    made = client.post(f"{path}/file", {"file": file, "info": "quote", "title": "报价", "days": 0}).json()
    assert (made["state"], made["file_name"], made["expires_at"]) == ("waiting", "报价.pdf", None)
    assert made["address"].endswith(f"/t/{ContactLink.objects.get().token}")
    assert [each["id"] for each in client.get(path).json()] == [made["id"]]


def django_user(desk: Desk) -> object:
    return desk.workspace.membership_set.get(pk=desk.actor.membership_id).user
