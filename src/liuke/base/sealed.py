"""Secrets at rest: encrypted with a key that is not in the database."""

from __future__ import annotations

import base64
import os

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from liuke.base.errors import Invalid

SALT = 16


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


def lock(plain: bytes, *, passphrase: str) -> bytes:
    """`plain` behind a passphrase that a person keeps: scrypt (RFC 7914; n = 2^15, r = 8, p = 1), a salt of 16 bytes in front."""
    salt = os.urandom(SALT)
    return salt + _from_passphrase(passphrase, salt).encrypt(plain)


def unlock(locked: bytes, *, passphrase: str) -> bytes:
    """What `lock` was given. Raises Invalid("passphrase_wrong") for another passphrase or damaged data."""
    try:
        return _from_passphrase(passphrase, locked[:SALT]).decrypt(locked[SALT:])
    except InvalidToken:
        raise Invalid("passphrase_wrong") from None


def _from_passphrase(passphrase: str, salt: bytes) -> Fernet:
    key = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
    return Fernet(base64.urlsafe_b64encode(key))
