"""A picture that comes in is looked at and written anew: only its pixels go on."""

from __future__ import annotations

import io
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from taper_app.services.errors import PictureRefused
from taper_app.services.pictures import LONGEST, MOST_BYTES, read_picture
from tests.services.pictures import bomb, photo, with_gps


def opened(body: bytes) -> Image.Image:
    """What was kept, as any program sees it."""
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_photos_of_three_kinds_are_kept_as_jpeg(kind: str, mode: str) -> None:
    """Whatever of the three came in, a JPEG of the same size is kept."""
    found = read_picture(photo(kind=kind, mode=mode))
    assert (opened(found.body).format, opened(found.body).size, (found.width, found.height)) == ("JPEG", (60, 40), (60, 40))


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "LA", "I;16"])
def test_scans_of_every_mode_can_be_read(mode: str) -> None:
    """Black and white, palettes and see-through pictures come out as they look on white paper."""
    raw = photo(mode="L" if mode == "I;16" else mode) if mode != "RGBA" else _see_through()
    kept = opened(read_picture(raw).body)
    assert kept.mode == "RGB"
    assert min(kept.getpixel((55, 35))) > 240  # type: ignore[arg-type]  # three numbers


def _see_through() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (60, 40), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def test_a_photo_is_turned_upright_and_tells_nothing_more() -> None:
    """The place it was taken, the camera and every comment are gone, and it stands as it was held."""
    raw = with_gps()
    assert b"CANARY" in raw and opened(raw).getexif().get_ifd(0x8825)
    found = read_picture(raw)
    kept = opened(found.body)
    assert (found.width, found.height) == (40, 60)
    told = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert not dict(kept.getexif()) and set(kept.info) <= told
    assert b"CANARY" not in found.body and b"Exif" not in found.body
    # Turned by a quarter, the red corner stands at the upper right.
    red, green, _ = kept.getpixel((35, 5))  # type: ignore[misc]  # three numbers
    assert red > 200 and green < 90


def test_a_large_photo_is_made_smaller() -> None:
    """The longer side is 2000 pixels at most, and noise that packs badly stays near 400 KB."""
    found = read_picture(photo((5000, 2500), "JPEG"))
    assert (found.width, found.height) == (LONGEST, LONGEST // 2)
    noise = Image.frombytes("RGB", (1200, 1200), random.Random(1).randbytes(1200 * 1200 * 3))  # noqa: S311 - a picture, no secret
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(read_picture(out.getvalue()).body) < MOST_BYTES * 2


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_a_picture"),
        (b"GIF89a" + b"\0" * 50, "not_a_picture"),
        (photo(kind="GIF"), "not_a_picture"),
        (photo(kind="TIFF"), "not_a_picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not_a_picture"),
        (b"<html>", "not_a_picture"),
        (photo(kind="JPEG")[:300], "not_a_picture"),
        (photo((400, 400))[:200], "not_a_picture"),
        (photo(kind="WEBP")[:60], "not_a_picture"),
        (bomb(), "picture_too_large"),
        (bomb(8000, 8000), "picture_too_large"),
        (bomb(3000, 3000), "not_a_picture"),
    ],
    ids=["empty", "gif-head", "gif", "tiff", "svg", "html", "cut-jpeg", "cut-png", "cut-webp", "bomb", "small-bomb", "lie"],
)
def test_what_is_no_photo_is_refused_by_name(raw: bytes, code: str) -> None:
    """Another format, half a file, and a file that would fill the memory are told apart."""
    with pytest.raises(PictureRefused) as refused:
        read_picture(raw)
    assert refused.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_damaged_photo_never_breaks_anything(kind: str, place: int, damage: bytes) -> None:
    """A few wrong bytes anywhere give a picture or a named refusal."""
    raw = photo(kind=kind)
    place = min(place, len(raw))
    with suppress(PictureRefused):
        read_picture(raw[:place] + damage + raw[place + len(damage) :])
