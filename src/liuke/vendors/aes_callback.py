"""The encrypted callbacks of WeCom and DingTalk: one scheme, used by both (WeCom's document 90968).

Plaintext = 16 random bytes, the length (4 bytes, big-endian), the message, the receiver's id; AES-256-CBC with the first 16 key bytes
as IV; PKCS#7 to blocks of 32 bytes. The signature is the SHA1 of the sorted texts token, timestamp, nonce and ciphertext, joined.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY_CHARACTERS = 43
_BLOCK = 32
_NOISE = 16


class BadCallback(Exception):
    """What arrived was not made by the vendor for us; `why`: signature, cipher, receiver or key."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class CallbackKeys:
    """What the administrator typed at the vendor: `token`, the 43 characters of the AES key, and whom messages are for."""

    token: str
    aes_key: str
    receiver: str
    """Corp id, app key or agent: compared with the end of every message. Several allowed ones are separated by a comma; empty = any."""

    def key(self) -> bytes:
        """The 32 bytes. Raises BadCallback("key")."""
        try:
            key = base64.b64decode(self.aes_key + "=", validate=True) if len(self.aes_key) == KEY_CHARACTERS else b""
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != _BLOCK:
            raise BadCallback("key")
        return key


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Hex SHA1 of the sorted texts, joined."""
    return hashlib.sha1("".join(sorted((token, timestamp, nonce, encrypted))).encode(), usedforsecurity=False).hexdigest()


def opened(keys: CallbackKeys, *, signed: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
    """The message, after its signature, padding and receiver were found right. Raises BadCallback."""
    if not hmac.compare_digest(signature(keys.token, timestamp, nonce, encrypted).encode(), signed.encode()):
        raise BadCallback("signature")
    plain = _decrypt(keys.key(), encrypted)
    end = _NOISE + 4 + struct.unpack(">I", plain[_NOISE : _NOISE + 4])[0]
    if end > len(plain):
        raise BadCallback("cipher")
    if keys.receiver and plain[end:].decode("utf-8", "replace") not in {name.strip() for name in keys.receiver.split(",")}:
        raise BadCallback("receiver")
    return plain[_NOISE + 4 : end]


def closed(keys: CallbackKeys, message: bytes, *, noise: bytes | None = None) -> str:
    """A message encrypted for the other side: our answer, or what a simulator sends. `noise`: 16 bytes, random unless given."""
    start = secrets.token_bytes(_NOISE) if noise is None else noise
    plain = start + struct.pack(">I", len(message)) + message + keys.receiver.partition(",")[0].strip().encode()
    short = _BLOCK - len(plain) % _BLOCK
    key = keys.key()
    writer = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(writer.update(plain + bytes([short]) * short) + writer.finalize()).decode()


def _decrypt(key: bytes, encrypted: str) -> bytes:
    try:
        cipher = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError):
        raise BadCallback("cipher") from None
    if not cipher or len(cipher) % 16:
        raise BadCallback("cipher")
    reader = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    padded = reader.update(cipher) + reader.finalize()
    short = padded[-1]
    if not 1 <= short <= _BLOCK or padded[-short:] != bytes([short]) * short or len(padded) - short < _NOISE + 4:
        raise BadCallback("cipher")
    return padded[:-short]
