"""What could be agreed: packages, the exact frontier, solutions, trades and fairness.

One problem at a time, from the bottom up; conventions §40–§53 define every word.

- Problems: ``problem`` (a ``Problem`` in numbers), ``drawn`` (talks in many draws, or in the middle
  reading) with ``ranks`` and ``straight`` (weights behind ranks, values between points), ``limits``
  (what red lines and links rule out), ``of_dossier`` (the problem of a dossier).
- What is efficient: ``frontier`` (all of it, exactly), ``highest`` (the largest of something where
  the frontier is out of reach).
- What to single out: ``solutions`` and their ``formulas``, ``ceiling`` (the joint ceiling, claims
  put to the test), ``fairness``; ``adjusted_winner`` and ``estate`` for dividing things.
- What stands in the way: ``conflicts``, ``relaxations``, ``trades``.
- What to put forward: ``menu``, ``question`` (whose answer helps most), ``text`` (a single
  negotiating text), ``items`` (packages across the items of a body).

``comity.ensemble.mediation`` asks all of it over many draws.
"""
