"""Folders of GENIUS files, a domain and its profiles, read as talks (conventions §53).

GENIUS is the Java environment in which the Automated Negotiating Agents Competition is held; its
domains are the field's common test cases. docs/theory/genius.md says how its files are read.
"""

from comity.dossier.genius.folder import genius_beside_yaml, holds_genius, load_genius
from comity.dossier.genius.profile import Utilities

__all__ = ["Utilities", "genius_beside_yaml", "holds_genius", "load_genius"]
