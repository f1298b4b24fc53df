"""The codebase as data: its apps, modules, functions, imports and templates."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = tuple(settings.TANDEM_APPS)
TEMPLATES = ROOT / "templates"

# Inside an app imports go down this list; a module named otherwise is a work module.
ROLES = (
    ("urls",),
    (
        *("views", "admin", "tasks", "stage", "apps", "middleware", "context", "adapters", "backends"),
        *("management", "templatetags", "demo", "scale"),
    ),
    ("forms", "filters"),
    ("services",),
    ("work",),
    ("rules",),
    ("models",),
    ("enums",),
)
PAGES_UNDER_ANOTHER_NAME = ("mailing.links",)  # the one page behind every emailed link


def python_files(*folders: str) -> list[Path]:
    """Return the modules below the folders, migrations left out."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not {"migrations", "__pycache__"} & set(path.parts)
    ]


def product_files() -> list[Path]:
    return python_files(*APPS, "config")


def templates(*, but: str = "") -> list[Path]:
    """Return every template, those in the folder `but` left out."""
    found = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".svg"})
    return [path for path in found if but not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(source(path))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and length in lines of each function, decorators not counted."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted names a module imports, `a.b` for `from a import b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def role(module: str) -> int:
    """Return the rung of a module inside its app; a work module that leans on nothing is the lowest."""
    if module.startswith(PAGES_UNDER_ANOTHER_NAME):
        return role(f"{module.split('.', maxsplit=1)[0]}.views")
    app, part, *_ = [*module.split("."), ""]
    for rung, names in enumerate(ROLES):
        if part in names:
            return rung
    path = ROOT / app / f"{part}.py"
    leans = path.exists() and any(name.startswith(f"{app}.") for name in imports(path))
    return ROLES.index(("work",)) if leans else len(ROLES)


def calls(path: Path, function: str) -> Iterator[str]:
    """Yield the first argument of each call of a function, where it is a literal text."""
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if called == function and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
KEYS = re.compile(r"<kbd>[^<]*</kbd>")
SPOKEN = re.compile(r'\b(?:aria-label|aria-description|placeholder|title|alt)="([^"]*)"')


def untranslated(text: str) -> list[str]:
    """Return the words and spoken attributes of a template that no translation would reach."""
    plain = KEYS.sub("", TAG.sub("", COMMENT.sub("", TRANSLATED.sub("", text)))).replace("Tandem", "")
    spoken = [value for value in SPOKEN.findall(plain) if WORD.search(value)]
    visible = [line.strip() for line in ELEMENT.sub("\n", plain).splitlines() if WORD.search(line)]
    return spoken + [line for line in visible if not line.startswith("&")]


def elements(text: str) -> Iterator[str]:
    """Yield each element's opening tag, its template tags blanked out."""
    yield from ELEMENT.findall(TAG.sub("…", COMMENT.sub("", text)))
