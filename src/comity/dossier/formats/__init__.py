"""Files that people already have, read as dossiers: one module a format."""
