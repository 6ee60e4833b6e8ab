"""Voting power in the UN Security Council and in the Council of the fifteen: Shapley–Shubik.

Source of the index: L. S. Shapley and M. Shubik, "A method for evaluating the distribution of power
in a committee system", American Political Science Review 48 (1954) 787–792. The values below are
those known from the literature on both bodies as they were: the Security Council with five
permanent and ten other members, nine votes and no veto, abstention apart; the Council of the
European Union with fifteen members, 62 of 87 votes.
"""

from __future__ import annotations

from comity import Power, power, weighted_game

PUBLISHED = {
    "UN Security Council": (0.196270, 0.001865),
    "European Union of fifteen": (0.1167, 0.0955, 0.0552, 0.0454, 0.0353, 0.0207),
}
DECIMALS = {"UN Security Council": 6, "European Union of fifteen": 4}
VOTES = {  # quota, votes to members; 39 of 7 × 5 + 10 is: all five and four others
    "UN Security Council": (39, {7: "a permanent member", 1: "another member"}, (5, 10)),
    "European Union of fifteen": (
        62,
        {
            10: "Germany, France, Italy, United Kingdom",
            8: "Spain",
            5: "Belgium, Greece, Netherlands, Portugal",
            4: "Austria, Sweden",
            3: "Denmark, Finland, Ireland",
            2: "Luxembourg",
        },
        (4, 1, 4, 2, 3, 1),
    ),
}


def indices(body: str) -> dict[int, float]:
    """Votes to the index of a member that has so many."""
    quota, members, seats = VOTES[body]
    weights = [votes for votes, count in zip(members, seats, strict=True) for _ in range(count)]
    found: Power = power(weighted_game(quota, weights))
    return dict(zip(weights, found.shapley_shubik, strict=True))


def main() -> None:
    computed = {}
    for body, (_, members, _) in VOTES.items():
        found = indices(body)
        print(body)
        for votes, who in members.items():
            print(f"  {found[votes]:.{DECIMALS[body]}f}  {who}")
        computed[body] = tuple(round(found[votes], DECIMALS[body]) for votes in members)
    assert computed == PUBLISHED, computed


if __name__ == "__main__":
    main()
