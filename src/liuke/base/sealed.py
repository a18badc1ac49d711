"""Secrets at rest: encrypted with a key that is not in the database."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from liuke.base.errors import Invalid


def encrypt(plain: str, *, secret: bytes, purpose: str) -> bytes:
    """Ciphertext of `plain`. `secret` is the installation's; each `purpose` has its own key derived from it."""
    return _fernet(secret, purpose).encrypt(plain.encode())


def decrypt(sealed: bytes, *, secret: bytes, purpose: str) -> str:
    """What `encrypt` was given. Raises Invalid("secret_unreadable") for another installation's secret or damaged data."""
    try:
        return _fernet(secret, purpose).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise Invalid("secret_unreadable", purpose=purpose) from None


def _fernet(secret: bytes, purpose: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"liuke:{purpose}".encode()).derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
