"""Trades in words, with the share of draws in which both are still better off (§48)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from comity.bargaining.drawn import Drawn
from comity.bargaining.problem import SAME, Package, Problem
from comity.bargaining.trades import Bargain, bargain, best_trades, both_gain
from comity.bargaining.trades import Trade as Found
from comity.ensemble.mediation.results import Move, Trade, Trades
from comity.ensemble.mediation.words import numbers, terms

MOST_TRADES = 10
"""Trades that are listed."""


def trades_view(
    problem: Problem, drawn: Drawn, text: Package | None, reversion: Package | None
) -> Trades:
    """The best trades of the middle reading, each tried in every draw.

    Where none starts from the text or the reversions, but some from the parties' own demands,
    those are listed instead, and ``none_from`` says so.
    """
    start, none_from = bargain(problem, text, reversion), None
    found, count = best_trades(start, MOST_TRADES)
    if not found and start.base != "each its own best":
        demands = bargain(problem, None, None)
        found, count = best_trades(demands, MOST_TRADES)
        if found:
            none_from, start = start.base, demands
    listed = tuple(_view(start, trade, drawn) for trade in found)
    return Trades(start.base, terms(problem, start.package), count, listed, none_from)


def _view(start: Bargain, trade: Found, drawn: Drawn) -> Trade:
    names = start.problem.parties
    weighed = drawn if start.package is not None else replace(drawn, together=(), limits=())
    worth = weighed.utilities([trade.before, trade.after])
    outside = [place for place in range(len(names)) if place not in trade.parties]
    whole = start.package is not None
    allowed = ~drawn.crossed([trade.after])[:, 0].any(axis=1) if whole else None
    return Trade(
        parties=(names[trade.parties[0]], names[trade.parties[1]]),
        moves=(_move(start, trade, 0), _move(start, trade, 1)),
        effects=numbers(trade.effects),
        smaller=trade.smaller,
        sum=trade.sum,
        others_lose=tuple(names[place] for place in outside if trade.effects[place] < -SAME),
        share_of_draws=float(both_gain(worth[:, 1] - worth[:, 0], trade).mean()),
        allowed_in=None if allowed is None else float(np.mean(allowed)),
        package=terms(start.problem, trade.after) if whole else None,
    )


def _move(start: Bargain, trade: Found, half: int) -> Move:
    move, problem = trade.moves[half], start.problem
    loss, gain = max(trade.losses[half], 0.0), trade.gains[half]
    return Move(
        issue=problem.issues[move.issue],
        giver=problem.parties[move.giver],
        taker=problem.parties[move.taker],
        before=problem.options[move.issue][move.before],
        after=problem.options[move.issue][move.after],
        loss=loss,
        gain=gain,
        times=gain / loss if loss > SAME else None,
    )
