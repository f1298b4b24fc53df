"""The QR code on a class's sheet."""

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

QUIET_ZONE = 4


def qr_code(address: str) -> SafeString:
    """Return the address as an SVG that stands in the page: dark on light whatever the theme, without style."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True, title=_("QR code")
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by the library from an address of our own
