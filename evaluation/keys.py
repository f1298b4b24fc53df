"""Keys of what nobody is to be named by."""

import secrets

# Keys that say nothing of the order, and lie above all those that are counted up.
LEAST_KEY, KEYS = 2**52, 2**62


def random_key() -> int:
    return LEAST_KEY + secrets.randbelow(KEYS)
