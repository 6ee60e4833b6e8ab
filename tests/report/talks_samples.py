"""Small talks with known answers, and mediations whose numbers a test can set."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from comity.dossier import loads
from comity.ensemble.mediation import Mediation, mediate

DRAWS = 60

PAIR = """\
comity: 1
title: Road and toll
as_of: 2024-05-06
handling: for the mediator only
note: Made up.
actors: {A: {name: Alba}, B: {name: Bren}, M: {name: Mund}}
sources: {paper: {title: News of the road, outlet: The Paper, published: 2024-05-01}}
statements:
  said: {speaker: Alba's envoy, for: A, standing: official, on: 2024-04-30, venue: radio,
    source: paper, locator: minute 2, gist: never a toll of ten}
talks:
  road:
    title: The road
    question: Who runs the road, and at what toll?
    parties: [A, B]
    mediator: M
    tracks: {way: {title: The way}, money: {title: The money}}
    issues:
      control: {title: Control, track: way, question: Whose guards?,
        options: {alba: guards of Alba, both: guards of both, bren: guards of Bren}}
      toll: {title: Toll, track: money, grid: {low: 0, high: 10, step: 2, unit: coins}}
      share: {title: Timber, divisible: {total: 100, unit: loads, parts: 4}}
    preferences:
      A:
        reservation: 25..35
        red_lines: {ten: {never: {toll: 10}, likelihood: 0.8, basis: stated, from: [said],
          note: said on the radio}}
        issues:
          control: {weight: 4..6, values: {alba: 100, both: 40..70, bren: 0}, basis: inferred,
            note: they built it, from: [said]}
          toll: {weight: 2, values: {0: 100, 10: 0}}
          share: {weight: 1}
      B:
        reservation: 20
        issues:
          control: {rank: 2, lights: {alba: could live with, both: could live with, bren: yes}}
          toll: {rank: 1, values: {0: 0, 10: 100}}
          share: {rank: 3}
    links: {guarded: {kind: if_then, if: {control: both}, then: {toll: [2..10]},
      note: two guards cost more}}
    claims: {nearly: {at_least: 95 %, from: [said], note: read strictly}}
    proposals: {first-try: {by: M, package: {control: both, toll: 4, share: 50/50}}}
    text: {draft: {control: bren, toll: 0, share: 50/50}, changes: 2}
"""
"""Two parties; control matters most to Alba, the toll most to Bren."""

THREE = """\
comity: 1
title: Three at a river
as_of: 2024-05-06
actors: {A: {name: Alba}, B: {name: Bren}, C: {name: Cole}}
talks:
  river:
    parties: [A, B, C]
    issues:
      dam: {options: {none: no dam, low: a low dam, high: a high dam}, reversion: none}
      fund: {grid: {low: 0, high: 30, step: 10, unit: million}, reversion: 0}
      water: {divisible: {total: 90, unit: "%", parts: 3}, reversion: 30/30/30}
    preferences:
      A:
        issues:
          dam: {weight: 5, values: {none: 0, low: 50..80, high: 100}}
          fund: {weight: 2, values: {0: 100, 30: 0}}
          water: {weight: 1}
      B:
        issues:
          dam: {weight: 2, values: {none: 60, low: 100, high: 0}}
          fund: {weight: 3..5, values: {0: 0, 30: 100}}
          water: {weight: 2}
      C:
        issues:
          dam: {weight: 3, values: {none: 100, low: 30..60, high: 0}}
          fund: {weight: 2, values: {0: 0, 30: 100}}
          water: {weight: 4}
"""
"""Three parties, no red lines; what no agreement is worth follows from what holds now."""

STUCK = """\
comity: 1
title: The post
as_of: 2024-05-06
actors: {A: {name: Alba}, B: {name: Bren}}
talks:
  post:
    parties: [A, B]
    issues:
      flag: {options: {alba: flag of Alba, bren: flag of Bren}}
    preferences:
      A: {reservation: 10, issues: {flag: {weight: 1, lights: {alba: yes, bren: "no"}}}}
      B: {reservation: 10, issues: {flag: {weight: 1, lights: {alba: "no", bren: yes}}}}
"""
"""Each refuses what the other asks: no package is allowed, and nothing is uncertain."""


@cache
def mediated(text: str, draws: int = DRAWS) -> Mediation:
    """What is found of the talks of a dossier given as text."""
    return mediate(loads(text), draws=draws, workers=1)


def many_points(found: Mediation, count: int) -> Mediation:
    """The same with a frontier of so many points: a quarter of a circle, in points."""
    angle = np.linspace(0.0, np.pi / 2, count)
    points = [(100 * float(np.sin(a)), 100 * float(np.cos(a))) for a in angle[::-1]]
    listed = replace(found.frontier, points=count, packages=count, utilities=tuple(points))
    return replace(found, frontier=listed)


def many_issues(count: int) -> str:
    """Talks over so many issues, two of them worth far more than the others."""
    names = [f"k{number}" for number in range(count)]
    issues = "\n".join(
        f"      {name}: {{title: Issue number {name[1:]} on a matter of some length, "
        "options: {a: as Alba asked for it in its long letter, b: as Bren would have it instead}}"
        for name in names
    )

    def held(best: str) -> str:
        worth = "{a: 100, b: 0..20}" if best == "a" else "{a: 0..20, b: 100}"
        heavy = {"k7": 30, "k8": 25}
        return "\n".join(
            f"          {name}: {{weight: {heavy.get(name, 1)}, values: {worth}}}" for name in names
        )

    return f"""\
comity: 1
title: Many issues
as_of: 2024-05-06
actors: {{A: {{name: Alba}}, B: {{name: Bren}}}}
talks:
  all:
    parties: [A, B]
    issues:
{issues}
    preferences:
      A:
        issues:
{held("a")}
      B:
        issues:
{held("b")}
"""
