"""Make the icon sprite from a folder of Tabler's outline icons."""

import re
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ui.icons import ICONS

SPRITE = settings.BASE_DIR / "static" / "icons" / "sprite.svg"
SHAPES = re.compile(r"<(?:path|circle|line|rect|polyline|ellipse)\b[^>]*/?>")


def symbol(name: str, svg: str) -> str:
    """Return one icon as a symbol; colour and stroke come from the page's style sheet."""
    shapes = [shape for shape in SHAPES.findall(svg) if 'stroke="none" d="M0 0h24v24H0z"' not in shape]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


class Command(BaseCommand):
    help = "Write static/icons/sprite.svg with the icons named in ui/icons.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder icons/outline of @tabler/icons")

    def handle(self, *, folder: Path, **options: object) -> None:
        """Refuse names that Tabler does not have, so that no icon is silently missing."""
        missing = [name for name in ICONS if not (folder / f"{name}.svg").is_file()]
        if missing:
            raise CommandError(f"No such icon: {', '.join(missing)}")
        symbols = [symbol(name, (folder / f"{name}.svg").read_text()) for name in ICONS]
        SPRITE.parent.mkdir(parents=True, exist_ok=True)
        SPRITE.write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")
        self.stdout.write(f"{len(symbols)} icons in {SPRITE}")
