"""Pictures for tests: good ones, and those that somebody broke or built to break something."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image


def photo(size: tuple[int, int] = (60, 40), kind: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose upper left corner is red and whose other parts are white."""
    image = Image.new("RGB", size, "white")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **more)
    return out.getvalue()


def with_gps(orientation: int = 6) -> bytes:
    """A JPEG as a phone makes it: turned by its Exif, and telling where it was taken and with what."""
    image = Image.new("RGB", (60, 40), "white")
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "CANARY-MAKER"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    image.paste((255, 0, 0), (0, 0, 30, 20))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"CANARY-COMMENT", quality=95)
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few hundred bytes that says it is 2,500 million pixels large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
