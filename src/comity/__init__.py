"""Comity: what a body that decides by consensus can agree, and how sure that is."""

from importlib.metadata import version

__version__ = version("comity")
