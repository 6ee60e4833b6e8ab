"""Smallest sets of demands that cannot be met together, by implicit hitting sets.

Every package breaks some demands. A set of demands cannot be met together exactly if every package
breaks one of them: if it *hits* what each package breaks. Packages need not be listed: those met
so far say which sets are still worth asking about, and a package that meets all of such a set is
the next one to be hit (Reggia, Nau & Wang 1983; Ignatiev et al., "Smallest MUS extraction with
minimal hitting set dualization", CP 2015).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Demands = frozenset[int]
"""Demands by their places."""

Asked = Callable[[Demands], Demands | None]
"""Given demands to meet: what a package that meets them breaks of the others, None if none does."""


def smallest(count: int, asked: Asked, most: int) -> tuple[tuple[Demands, ...], bool]:
    """The sets of fewest demands, out of ``count``, that no package meets together.

    At most ``most`` of them, sorted, and whether these are all. None if some package meets all.

    Steps: (1) let size be 0, 1, 2 and so on; (2) build sets that hit all packages known, branching
    over the demands broken by the first package not yet hit; (3) ask whether a package meets a set
    that hits all; if so it is known from now on, and the set grows or is given up; if not, the set
    is a conflict. No smaller one exists, or it would have been found at a smaller size.
    """
    known: list[Demands] = []
    for size in range(count + 1):
        search = _Search(size, asked, most + 1, known)
        search.grow(frozenset())
        if search.found:
            found = sorted(search.found, key=sorted)
            return tuple(found[:most]), len(found) <= most
    return (), True


@dataclass
class _Search:
    """All conflicts of one size, given the packages known and adding to them."""

    size: int
    asked: Asked
    most: int
    known: list[Demands]
    found: list[Demands] = field(default_factory=list)
    seen: set[Demands] = field(default_factory=set)

    def grow(self, chosen: Demands) -> None:
        if chosen in self.seen or len(self.found) >= self.most:
            return
        self.seen.add(chosen)
        missed = self._missed(chosen)
        if missed is None:
            self.found.append(chosen)
        elif len(chosen) < self.size:
            for demand in sorted(missed):
                self.grow(chosen | {demand})

    def _missed(self, chosen: Demands) -> Demands | None:
        """What a package breaks that meets all chosen demands; None if there is no such package."""
        for broken in self.known:
            if not broken & chosen:
                return broken
        broken_now = self.asked(chosen)
        if broken_now is not None:
            self.known.append(broken_now)
        return broken_now
