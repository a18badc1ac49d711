"""Secrets at rest."""

from __future__ import annotations

import pytest

from liuke.base.errors import Invalid
from liuke.base.sealed import decrypt, encrypt

SECRET = b"s" * 32


def test_what_is_sealed_reads_back_and_does_not_show() -> None:
    sealed = encrypt("geheim", secret=SECRET, purpose="channel")
    assert b"geheim" not in sealed
    assert decrypt(sealed, secret=SECRET, purpose="channel") == "geheim"


@pytest.mark.parametrize(("secret", "purpose"), [(b"t" * 32, "channel"), (SECRET, "source")])
def test_another_installation_or_purpose_cannot_read_it(secret: bytes, purpose: str) -> None:
    with pytest.raises(Invalid):
        decrypt(encrypt("geheim", secret=SECRET, purpose="channel"), secret=secret, purpose=purpose)
