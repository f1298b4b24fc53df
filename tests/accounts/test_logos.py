"""What becomes of a picture, and of what only claims to be one."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.logos import LONGEST_SIDE, redrawn_logo


def picture(kind="PNG", size=(40, 20), **how):
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **how)
    return target.getvalue()


def redrawn(content, name="logo.png"):
    return redrawn_logo(SimpleUploadedFile(name, content))


def flood(width, height):
    """Return a tiny PNG that unfolds into a very large picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_picture_is_written_anew_as_png(kind):
    made = redrawn(picture(kind))

    with Image.open(made) as image:
        assert (image.format, image.size) == ("PNG", (40, 20))
    assert made.name.endswith(".png")
    assert "logo" not in made.name


def test_large_picture_is_made_smaller():
    with Image.open(redrawn(picture(size=(2000, 500)))) as image:
        assert image.size == (LONGEST_SIDE, 160)


def test_place_where_a_photo_was_taken_is_left_behind():
    exif = Image.Exif()
    exif[0x010E] = "taken at 48.2 N 16.3 E"

    made = redrawn(picture("JPEG", exif=exif)).read()

    assert b"48.2 N" not in made


def test_what_hides_behind_a_picture_is_left_behind():
    made = redrawn(picture() + b"<script>alert(1)</script>").read()

    assert b"<script" not in made


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff;",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"",
        picture("GIF"),
        picture("BMP"),
    ],
    ids=["svg", "html", "gif and more", "broken png", "empty", "gif", "bmp"],
)
def test_what_is_not_png_or_jpeg_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError, match="PNG or JPEG"):
        redrawn(content)


def test_flood_of_pixels_is_refused_before_it_unfolds():
    content = flood(20_000, 20_000)

    assert len(content) < 100_000
    with pytest.raises(ValidationError, match="pixels"):
        redrawn(content)


def test_heavy_file_is_refused():
    with pytest.raises(ValidationError, match="2 MB"):
        redrawn(b"\0" * (2 * 1024 * 1024 + 1))
