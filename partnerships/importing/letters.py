"""From bytes to text: which encoding a file is in, said aloud wherever it is a guess."""

import unicodedata

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.importing.table import UnreadableFileError
from roadmap.slots import Words

UNICODE = ("utf-8", "utf-16")
# In the order of how likely they are where nothing else tells.
SINGLE_BYTE = ("cp1252", "cp1250", "iso8859-1", "mac_roman", "cp850", "cp1251", "cp1253", "cp1254")
ENCODINGS: dict[str, Words] = {
    "utf-8": gettext_lazy("Unicode (UTF-8)"),
    "utf-16": gettext_lazy("Unicode (UTF-16)"),
    "cp1252": gettext_lazy("Western European (Windows)"),
    "iso8859-1": gettext_lazy("Western European (ISO 8859-1)"),
    "cp1250": gettext_lazy("Central European (Windows)"),
    "mac_roman": gettext_lazy("Western European (Mac)"),
    "cp850": gettext_lazy("Western European (DOS)"),
    "cp1251": gettext_lazy("Cyrillic (Windows)"),
    "cp1253": gettext_lazy("Greek (Windows)"),
    "cp1254": gettext_lazy("Turkish (Windows)"),
}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OPENING = "\u2018\u201c\u201e\u201a\u2030\u02c6\u02dc\u2039\u00ab"  # never right behind a letter
JOINING = "\u2019\u00b4\u00b7\u2013"
SAMPLE = 200_000
MOST_STRANGE = 0.3


def decode(content: bytes, wanted: str = "") -> tuple[str, str]:
    """Return the text and the encoding it was read in, a key of ENCODINGS. Raises UnreadableFileError."""
    if wanted and wanted != "utf-16":
        return _strictly(content, wanted), wanted
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding), encoding.removesuffix("-sig")
    if order := _order_of_utf_16(content):
        return _strictly(content, order), "utf-16"
    if wanted:
        raise _unreadable(wanted)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _one_byte_a_letter(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _unreadable(encoding) from error


def _unreadable(encoding: str) -> UnreadableFileError:
    name = next(label for key, label in ENCODINGS.items() if encoding.startswith(key))
    return UnreadableFileError(_("The file cannot be read as %(encoding)s.") % {"encoding": name})


def _order_of_utf_16(content: bytes) -> str:
    """Tell UTF-16 without a mark by its zeros: blanks, figures and delimiters have them all in the same place."""
    sample = content[:4000]
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.1 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.1 * pairs and odd < 0.02 * pairs else ""


def _one_byte_a_letter(content: bytes) -> tuple[str, str]:
    """Read in the encoding in which the letters look least strange; between equals the likelier one."""
    readings = {}
    for encoding in SINGLE_BYTE:
        try:
            readings[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
    guessed = from_bytes(content[:SAMPLE], cp_isolation=list(readings)).best()
    order = ["cp1252", guessed.encoding if guessed else "", *SINGLE_BYTE]
    best = min(readings, key=lambda encoding: (strangeness(readings[encoding][:SAMPLE]), order.index(encoding)))
    if strangeness(readings[best][:SAMPLE]) > MOST_STRANGE:
        raise UnreadableFileError(_("This does not look like a text file. Tandem reads CSV and XLSX."))
    return readings[best], best


def strangeness(text: str) -> float:
    """Return which share of the letters beyond ASCII stand where such letters never do: 0 is natural, 1 is noise."""
    beyond = [place for place, letter in enumerate(text) if not letter.isascii() or _is_control(letter)]
    if not beyond:
        return 0.0
    strange = sum(_is_strange(text, place) for place in beyond) + _out_of_place(text)
    letters = sum(letter.isalpha() for letter in text)
    is_foreign = len(beyond) > 0.5 * max(letters, 1) and unicodedata.name(text[beyond[0]], "").startswith("LATIN")
    return 1.0 if is_foreign else min(1.0, strange / len(beyond))


def _out_of_place(text: str) -> int:
    """Count Danish and Italian letters in one text: together they are Czech ones, read wrongly."""
    counts = [text.count(letter) for letter in "øìò"]
    return sum(counts) if counts[0] and sum(counts[1:]) else 0


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in "\t\r\n"


def _is_strange(text: str, place: int) -> bool:
    """Say whether this is a control character, a sign inside a word, or a capital after a small letter."""
    letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if _is_control(letter):
        return True
    if not letter.isalpha():
        return before.isalpha() and (letter in OPENING or (after.isalpha() and letter not in JOINING))
    return letter.isupper() and before.islower()
