"""What can be measured, and what a measurement looks like."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, str | int | float]


@dataclass(frozen=True)
class Bench:
    """One question asked of an installation with a given number of organisations.

    `measure` runs in a process of its own, with Django set up on a database of that size.
    """

    name: str
    question: str
    columns: tuple[str, ...]
    measure: Callable[[], list[Row]]


def benches() -> dict[str, Bench]:
    """Return every bench by name: each module of this package that has a `bench`."""
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"tests.bench.{name}") for name in names if not name.startswith("_")]
    found = [module.bench for module in modules if hasattr(module, "bench")]
    return {bench.name: bench for bench in found}


def table(bench: Bench, rows: list[Row]) -> str:
    """Lay rows out as a Markdown table; figures to the right."""
    cells = [list(bench.columns)] + [[_text(row[column]) for column in bench.columns] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(bench.columns))]
    right = [all(isinstance(row[column], int | float) for row in rows) for column in bench.columns]
    rule = ["-" * (width - 1) + (":" if is_right else "-") for width, is_right in zip(widths, right, strict=True)]
    lines = [cells[0], rule, *cells[1:]]
    return "\n".join(_line(line, widths, right) for line in lines)


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    fitted = [
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(cells, widths, right, strict=True)
    ]
    return f"| {' | '.join(fitted)} |"


def _text(value: str | float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
