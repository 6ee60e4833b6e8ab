"""Small dossiers with known answers, and forecasts whose numbers a test can set."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from comity.dossier import loads
from comity.ensemble import Forecast, ItemForecast, forecast

DRAWS = 200

NAMES = {"A": "Arland", "B": "Borland", "C": "Corland", "D": "Dorland"}

HEAD = """\
comity: 1
title: Meeting
as_of: 2024-05-06
actors: {A: {name: Arland}, B: {name: Borland}, C: {name: Corland}, D: {name: Dorland}}
"""

PLAIN = f"""\
{HEAD}
bodies: {{council: {{name: the Council, members: [A, B, C]}}}}
agenda:
  text:
    body: council
    question: Is there a text?
    scale: {{0: nothing, 50: a call on both, 100: a demand}}
    reversion: 0
    tabled: 80
    by: A
positions:
  text:
    A: {{ideal: 100, accepts: [60, 100], salience: 50, basis: stated}}
    B: {{ideal: 0..20, accepts: [0, 10..50], salience: 50}}
    C: {{ideal: 0..20, accepts: [0, 10..50], salience: 50, basis: inferred}}
"""
"""Arland lets nothing below 60 pass, Borland and Corland nothing above 50: no text ever passes."""

AGREED = f"""\
{HEAD}
bodies: {{council: {{members: [A, B], presidency: {{order: [A, B], holder: A}}}}}}
agenda: {{text: {{body: council, scale: {{0: nothing, 100: all}}, reversion: 0, tabled: 50}}}}
positions:
  text:
    A: {{ideal: 60, salience: 50, omega: 5}}
    B: {{ideal: 60, salience: 50, omega: 5}}
"""
"""Everybody gains from the tabled draft, and nothing is uncertain."""

SIDES = f"""\
{HEAD}
bodies: {{council: {{members: [A, B]}}}}
agenda: {{quota: {{body: council, reversion: 50}}}}
positions:
  quota:
    A: {{ideal: 90, accepts: [50, 100], salience: 50}}
    B: {{ideal: 10, accepts: [0, 50], salience: 50}}
"""
"""What holds now lies in the middle; Arland lets only more pass and Borland only less."""

OPTIONS = f"""\
{HEAD}
bodies: {{council: {{members: [A, B, C], charter: plain}}}}
agenda:
  seat:
    body: council
    options: {{nowhere: no seat, north: a seat in the north}}
    reversion: nowhere
    tabled: north
positions:
  seat:
    A: {{ideal: north, salience: 100, omega: 0}}
    B: {{ideal: nowhere, salience: 100, omega: 0}}
    C: {{ideal: {{north: 0.5, nowhere: 0.5}}, salience: 100, omega: 0}}
"""
"""Borland always refuses the seat, Corland in about half of the draws."""

ASKED = f"""\
{HEAD}
bodies:
  council:
    members: [A, B]
    presidency: {{order: [A, B], holder: A, until: 2024-12-31}}
agenda:
  views: {{body: council, options: [outside, within], reversion: outside}}
  first: {{body: council, reversion: 0, tabled: 50}}
  text:
    body: council
    reversion: 0
    tabled: 50
    requires: [first]
    competence: {{presumption: outside, item: views}}
    rounds: [{{label: second reading, tabled: 30}}]
positions:
  views:
    A: {{ideal: within, salience: 100, omega: 0}}
    B: {{ideal: outside, salience: 100, omega: 0}}
  first: {{A: {{ideal: 50..100}}, B: {{ideal: 0..60}}}}
  text: {{A: {{ideal: 50..100}}, B: {{ideal: 20..100}}}}
"""
"""Competence is never held, and another item must come first."""

VOTE = f"""\
{HEAD}
bodies:
  council:
    members: [A, B, C, D]
    charter:
      name: Own
      procedures: {{substantive: {{rule: {{kind: simple_majority, of: members}}}}}}
agenda: {{seat: {{body: council, options: [no, north], reversion: "no", tabled: north}}}}
positions:
  seat:
    A: {{ideal: north}}
    B: {{ideal: "no", salience: 90, omega: 0}}
    C: {{ideal: "no", salience: 90, omega: 0}}
    D: {{presence: absent}}
"""
"""Two against, one absent: a majority of all four is out of reach."""


@cache
def seen(text: str, draws: int = DRAWS) -> Forecast:
    """The forecast of a dossier given as text."""
    return forecast(loads(text), draws=draws, workers=1)


def set_to(found: Forecast, item: str, **changes: Any) -> Forecast:
    """The forecast with fields of one item replaced; those of ``adoption`` given as a dict."""
    entry: ItemForecast = found.items[item]
    if isinstance(changes.get("adoption"), dict):
        changes["adoption"] = replace(entry.adoption, **changes["adoption"])
    return replace(found, items={**found.items, item: replace(entry, **changes)})
