"""The certificates that we trust are read once per process, and no client takes anything from the environment."""

from __future__ import annotations

import ssl

import httpx
import pytest

from liuke.vendors.http import client_for, trusted


def test_the_certificates_are_read_once_and_still_checked() -> None:
    assert trusted() is trusted()
    assert trusted().verify_mode is ssl.CERT_REQUIRED
    assert trusted().check_hostname


def test_a_client_follows_no_redirect_and_ignores_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    with client_for(httpx.Timeout(1.0)) as client:
        assert not client.follow_redirects
        assert not client.trust_env
