"""A school's logo: whatever is uploaded is decoded and written anew as a PNG, so that nothing else comes with it."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
LONGEST_SIDE = 640
FORMATS = ("PNG", "JPEG")
TOO_MANY_PIXELS = _("The picture has more than 16 million pixels. A logo needs far fewer.")


def redrawn_logo(upload: File) -> ContentFile:
    """Return the picture as a fresh PNG under a random name; refuse what is not a picture of a sensible size."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 2 MB. A logo needs far less."))
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            _refuse_flood(picture.width * picture.height)
            content = _as_png(picture)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This is not a picture in the format PNG or JPEG.")) from error
    return ContentFile(content, name=f"{get_random_string(24)}.png")


def _refuse_flood(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)


def _as_png(picture: Image.Image) -> bytes:
    drawn = picture.convert("RGBA")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    target = io.BytesIO()
    drawn.save(target, "PNG", optimize=True)
    return target.getvalue()
