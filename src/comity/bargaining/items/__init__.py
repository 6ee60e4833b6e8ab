"""Packages across items of a body: what no member would let pass alone, adopted together (§52)."""

from comity.bargaining.items.package import package_of
from comity.bargaining.items.results import Alone, ItemsPackage, ItemsPackages, Side
from comity.bargaining.items.settled import Settle, Settled

__all__ = ["Alone", "ItemsPackage", "ItemsPackages", "Settle", "Settled", "Side", "package_of"]
