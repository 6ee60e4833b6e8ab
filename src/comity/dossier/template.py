"""The dossier that `comity new` writes to start from."""

from __future__ import annotations

from importlib.resources import files


def template() -> str:
    """A small, complete, commented dossier of an invented body."""
    return (files("comity.dossier") / "starting.yaml").read_text("utf-8")
