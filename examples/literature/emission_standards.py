"""Car emission standards in the European Community: what ten states wanted, its mean and median.

Positions are in years, between 4 and 10.

Source of the figures: B. Bueno de Mesquita, "Political forecasting: an expected utility method",
in B. Bueno de Mesquita and F. Stokman (eds), European Community Decision Making (Yale, 1994), as
printed in J. Scholz, G. Calbert and G. Smith, "Unravelling Bueno de Mesquita's group decision
model", Journal of Theoretical Politics 23 (2011), which also gives the outcome, 8.833 years.

The mean weighted by capability × salience (the compromise model) follows from those figures by
arithmetic: 7.390 years; so does the weighted median, 7.0 years. Both say what the content would
be, not whether anything is adopted.
"""

from __future__ import annotations

from comity.dossier import Batch, Dossier, Keyed
from comity.forecast import Mean, Median

FIRST, LAST = 4.0, 10.0
COMPROMISE, MEDIAN, OUTCOME = 7.390, 7.0, 8.833

FIGURES = {  # capability, position in years, salience
    "Netherlands": (0.08, 4, 0.8),
    "Belgium": (0.08, 7, 0.4),
    "Luxembourg": (0.03, 4, 0.2),
    "Germany": (0.16, 4, 0.8),
    "France": (0.16, 10, 0.6),
    "Italy": (0.16, 10, 0.6),
    "UK": (0.16, 10, 0.9),
    "Ireland": (0.05, 7, 0.1),
    "Denmark": (0.05, 4, 1.0),
    "Greece": (0.08, 7, 0.7),
}


def to_scale(years: float) -> float:
    """Years to points of a scale from 0 to 100."""
    return 100.0 * (years - FIRST) / (LAST - FIRST)


def to_years(points: float) -> float:
    """Points of the scale back to years."""
    return FIRST + points * (LAST - FIRST) / 100.0


def dossier() -> Dossier:
    """The table as a dossier; nothing in it is uncertain."""
    return Dossier.model_validate(
        {
            "comity": 1,
            "title": "Car emission standards",
            "as_of": "1994-01-01",
            "actors": {who: {"name": who, "capability": c} for who, (c, _, _) in FIGURES.items()},
            "bodies": {"council": {"members": list(FIGURES)}},
            "agenda": {"years": {"body": "council", "reversion": 0}},
            "positions": {
                "years": {
                    who: {"ideal": to_scale(years), "salience": 100 * salience}
                    for who, (_, years, salience) in FIGURES.items()
                }
            },
        }
    )


def main() -> None:
    batch = Batch(dossier(), Keyed(seed=1, start=0, stop=1))
    found = {model.name: to_years(model.predict(batch, "years").point) for model in MODELS}
    for name, years in found.items():
        print(f"{name:16} {years:6.3f} years")
    print(f"{'outcome':16} {OUTCOME:6.3f} years")
    computed = (round(found["compromise"], 3), round(found["weighted median"], 9))
    assert computed == (COMPROMISE, MEDIAN), found


MODELS = (Mean("capability"), Mean("none"), Median())

if __name__ == "__main__":
    main()
