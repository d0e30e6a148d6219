"""One picture that somebody sent, looked at and written anew: whatever came in, only its pixels go on."""

import io
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from taper_app.services.errors import PictureRefused

# By content, never by name or by what the sender says.
FORMATS: Final = ("JPEG", "PNG", "WEBP")
# In memory a pixel takes up to four bytes. A JPEG, which a camera makes, can be unpacked at a part of its size.
MOST_PIXELS: Final = 25_000_000
MOST_PIXELS_OF_A_CAMERA: Final = 60_000_000
LONGEST: Final = 2000
MOST_BYTES: Final = 400_000
_QUALITIES: Final = (82, 70, 55, 40)
# Not everybody's picture at once.
_TURN: Final = BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """A JPEG of our own making, without any metadata."""

    body: bytes
    width: int
    height: int


def read_picture(raw: bytes) -> Picture:
    """The picture, upright, at most 2000 pixels long and about 400 KB. Raises PictureRefused: not_a_picture, picture_too_large."""
    try:
        with _TURN, Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            # The head says how large it is before anything is unpacked.
            most = MOST_PIXELS_OF_A_CAMERA if opened.get_format_mimetype() == "image/jpeg" else MOST_PIXELS
            if opened.width * opened.height > most:
                raise PictureRefused("picture_too_large")
            opened.draft("RGB", (LONGEST, LONGEST))
            return _written(_upright(opened))
    except (Image.DecompressionBombError, MemoryError):
        raise PictureRefused("picture_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError):
        # Pillow's readers fail in many ways on a broken file.
        raise PictureRefused("not_a_picture") from None


def _upright(opened: Image.Image) -> Image.Image:
    # In black and white or with a palette a smaller picture could not be read.
    image = opened.convert("L" if opened.mode == "1" else "RGBA") if opened.mode in ("1", "P", "PA") else opened
    image.thumbnail((LONGEST, LONGEST))
    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        # What was see-through is paper.
        turned = turned.convert("RGBA")
        paper = Image.new("RGBA", turned.size, "white")
        paper.alpha_composite(turned)
        turned = paper
    return turned.convert("RGB")


def _written(image: Image.Image) -> Picture:
    """As a JPEG, a little coarser until it is small enough. A new image holds nothing but pixels."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    body = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        body = out.getvalue()
        if len(body) <= MOST_BYTES:
            break
    return Picture(body, *bare.size)
