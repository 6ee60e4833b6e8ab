"""Standard logging, shown on stderr as far as the reader wants it."""

from __future__ import annotations

import logging

from comity.cli import streams

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)


class _ToStderr(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        streams.say(self.format(record))


_HANDLER = _ToStderr()
_HANDLER.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))


def wire(verbosity: int) -> None:
    """Show Comity's log from warnings (0), information (1) or every detail (2) upwards.

    Of other packages, and of Python's own warnings, warnings and worse are shown.
    """
    logging.getLogger().addHandler(_HANDLER)
    logging.getLogger("comity").setLevel(_LEVELS[min(verbosity, 2)])
    logging.captureWarnings(True)
