"""``comity schema``: the JSON Schema of the dossier format."""

from __future__ import annotations

from comity.cli import streams


def schema() -> None:
    """Print the JSON Schema of the dossier format.

    An editor that is told of it completes field names and marks mistakes as you type.

    \b
    Example:
      comity schema > dossier.schema.json
    """
    from comity.dossier.schema import schema_text

    streams.put_json(schema_text())
