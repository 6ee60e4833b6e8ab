"""Files that people already have, read as dossiers: one module a format."""

from comity.dossier.formats.reading import Format, format_of, load_format, many

__all__ = ["Format", "format_of", "load_format", "many"]
