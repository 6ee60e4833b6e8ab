"""Charters of real bodies as YAML, each clause with its source. Read by ``dossier.charters``."""
