"""General Assembly, 2012 to 2020: whose votes resembled those of five CSTO members.

Source: E. Voeten and others, United Nations General Assembly voting data, as it comes with the
package unvotes (github dgrtwo/unvotes). The files `rules/unga_votes_voeten.csv.gz` and
`rules/unga_roll_calls_voeten.csv` are read from the folder of reference data (COMITY_DATA, by
default `../shared/data` beside this checkout); their licence is not verified, so they are no part
of Comity, and without them this script says so and stops.

The shares of identical votes were known beforehand. The rest puts a claim to the test: that
Azerbaijan, no member, had more friends in the organisation than Armenia, a member. It is told in
docs/theory/similarity.md; similarity of votes is not friendship.
"""

from __future__ import annotations

import os
from pathlib import Path

from comity.rollcalls import Similarity, actor, read_roll_calls, similarity

SHARES = {  # with Armenia, with Azerbaijan
    "RUS": (0.682, 0.665),
    "BLR": (0.800, 0.834),
    "KAZ": (0.762, 0.925),
    "KGZ": (0.776, 0.946),
    "TJK": (0.786, 0.954),
}
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def files() -> list[Path]:
    """Where the votes are looked for."""
    folder = Path(os.environ.get("COMITY_DATA") or DATA) / "rules"
    return [folder / "unga_votes_voeten.csv.gz", folder / "unga_roll_calls_voeten.csv"]


def compared(paths: list[Path]) -> Similarity:
    """Armenia and Azerbaijan, with each other and with the five."""
    calls = read_roll_calls(paths)
    armenia, azerbaijan, *allies = (actor(calls, code) for code in ("ARM", "AZE", *SHARES))
    return similarity(calls.between(2012, 2020), armenia, azerbaijan, allies, draws=2000)


def main() -> None:
    missing = [path for path in files() if not path.is_file()]
    if missing:
        print(f"Skipped: there is no rules/{missing[0].name} in the folder of reference data.")
        print("COMITY_DATA names that folder; the file may not be given away with Comity.")
        return
    found = compared(files())
    print(f"{found.roll_calls} roll calls, {found.clusters} clusters of repeated resolutions")
    for each in found.comparisons:
        gap = each.difference
        print(
            f"{each.third}: with Armenia less with Azerbaijan {gap.value:+.3f} "
            f"({gap.low:+.2f} to {gap.high:+.2f}); of {each.differ} votes on which they differ "
            f"{each.with_one} with Armenia, {each.with_other} with Azerbaijan"
        )
    print(f"opposed, yes against no, in {len(found.opposed)} of {found.pairs[0].counted}:")
    for entry in found.opposed:
        print(f"  {entry.call.on} {entry.call.resolution} {entry.call.title[:60]}")
    shares = [round(pair.agreement.value or 0.0, 3) for pair in found.pairs[1:]]
    assert shares == [share for pair in SHARES.values() for share in pair], shares


if __name__ == "__main__":
    main()
