"""`python -m tests.bench`: builds a database a size, measures each bench on it, prints the tables."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg2

from tests.bench.registry import Row, benches, table
from tests.services import PrivateServices

ROOT = Path(__file__).parent.parent.parent
SETTINGS = "tests.bench.settings"


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure how fast Tandem is.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure (default: everything)")
    parser.add_argument("--sizes", default="1000,100000", help="numbers of organisations, separated by commas")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--measure", metavar="NAME", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield the address of a PostgreSQL cluster with nothing else in it."""
    services = PrivateServices("postgresql")
    os.environ["TANDEM_DATA"] = services.environment["TANDEM_DATA"]
    try:
        yield services.environment["DATABASE_URL"].rpartition("/")[0]
    finally:
        services.end()


def run(*command: str, database: str) -> str:
    environment = os.environ | {"DATABASE_URL": database, "LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def build(address: str, size: int) -> str:
    """Make a database with the data of `make_scale`; return its address."""
    started = time.monotonic()
    _execute(address, f"CREATE DATABASE scale_{size}")
    database = f"{address}/scale_{size}"
    run("manage.py", "migrate", "--verbosity", "0", database=database)
    run("manage.py", "make_scale", "--organisations", str(size), database=database)
    _execute(address, "VACUUM ANALYZE", name=f"scale_{size}")
    say(f"{size:,} organisations in {time.monotonic() - started:.0f} s")
    return database


def _execute(address: str, statement: str, name: str = "tandem") -> None:
    host = address.partition("@/")[2].replace("%2F", "/")
    connection = psycopg2.connect(host=host, user="tandem", dbname=name)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def measure_here(name: str) -> None:
    """Measure one bench on the database of this process and print its rows as JSON."""
    sys.stdout.write(json.dumps(benches()[name].measure()))


def main() -> None:
    options = arguments()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
    if options.measure:
        measure_here(options.measure)
        return
    known = benches()
    names = options.names or list(known)
    if unknown := set(names) - set(known):
        sys.exit(f"There is no bench called {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    figures: dict[str, list[Row]] = {name: [] for name in names}
    with cluster() as address:
        for size in map(int, options.sizes.split(",")):
            database = build(address, size)
            for name in names:
                rows = json.loads(run("-m", "tests.bench", "--measure", name, database=database))
                figures[name] += [{"organisations": size} | row for row in rows]
    for name in names:
        say(f"\n{name}: {known[name].question}\n\n{table(known[name], figures[name])}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
