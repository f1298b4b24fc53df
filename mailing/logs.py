"""Keeps the secrets of emailed links out of every log."""

import logging
import re

# Emailed links look like /t/<purpose>/<43 URL-safe characters>/…
TOKEN = re.compile(r"(/t/[a-z-]+/)[A-Za-z0-9_-]{20,}")


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = TOKEN.sub(r"\1…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
