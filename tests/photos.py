"""Small real pictures, with and without what cameras write into them."""

from __future__ import annotations

import struct
import zlib

PLACE = b"GPS 31.2304,121.4737"
"""What must never be left in a kept photo."""


def png_chunk(name: bytes, data: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int = 2, height: int = 1, *extra: bytes) -> bytes:
    """A grey picture; `extra` chunks stand behind the header."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * min(width, 16) for _ in range(min(height, 16))))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def segment(marker: int, data: bytes) -> bytes:
    """A JPEG segment with its length."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg(width: int = 8, height: int = 8, *extra: bytes, behind: bytes = b"") -> bytes:
    """A picture as a decoder reads it: header, `extra` segments, frame, scan, end; `behind` follows the end."""
    jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + jfif + b"".join(extra) + frame + scan + b"\xff\xd9" + behind


PNG = png()
JPEG = jpeg()
EXIF = segment(0xE1, b"Exif\0\0" + PLACE)
