"""Photos: what cameras write into them never stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.act.plans.domain_photo import MOST_PIXELS, photo_cleaned
from liuke.base.errors import Invalid
from tests.photos import EXIF, JPEG, PLACE, PNG, jpeg, png, png_chunk, segment


def test_MOB_03_the_place_and_the_camera_leave_a_jpeg_and_the_picture_stays() -> None:
    xmp, comment, mpf = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLACE), segment(0xFE, PLACE), segment(0xE2, b"MPF\0" + PLACE)
    photo = photo_cleaned(jpeg(8, 8, EXIF, xmp, mpf, comment))
    assert PLACE not in photo.data
    assert photo.data == JPEG
    assert (photo.kind, photo.width, photo.height) == ("image/jpeg", 8, 8)


def test_what_is_hidden_behind_the_picture_is_dropped() -> None:
    assert photo_cleaned(jpeg(8, 8, behind=JPEG + PLACE)).data == JPEG


def test_the_place_leaves_a_png() -> None:
    extra = (png_chunk(b"eXIf", PLACE), png_chunk(b"tEXt", b"Comment\0" + PLACE), png_chunk(b"iTXt", PLACE), png_chunk(b"tIME", PLACE))
    photo = photo_cleaned(png(2, 1, *extra) + PLACE)
    assert photo.data == PNG
    assert (photo.kind, photo.width, photo.height) == ("image/png", 2, 1)


@pytest.mark.parametrize("data", [JPEG, PNG, jpeg(4096, 3), png(3, 4096)])
def test_a_clean_photo_is_left_as_it_is(data: bytes) -> None:
    assert photo_cleaned(data).data == data


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a" + b"\0" * 20, b"<svg onload=alert(1)>", JPEG[:-2], JPEG[:12], PNG[:-12], PNG[:20], b"\xff\xd8\xff\xd9"]
)
def test_anything_else_or_half_a_photo_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        photo_cleaned(data)
    assert caught.value.code == "photo"


@pytest.mark.parametrize("data", [jpeg(MOST_PIXELS + 1, 2), png(2, MOST_PIXELS + 1), jpeg(0, 5)])
def test_too_large_or_empty_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        photo_cleaned(data)
    assert caught.value.code == "photo_size"


def test_a_segment_between_two_scans_is_refused_rather_than_kept() -> None:
    hidden = JPEG[:-2] + EXIF + JPEG[-2:]
    with pytest.raises(Invalid):
        photo_cleaned(hidden)


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", JPEG, PNG]))
def test_no_bytes_break_the_reader(data: bytes, start: bytes) -> None:
    try:
        photo = photo_cleaned(start + data)
    except Invalid:
        return
    assert photo.width > 0


@given(st.lists(st.binary(min_size=1, max_size=40).map(lambda data: segment(0xE1, b"Exif\0\0" + data)), max_size=5))
def test_any_number_of_camera_segments_leaves(segments: list[bytes]) -> None:
    assert photo_cleaned(jpeg(8, 8, *segments)).data == JPEG
