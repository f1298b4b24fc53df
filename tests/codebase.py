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
OTHERWISE_NAMED = {
    "mailing.links": "views",  # the one page behind every emailed link
    "partnerships.exporting": "tasks",  # what the export's job runs
}


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
    return [path for path in found if but not in path.with_suffix("").parts]


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


@cache
def imports(path: Path) -> list[str]:
    """Return the dotted names a module imports, `a.b` for `from a import b`."""
    nodes = list(ast.walk(tree(path)))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return plain + [f"{node.module}.{alias.name}" for node in parts for alias in node.names]


@cache
def role(module: str) -> int:
    """Return the rung of a module inside its app; a work module that leans on nothing is the lowest."""
    app, part, *_ = [*module.split("."), ""]
    part = OTHERWISE_NAMED.get(f"{app}.{part}", part)
    for rung, names in enumerate(ROLES):
        if part in names:
            return rung
    files = [ROOT / app / f"{part}.py"] if (ROOT / app / f"{part}.py").exists() else python_files(f"{app}/{part}")
    leans = any(name.startswith(f"{app}.") for path in files for name in imports(path))
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
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<style.*?</style>", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
KEYS = re.compile(r"<kbd>[^<]*</kbd>")
SAME_EVERYWHERE = re.compile(r"\b(?:Tandem|UTC|IP|CSV|XLSX|PDF|SHA-256)\b|\b[a-z]+-(?=\s)")
SPOKEN = re.compile(r'\b(?:aria-label|aria-description|placeholder|title|alt)="([^"]*)"')


def untranslated(text: str) -> list[str]:
    """Return the words and spoken attributes of a template that no translation would reach."""
    plain = KEYS.sub("", TAG.sub("", COMMENT.sub("", TRANSLATED.sub("", text))))
    plain = SAME_EVERYWHERE.sub("", plain)
    spoken = [value for value in SPOKEN.findall(plain) if WORD.search(value)]
    visible = [line.strip() for line in ELEMENT.sub("\n", plain).splitlines() if WORD.search(line)]
    return spoken + [line for line in visible if not line.startswith("&")]


def elements(text: str) -> Iterator[str]:
    """Yield each element's opening tag, its template tags blanked out."""
    yield from ELEMENT.findall(TAG.sub("…", COMMENT.sub("", text)))
