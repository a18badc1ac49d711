"""Photos without what cameras write into them: where, when and with what they were taken (Exif, XMP, comments).

JPEG: ITU-T T.81 annex B (segments); PNG: W3C PNG specification, chunks. Only the segments that a decoder needs are copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from liuke.base.errors import Invalid

MOST_PIXELS = 4096
"""Longest side; phones scale down before they send."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM"})
_SOI, _EOI, _SOS, _COM, _APP0, _ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xEE
_APPS = range(0xE0, 0xF0)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start-of-frame markers: they hold height and width."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that may be kept: `data` has no camera data any more. Width and height in pixels."""

    kind: str
    data: bytes
    width: int
    height: int


def photo_cleaned(data: bytes) -> Photo:
    """The photo without its camera data. Raises Invalid("photo") for anything that is no whole JPEG or PNG, or too large a one."""
    if data.startswith(_PNG):
        photo = _png(data)
    elif data[:2] == bytes((0xFF, _SOI)):
        photo = _jpeg(data)
    else:
        raise Invalid("photo", allowed="JPEG, PNG")
    if not (0 < photo.width <= MOST_PIXELS and 0 < photo.height <= MOST_PIXELS):
        raise Invalid("photo_size", width=photo.width, height=photo.height, most=MOST_PIXELS)
    return photo


def _jpeg(data: bytes) -> Photo:
    kept, at, size = bytearray(data[:2]), 2, (0, 0)
    while True:
        marker, at = _marker(data, at)
        length = int.from_bytes(data[at : at + 2], "big")
        end = at + length
        if length < 2 or end > len(data):
            raise Invalid("photo", allowed="JPEG, PNG")
        if marker in _FRAMES and length >= 7:
            size = (int.from_bytes(data[at + 5 : at + 7], "big"), int.from_bytes(data[at + 3 : at + 5], "big"))
        if marker == _SOS:
            return Photo("image/jpeg", bytes(kept) + _image(data, at - 2), *size)
        if marker not in {*_APPS, _COM} or marker in {_APP0, _ADOBE}:
            kept += data[at - 2 : end]
        at = end


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at `at` and where its segment's length begins; fill bytes are skipped."""
    if at + 4 > len(data) or data[at] != 0xFF:
        raise Invalid("photo", allowed="JPEG, PNG")
    at += 1
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at + 3 > len(data) or data[at] in {0x00, _SOI, _EOI}:
        raise Invalid("photo", allowed="JPEG, PNG")
    return data[at], at + 1


def _image(data: bytes, start: int) -> bytes:
    """From the first scan to the end of the image; what is hidden behind it (a second picture, a trailer) is dropped."""
    end = data.find(bytes((0xFF, _EOI)), start)
    if end < 0:
        raise Invalid("photo", allowed="JPEG, PNG")
    image = data[start : end + 2]
    if _hides_segments(image):
        raise Invalid("photo", allowed="JPEG, PNG")
    return image


def _hides_segments(image: bytes) -> bool:
    """Whether between the scans of a progressive picture lies a segment of camera data."""
    return any(bytes((0xFF, marker)) in image for marker in (*_APPS, _COM))


def _png(data: bytes) -> Photo:
    kept, at, size = bytearray(_PNG), len(_PNG), (0, 0)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            break
        if name == b"IHDR" and length >= 8:
            size = (int.from_bytes(data[at + 8 : at + 12], "big"), int.from_bytes(data[at + 12 : at + 16], "big"))
        if name in _PNG_KEPT:
            kept += data[at:end]
        if name == b"IEND":
            return Photo("image/png", bytes(kept), *size)
        at = end
    raise Invalid("photo", allowed="JPEG, PNG")
