"""测试连接: what exactly is wrong, and the first rows of what is right."""

from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from liuke.accounts.domain.roles import Role
from liuke.base.errors import Forbidden, Invalid, LiukeError
from liuke.base.words import render
from liuke.connect.service import source_streams, source_update
from tests.connect.kingdee.conftest import Erp, bill, config_of, customer, order, receipt, stock
from tests.factories import make_actor
from tests.simulators.kingdee import PASSWORD, SECRET, SERVICES, USER
from tests.simulators.server import Reply

pytestmark = pytest.mark.django_db


def fault(erp: Erp, secret: str = SECRET, **changes: object) -> LiukeError:
    with pytest.raises(LiukeError) as caught:
        source_streams(actor=erp.actor, config=config_of(erp.site, **changes), secret=secret)
    return caught.value


def test_a_good_source_shows_its_first_rows_stream_by_stream(erp: Erp) -> None:
    customer(erp.site, "C1", 1)
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    order(erp.site, 2, "C1", "2026-10-01", 100.0, FDocumentStatus="A")
    bill(erp.site, 1, "C1", "2026-10-20", 150.0)
    receipt(erp.site, 1, "C1", "2026-10-25", 80.0)
    stock(erp.site, 1, "M1", 3.0)
    found = {each.name: each for each in source_streams(actor=erp.actor, config=config_of(erp.site), secret=SECRET)}
    assert list(found) == ["customers", "orders", "deliveries", "receivables", "receipts", "stock"]
    assert [each.fault for each in found.values()] == [None] * 6
    orders = found["orders"]
    assert dict(zip(orders.columns, orders.rows[0], strict=True))["order_id"] == "XSDD1"
    assert orders.left_out == {"not_audited": 1}
    assert list(found["stock"].rows) == [["M1", "3.0"]]


def test_the_stored_secret_of_a_saved_source_serves(erp: Erp) -> None:
    assert len(source_streams(actor=erp.actor, config=config_of(erp.site), source_id=erp.source.pk)) == 6


def test_the_stored_secret_goes_to_no_other_address(erp: Erp) -> None:
    other = config_of(erp.site, base_url=erp.site.address.replace("127.0.0.1", "localhost"))
    with pytest.raises(Invalid, match="kingdee_secret"):
        source_streams(actor=erp.actor, config=other, source_id=erp.source.pk)
    with pytest.raises(Invalid, match="kingdee_secret"):
        source_update(actor=erp.actor, source_id=erp.source.pk, config=other)
    assert erp.site.log == []


@pytest.mark.parametrize("change", [{"app_id": "200001_demo"}, {"account": "other"}, {"user": "somebody"}])
def test_wrong_credentials_say_so_and_what_to_compare(erp: Erp, change: dict[str, str]) -> None:
    found = fault(erp, **change)
    assert found.code == "kingdee_login"
    assert "第三方系统登录授权" in render("errors.kingdee_login", found.params, language="zh-CN")


def test_a_wrong_secret_and_none_at_all(erp: Erp) -> None:
    assert fault(erp, "wrong").code == "kingdee_login"
    assert fault(erp, "").code == "kingdee_secret"


def test_a_user_and_a_password_log_in_too(erp: Erp) -> None:
    streams = source_streams(actor=erp.actor, config=config_of(erp.site, auth="password", user=USER), secret=PASSWORD)
    assert all(each.fault is None for each in streams)


def test_a_site_that_loses_sessions_is_not_blamed_on_the_password(erp: Erp) -> None:
    erp.site.loses_sessions = True
    assert fault(erp, PASSWORD, auth="password").code == "kingdee_session"


def test_fields_that_the_site_does_not_have_are_named(erp: Erp) -> None:
    order(erp.site, 1, "C1", "2026-10-01", 100.0)
    config = config_of(erp.site, streams=["customers", "orders"], fields={"orders": {"channel": "F_PAEZ_Gone", "actor": "F_No.FName"}})
    customers, orders = source_streams(actor=erp.actor, config=config, secret=SECRET)
    assert customers.fault is None
    assert isinstance(orders.fault, Invalid)
    assert (orders.fault.code, orders.fault.params["fields"]) == ("kingdee_fields", "F_No.FName, F_PAEZ_Gone")


def test_an_address_without_the_interface(erp: Erp) -> None:
    assert fault(erp, base_url=erp.site.base_url).code == "kingdee_path"
    erp.site.fails(SERVICES, Reply(200, b"<html>"), times=9)
    assert fault(erp).code == "kingdee_no_interface"


def test_nobody_there_and_an_address_that_may_not_be_reached(erp: Erp) -> None:
    assert fault(erp, base_url="http://127.0.0.1:1/k3cloud").code == "kingdee_unreachable"
    assert fault(erp, base_url="http://10.255.255.1/k3cloud").code == "kingdee_address"


def test_a_clock_that_is_off(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liuke.connect.service.kingdee.utc_now", lambda: erp.site.clock() + timedelta(hours=1))
    assert fault(erp).code == "kingdee_clock"


def test_a_certificate_that_nobody_vouches_for_is_refused(erp: Erp, tmp_path: Path) -> None:
    """TLS is verified always, also on a site in the own network."""
    with _tls(tmp_path) as address:
        assert fault(erp, base_url=f"{address}/k3cloud").code == "kingdee_certificate"


def test_only_who_looks_after_sources_may_try(erp: Erp) -> None:
    manager = make_actor(erp.workspace, Role.MANAGER)
    with pytest.raises(Forbidden):
        source_streams(actor=manager, config=config_of(erp.site), secret=SECRET)


class _tls:  # noqa: N801
    """A server on loopback with a certificate of its own making."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self._server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._server.server_close()
