"""A good dossier as text, to spoil in one place at a time."""

from __future__ import annotations

from comity.dossier import Dossier, loads

GOOD = """\
comity: 1
title: Meeting
as_of: 2022-11-22
actors:
  ARM: {name: Armenia}
  BLR: {name: Belarus}
  KAZ: {name: Kazakhstan}
sources:
  paper: {title: Report, outlet: Paper, published: 2022-11-20}
statements:
  arm-wants: {speaker: minister, for: ARM, standing: official, on: 2022-11-01,
    source: paper, locator: paragraph 3, gist: asks for the text}
bodies:
  csto:
    members: [ARM, BLR, KAZ]
    charter:
      name: Charter
      procedures:
        substantive: {rule: consensus, clause: art12}
        procedural: {rule: {kind: qualified_majority, at_least: 2/3}, clause: art12}
      clauses:
        art12: {says: By consensus., source: Art. 12, verified: text}
    presidency: {order: [ARM, BLR, KAZ], holder: ARM, until: 2022-11-23}
agenda:
  views: {body: csto, options: [outside, within], reversion: outside}
  text:
    body: csto
    scale: {0: nothing, 100: everything}
    reversion: 0
    tabled: 80..100
    by: ARM
    competence: {presumption: outside, rule: procedural, item: views}
    rounds:
      - {label: second, tabled: 50, concessions: {ARM: {ideal: 60..80, from: [arm-wants]}}}
positions:
  views:
    ARM: {ideal: within, basis: inferred, from: [arm-wants]}
    BLR: {ideal: {outside: 0.7, within: 0.3}}
    KAZ: {values: {within: 20..40}}
  text:
    ARM: {ideal: 80..100, accepts: [20..30, 100], salience: 90, basis: stated, from: [arm-wants]}
    BLR: {ideal: {mean: 10, sd: 3}, salience: 60..90}
    KAZ: {ideal: 0..100}
codings:
  rival:
    title: as its rival sees it
    positions: {text: {BLR: {ideal: 0..5, salience: 60..90}}}
    presumptions: {text: within}
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The good dossier with each old text, which must be there, replaced by a new one."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def dossier(*changes: tuple[str, str]) -> Dossier:
    """The good dossier with changes, read."""
    return loads(spoiled(*changes))


TALKS = """\
talks:
  road:
    title: Talks on the road
    parties: [ARM, BLR]
    mediator: KAZ
    tracks: {links: {title: Transport links}, money: {}}
    issues:
      route: {track: links, options: {none: no road, joint: a road of both, own: of ARM alone},
        reversion: none}
      fee: {track: money, grid: {low: 0, high: 10, step: 2.5, unit: million}, reversion: 0}
      land: {track: links, divisible: {total: 100, unit: km², parts: 4}, reversion: 50/50}
    preferences:
      ARM:
        issues:
          route: {weight: 3..5, values: {none: 0, joint: 50..70, own: 90..100}}
          fee: {weight: 1..3, values: {0: 90..100, 10: 0..5}}
          land: {weight: 1..2}
        interactions: {toll: {when: {route: joint, fee: 5..10}, worth: -3..-1}}
        reservation: 5..20
        red_lines:
          fees: {never: {fee: 10}, likelihood: 0.7, basis: stated, from: [arm-wants]}
      BLR:
        issues:
          route: {rank: 1, lights: {none: could live with, joint: yes, own: no},
            basis: inferred, from: [arm-wants], note: as ARM reports it}
          fee: {rank: 2, values: {0: 0, 10: 100}, basis: inferred, from: [arm-wants], note: too}
          land: {rank: 2, values: {0: 0..10, 100: 90..100}}
    links:
      pays: {kind: if_then, if: {route: joint}, then: {fee: [5..10]}}
      fair: {kind: together, these: [{route: own}, {land: ARM 0..25}]}
      cost: {kind: cap, sum: {fee: 1, land: {ARM: 0.1}}, at_most: 12..14}
    proportions: {ARM: 2, BLR: 1}
    proposals: {first: {package: {route: joint, fee: 7.5, land: 50/50}, by: KAZ}}
    claims: {most: {at_least: 95 %, from: [arm-wants]}}
    text: {draft: {route: none, fee: 0, land: 50/50}}
"""
"""Talks without fault, to add to the good dossier and to spoil in their turn."""

WITH_TALKS = ("    presumptions: {text: within}\n", "    presumptions: {text: within}\n" + TALKS)
"""The change that adds the talks to the good dossier."""
