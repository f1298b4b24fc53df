"""One migrated database for all processes of a parallel run: the first one makes it, each copies it."""

import fcntl
import os
from pathlib import Path

from django.db import connection

NAME = "tandem_migrated"


def copy_one_migrated_database() -> None:
    """Make the database, unless another process of this run has; let this one's be a copy, which nothing migrates."""
    folder = Path(os.environ["TANDEM_DATA"]).parent
    made = folder / "migrated"
    with (folder / "migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _migrate()
            made.touch()
    connection.settings_dict["TEST"] |= {"TEMPLATE": NAME, "MIGRATE": False}


def _migrate() -> None:
    ours, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    own = test["NAME"]
    test["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    test["NAME"] = own
    connection.settings_dict["NAME"] = ours
