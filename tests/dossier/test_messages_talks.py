"""Each way to spoil talks gets one message: the place, what was found, how to mend it."""

from __future__ import annotations

import pytest

from comity.dossier import loads
from comity.errors import DossierError
from dossier.samples import WITH_TALKS, spoiled

# what is wrong; the changes to the good dossier with talks; the whole message
BAD: list[tuple[str, list[tuple[str, str]], str]] = [
    (
        "unknown party actor",
        [("parties: [ARM, BLR]", "parties: [ARM, BRL]")],
        "dossier.yaml:52: talks.road.parties[1]: there is no actor of this name\n"
        "  found: BRL\n"
        "  mend:  Did you mean 'BLR'? Otherwise add 'BRL' to `actors`.\n"
        "  more:  3 other problems, the next at dossier.yaml:70: talks.road.preferences.BLR.",
    ),
    (
        "one party",
        [("parties: [ARM, BLR]", "parties: [ARM]")],
        "dossier.yaml:52: talks.road.parties: talks have at least two parties\n"
        "  found: [ARM]\n"
        "  mend:  Name the actors that must all agree, e.g. [ARM, AZE].",
    ),
    (
        "party twice",
        [("parties: [ARM, BLR]", "parties: [ARM, BLR, ARM]")],
        "dossier.yaml:52: talks.road.parties: the same name stands here twice\n"
        "  found: ARM\n"
        "  mend:  Remove one: a party has one voice.\n"
        "  more:  3 other problems, the next at dossier.yaml:59: "
        "talks.road.issues.land.reversion.",
    ),
    (
        "mediator is party",
        [("mediator: KAZ", "mediator: ARM")],
        "dossier.yaml:53: talks.road.mediator: a mediator has no say, and so cannot be a "
        "party as well\n"
        "  found: ARM\n"
        "  mend:  Take it off `parties`, or name another mediator, or none.",
    ),
    (
        "mediator unknown",
        [("mediator: KAZ", "mediator: KZA")],
        "dossier.yaml:53: talks.road.mediator: there is no actor of this name\n"
        "  found: KZA\n"
        "  mend:  Did you mean 'KAZ'? Otherwise add 'KZA' to `actors`.",
    ),
    (
        "track unknown",
        [("fee: {track: money", "fee: {track: mony")],
        "dossier.yaml:58: talks.road.issues.fee.track: there is no track of this name\n"
        "  found: mony\n"
        "  mend:  Did you mean 'money'? Otherwise add 'mony' to `tracks` of talks.road.",
    ),
    (
        "party without preferences",
        [("parties: [ARM, BLR]", "parties: [ARM, BLR, KAZ]"), ("mediator: KAZ\n", "\n")],
        "dossier.yaml:59: talks.road.issues.land.reversion: 'land' has no option of this name\n"
        "  found: 50/50\n"
        "  mend:  Did you mean '50/50/0'? Its options are divisions ARM/BLR/KAZ such as "
        "100/0/0, 75/25/0, 75/0/25, 50/50/0, … (15 in all).\n"
        "  more:  4 other problems, the next at dossier.yaml:60: talks.road.preferences.",
    ),
    (
        "stranger's preferences",
        [
            (
                "      BLR:\n        issues:\n          route",
                "      KAZ:\n        issues:\n          route",
            )
        ],
        "dossier.yaml:70: talks.road.preferences.KAZ: there is no party of this name\n"
        "  found: KAZ\n"
        "  mend:  Add 'KAZ' to `parties` of talks.road, or use one of: ARM, BLR.",
    ),
    (
        "issue left out",
        [("          land: {weight: 1..2}\n", "")],
        "dossier.yaml:62: talks.road.preferences.ARM.issues: 'ARM' does not say what every "
        "issue means to it\n"
        "  found: nothing on land\n"
        "  mend:  Add land; `weight: 0` says that it does not care.",
    ),
    (
        "unknown issue",
        [("          land: {weight: 1..2}\n", "          lnad: {weight: 1..2}\n")],
        "dossier.yaml:65: talks.road.preferences.ARM.issues.lnad: there is no issue of this "
        "name\n"
        "  found: lnad\n"
        "  mend:  Did you mean 'land'? Otherwise add 'lnad' to `issues` of talks.road.",
    ),
    (
        "weights and ranks",
        [("fee: {rank: 2, values", "fee: {weight: 2, values")],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route.rank: 'BLR' weighs some "
        "issues and ranks others, so they cannot be compared\n"
        "  found: weights for fee; ranks for route, land\n"
        "  mend:  Give a weight for each issue, or a rank for each.",
    ),
    (
        "both",
        [("fee: {rank: 2, values", "fee: {rank: 2, weight: 1, values")],
        "dossier.yaml:74: talks.road.preferences.BLR.issues.fee: either a weight or a rank, "
        "not both\n"
        "  found: {rank: 2, weight: 1, values: {0: 0, 10: 100}, basis: inferred, from: "
        "[arm-wants], note: too}\n"
        "  mend:  Keep one of the two.",
    ),
    (
        "values and lights",
        [
            (
                "lights: {none: could live with, joint: yes, own: no}",
                "lights: {none: could live with, joint: yes, own: no}, values: {none: 0}",
            )
        ],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route: either values or lights, "
        "not both\n"
        "  found: {rank: 1, lights: {none: could live with, joint: yes, own: no}, values: "
        "{none: 0}, basis: inferred, from: [arm-wants], …\n"
        "  mend:  Keep one of the two.",
    ),
    (
        "no weight",
        [("fee: {weight: 1..3, values", "fee: {values")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee: nothing says how much 'fee' "
        "matters to 'ARM'\n"
        "  found: neither a weight nor a rank\n"
        "  mend:  Add `weight`, as wide as you are unsure.",
    ),
    (
        "weights nothing",
        [
            ("route: {weight: 3..5", "route: {weight: 0"),
            ("fee: {weight: 1..3", "fee: {weight: 0"),
            ("land: {weight: 1..2", "land: {weight: 0..0"),
        ],
        "dossier.yaml:62: talks.road.preferences.ARM.issues: the weights of 'ARM' sum to "
        "nothing\n"
        "  found: 0 for every issue\n"
        "  mend:  Give at least one issue a weight above 0; who wants nothing is no party.",
    ),
    (
        "nan weight",
        [("fee: {weight: 1..3", "fee: {weight: .nan")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.weight: a finite number was "
        "expected\n"
        "  found: NaN\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: 60} or "
        "{mean: 50, sd: 5}.",
    ),
    (
        "inf worth",
        [("joint: 50..70", "joint: .inf")],
        "dossier.yaml:63: talks.road.preferences.ARM.issues.route.values.joint: a finite "
        "number was expected\n"
        "  found: Infinity\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: 60} or "
        "{mean: 50, sd: 5}.",
    ),
    (
        "value beyond",
        [("joint: 50..70", "joint: 1e7")],
        "dossier.yaml:63: talks.road.preferences.ARM.issues.route.values.joint: 10000000 "
        "lies outside -1,000,000 to 1,000,000\n"
        "  found: 10000000.0\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "no values",
        [
            (
                "route: {weight: 3..5, values: {none: 0, joint: 50..70, own: 90..100}}",
                "route: {weight: 3..5}",
            )
        ],
        "dossier.yaml:63: talks.road.preferences.ARM.issues.route: nothing says what the "
        "options of 'route' are worth\n"
        "  found: neither values nor lights\n"
        "  mend:  Add `lights` (yes, could live with, no) or `values` for each option; "
        "`weight: 0` says that the party does not care.",
    ),
    (
        "option left out",
        [("joint: 50..70, ", "")],
        "dossier.yaml:63: talks.road.preferences.ARM.issues.route.values: not every option "
        "of 'route' is named\n"
        "  found: nothing for joint\n"
        "  mend:  Add joint, as wide as you are unsure.",
    ),
    (
        "unknown option",
        [("joint: 50..70", "jiont: 50..70")],
        "dossier.yaml:63: talks.road.preferences.ARM.issues.route.values.jiont: 'route' has "
        "no option of this name\n"
        "  found: jiont\n"
        "  mend:  Did you mean 'joint'? Its options are: none, joint, own.",
    ),
    (
        "light unknown",
        [("joint: yes", "joint: perhaps")],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route.lights.joint: one of yes, "
        "could_live_with, no was expected\n"
        "  found: perhaps\n"
        "  mend:  Write one of: yes, could_live_with, no.",
    ),
    (
        "light misspelt",
        [("none: could live with", "none: could live wiht")],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route.lights.none: one of yes, "
        "could_live_with, no was expected\n"
        "  found: could live wiht\n"
        "  mend:  Did you mean 'could_live_with'?",
    ),
    (
        "lights on a grid",
        [("fee: {rank: 2, values: {0: 0, 10: 100}", "fee: {rank: 2, lights: {0: no, 10: yes}")],
        "dossier.yaml:74: talks.road.preferences.BLR.issues.fee.lights: lights stand for "
        "named options, and 'fee' is a grid\n"
        "  mend:  Give `values` at some points, and what the party never takes under "
        "`red_lines`.",
    ),
    (
        "light left out",
        [("none: could live with, ", "")],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route.lights: not every option "
        "of 'route' is named\n"
        "  found: nothing for none\n"
        "  mend:  Add none, as wide as you are unsure.",
    ),
    (
        "all no",
        [("{none: could live with, joint: yes, own: no}", "{none: no, joint: no, own: no}")],
        "dossier.yaml:72: talks.road.preferences.BLR.issues.route.lights: 'BLR' says no to "
        "every option of 'route', so no package is left\n"
        "  found: no for every option\n"
        "  mend:  Give at least one option another light; what no agreement is worth belongs "
        "into `reservation`.",
    ),
    (
        "grid point outside",
        [("{0: 90..100, 10: 0..5}", "{0: 90..100, 11: 0..5}")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.values.11: a point from 0 to "
        "10 was expected\n"
        "  found: 11\n"
        "  mend:  State the worth at some points of 'fee', e.g. {0: 0, 10: 100}.",
    ),
    (
        "grid point no number",
        [("{0: 90..100, 10: 0..5}", "{low: 90..100, 10: 0..5}")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.values.low: a point from 0 "
        "to 10 was expected\n"
        "  found: low\n"
        "  mend:  State the worth at some points of 'fee', e.g. {0: 0, 10: 100}.",
    ),
    (
        "grid nan",
        [("{0: 90..100, 10: 0..5}", "{nan: 90..100, 10: 0..5}")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.values.nan: a point from 0 "
        "to 10 was expected\n"
        "  found: nan\n"
        "  mend:  State the worth at some points of 'fee', e.g. {0: 0, 10: 100}.",
    ),
    (
        "grid point twice",
        [("{0: 90..100, 10: 0..5}", "{0: 90..100, 0.0: 0..5}")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.values.0.0: the same point "
        "stands here twice\n"
        "  found: 0 and 0.0\n"
        "  mend:  Remove one of the two.",
    ),
    (
        "empty values",
        [("{0: 90..100, 10: 0..5}", "{}")],
        "dossier.yaml:64: talks.road.preferences.ARM.issues.fee.values: the list of values "
        "is empty\n"
        "  found: {}\n"
        "  mend:  State the worth at some points of 'fee', e.g. {0: 0, 10: 100}.",
    ),
    (
        "amount outside",
        [
            (
                "land: {rank: 2, values: {0: 0..10, 100: 90..100}}",
                "land: {rank: 2, values: {0: 0..10, 120: 90..100}}",
            )
        ],
        "dossier.yaml:75: talks.road.preferences.BLR.issues.land.values.120: an amount from "
        "0 to 100 was expected\n"
        "  found: 120\n"
        "  mend:  State the worth at some amounts of 'land', e.g. {0: 0, 100: 100}.",
    ),
    (
        "too many divisions",
        [
            ("mediator: KAZ\n", "\n"),
            ("total: 100, unit: km², parts: 4", "total: 100, unit: km², parts: 4000"),
            ("parties: [ARM, BLR]", "parties: [ARM, BLR, KAZ]"),
        ],
        "dossier.yaml:59: talks.road.issues.land.divisible.parts: so many parts can be "
        "divided among 3 parties in 8,006,001 ways, and an issue has at most 10,000 options\n"
        "  found: 4000\n"
        "  mend:  Cut it into at most 139 parts.",
    ),
    (
        "empty options",
        [("options: {none: no road, joint: a road of both, own: of ARM alone}", "options: []")],
        "dossier.yaml:56: talks.road.issues.route: the list of options is empty\n"
        "  found: {track: links, options: [], reversion: none}\n"
        "  mend:  Write one of `options: [none, some, all]`, `grid: {low: 0, high: 10, step: "
        "1}` or `divisible: {total: 100}`.",
    ),
    (
        "option twice",
        [
            (
                "options: {none: no road, joint: a road of both, own: of ARM alone}",
                "options: [none, none]",
            )
        ],
        "dossier.yaml:56: talks.road.issues.route.options: an option is listed twice\n"
        "  found: [none, none]\n"
        "  mend:  List each option once.",
    ),
    (
        "no space",
        [("options: {none: no road, joint: a road of both, own: of ARM alone},", "")],
        "dossier.yaml:56: talks.road.issues.route: an issue has either options, a grid or a "
        "divisible quantity\n"
        "  found: {track: links, reversion: none}\n"
        "  mend:  Write one of `options: [none, some, all]`, `grid: {low: 0, high: 10, step: "
        "1}` or `divisible: {total: 100}`.",
    ),
    (
        "two spaces",
        [
            (
                "grid: {low: 0, high: 10, step: 2.5, unit: million}",
                "grid: {low: 0, high: 10, step: 2.5}, options: [a]",
            )
        ],
        "dossier.yaml:58: talks.road.issues.fee: an issue has either options, a grid or a "
        "divisible quantity\n"
        "  found: {track: money, grid: {low: 0, high: 10, step: 2.5}, options: [a], "
        "reversion: 0}\n"
        "  mend:  Write one of `options: [none, some, all]`, `grid: {low: 0, high: 10, step: "
        "1}` or `divisible: {total: 100}`.",
    ),
    (
        "grid backwards",
        [("low: 0, high: 10", "low: 10, high: 0")],
        "dossier.yaml:58: talks.road.issues.fee.grid: a grid runs from its lowest to its "
        "highest point\n"
        "  found: {low: 10, high: 0, step: 2.5, unit: million}\n"
        "  mend:  Write e.g. {low: 0, high: 10, step: 0.5}.",
    ),
    (
        "grid too fine",
        [("step: 2.5", "step: 0.0001")],
        "dossier.yaml:58: talks.road.issues.fee.grid: a grid has at most 10,000 points; this "
        "step is too small\n"
        "  found: {low: 0, high: 10, step: 0.0001, unit: million}\n"
        "  mend:  Write e.g. {low: 0, high: 10, step: 0.5}.",
    ),
    (
        "grid step 0",
        [("step: 2.5", "step: 0")],
        "dossier.yaml:58: talks.road.issues.fee.grid.step: a number above 0 was expected\n"
        "  found: 0\n"
        "  mend:  Change the number.",
    ),
    (
        "grid inf",
        [("high: 10", "high: .inf")],
        "dossier.yaml:58: talks.road.issues.fee.grid.high: a number was expected\n"
        "  found: Infinity\n"
        "  mend:  Write the number alone, without quotes or unit.",
    ),
    (
        "grid points alike",
        [("low: 0, high: 10, step: 2.5", "low: 1e15, high: 1000000000000010, step: 2.5")],
        "dossier.yaml:58: talks.road.issues.fee.grid.step: the step is so small next to the "
        "points that they cannot be told apart\n"
        "  found: 2.5\n"
        "  mend:  Count in a larger unit, or from a nearer zero.",
    ),
    (
        "reversion unknown",
        [("reversion: none", "reversion: nowhere")],
        "dossier.yaml:57: talks.road.issues.route.reversion: 'route' has no option of this "
        "name\n"
        "  found: nowhere\n"
        "  mend:  Its options are: none, joint, own.",
    ),
    (
        "reversion off grid",
        [("unit: million}, reversion: 0", "unit: million}, reversion: 1")],
        "dossier.yaml:58: talks.road.issues.fee.reversion: 'fee' has no option of this name\n"
        "  found: 1\n"
        "  mend:  Its points run from 0 to 10 in steps of 2.5.",
    ),
    (
        "reversion range",
        [("unit: million}, reversion: 0", "unit: million}, reversion: 0..5")],
        "dossier.yaml:58: talks.road.issues.fee.reversion: 'fee' has no option of this name\n"
        "  found: 0..5\n"
        "  mend:  Its points run from 0 to 10 in steps of 2.5.",
    ),
    (
        "division unknown",
        [("reversion: 50/50", "reversion: 60/40")],
        "dossier.yaml:59: talks.road.issues.land.reversion: 'land' has no option of this name\n"
        "  found: 60/40\n"
        "  mend:  Did you mean '50/50'? Its options are divisions ARM/BLR such as 100/0, "
        "75/25, 50/50, 25/75, … (5 in all).",
    ),
    (
        "interaction of three",
        [("when: {route: joint, fee: 5..10}", "when: {route: joint}")],
        "dossier.yaml:66: talks.road.preferences.ARM.interactions.toll: options of exactly "
        "two issues were expected\n"
        "  found: {when: {route: joint}, worth: -3..-1}\n"
        "  mend:  Write e.g. `when: {road: joint, fee: 5..10}`.",
    ),
    (
        "red line unknown option",
        [("never: {fee: 10}", "never: {fee: 12}")],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees.never.fee: 'fee' has no "
        "option of this name\n"
        "  found: 12\n"
        "  mend:  Its points run from 0 to 10 in steps of 2.5.",
    ),
    (
        "red line no option",
        [("never: {fee: 10}", "never: {fee: []}")],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees.never.fee: no option is "
        "picked\n"
        "  found: []\n"
        "  mend:  Name at least one.",
    ),
    (
        "red line nothing",
        [("never: {fee: 10}", "never: {}")],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees.never: the combination "
        "names no issue\n"
        "  found: {}\n"
        "  mend:  Name at least one issue and its option.",
    ),
    (
        "red line everything",
        [("never: {fee: 10}", "never: {fee: 0..10}")],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees: this red line of 'ARM' "
        "rules out every package\n"
        "  mend:  Leave at least one option of one of its issues out of it.",
    ),
    (
        "likelihood",
        [("likelihood: 0.7", "likelihood: 70")],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees.likelihood: a number of "
        "at most 1 was expected\n"
        "  found: 70\n"
        "  mend:  Change the number.",
    ),
    (
        "link kind",
        [("kind: if_then", "kind: if then")],
        "dossier.yaml:77: talks.road.links.pays: a link has a kind: if_then, together (both "
        "or neither) or cap\n"
        "  found: {kind: if then, if: {route: joint}, then: {fee: [5..10]}}\n"
        "  mend:  Did you mean 'kind: if_then'?",
    ),
    (
        "link kind none",
        [("kind: if_then, ", "")],
        "dossier.yaml:77: talks.road.links.pays: a link has a kind: if_then, together (both "
        "or neither) or cap\n"
        "  found: {if: {route: joint}, then: {fee: [5..10]}}\n"
        "  mend:  Write e.g. {kind: if_then, if: {road: joint}, then: {fee: 0}}.",
    ),
    (
        "link unknown kind",
        [("kind: cap", "kind: sometimes")],
        "dossier.yaml:79: talks.road.links.cost: a link has a kind: if_then, together (both "
        "or neither) or cap\n"
        "  found: {kind: sometimes, sum: {fee: 1, land: {ARM: 0.1}}, at_most: 12..14}\n"
        "  mend:  Write e.g. {kind: if_then, if: {road: joint}, then: {fee: 0}}.",
    ),
    (
        "link field",
        [("then: {fee: [5..10]}", "than: {fee: [5..10]}")],
        "dossier.yaml:77: talks.road.links.pays.than: there is no field of this name\n"
        "  found: than\n"
        "  mend:  Did you mean 'then'? Fields here: kind, if, then, basis, from, note.",
    ),
    (
        "link unknown issue",
        [("then: {fee: [5..10]}", "then: {fees: [5..10]}")],
        "dossier.yaml:77: talks.road.links.pays.then.fees: there is no issue of this name\n"
        "  found: fees\n"
        "  mend:  Did you mean 'fee'? Otherwise add 'fees' to `issues` of talks.road.",
    ),
    (
        "link unknown part",
        [("{land: ARM 0..25}", "{land: RUS 0..25}")],
        "dossier.yaml:78: talks.road.links.fair.these[1].land: 'land' has no option of this "
        "name\n"
        "  found: RUS 0..25\n"
        "  mend:  Its options are divisions ARM/BLR such as 100/0, 75/25, 50/50, 25/75, … (5 "
        "in all).",
    ),
    (
        "link everything",
        [("at_most: 12..14", "at_most: -5..-1")],
        "dossier.yaml:79: talks.road.links.cost: this link rules out every package\n"
        "  mend:  Widen it, or remove it: nothing could ever be agreed.",
    ),
    (
        "links contradict",
        [
            (
                "pays: {kind: if_then, if: {route: joint}, then: {fee: [5..10]}}",
                "a: {kind: if_then, if: {route: [joint, own, none]}, "
                "then: {fee: 5..10}}\n"
                "      b: {kind: if_then, if: {land: ARM 0..100}, then: {fee: 0..2.5}}",
            )
        ],
        "dossier.yaml:77: talks.road.links.a: these links contradict each other: together "
        "they rule out every package\n"
        "  found: a, b\n"
        "  mend:  Widen one of them, or remove it.",
    ),
    (
        "together one",
        [("[{route: own}, {land: ARM 0..25}]", "[{route: own}]")],
        "dossier.yaml:78: talks.road.links.fair.these: the list needs at least 2 entries\n"
        "  found: [{route: own}]\n"
        "  mend:  Write at least 2 entries.",
    ),
    (
        "cap factor for options",
        [("sum: {fee: 1, land: {ARM: 0.1}}", "sum: {route: 1}")],
        "dossier.yaml:79: talks.road.links.cost.sum.route: a single factor belongs to a "
        "grid, and this issue has named options\n"
        "  found: 1.0\n"
        "  mend:  Give an amount for each option.",
    ),
    (
        "cap factor for land",
        [("sum: {fee: 1, land: {ARM: 0.1}}", "sum: {land: 1}")],
        "dossier.yaml:79: talks.road.links.cost.sum.land: a single factor belongs to a grid, "
        "and this issue is a quantity to divide\n"
        "  found: 1.0\n"
        "  mend:  Give a factor for each party.",
    ),
    (
        "cap stranger",
        [("land: {ARM: 0.1}", "land: {ARN: 0.1}")],
        "dossier.yaml:79: talks.road.links.cost.sum.land.ARN: the sum takes a factor for "
        "each party of the talks\n"
        "  found: ARN\n"
        "  mend:  Did you mean 'ARM'? The parties are: ARM, BLR.",
    ),
    (
        "cap option",
        [("sum: {fee: 1, land: {ARM: 0.1}}", "sum: {route: {jont: 1}}")],
        "dossier.yaml:79: talks.road.links.cost.sum.route.jont: 'route' has no option of "
        "this name\n"
        "  found: jont\n"
        "  mend:  Did you mean 'joint'? Its options are: none, joint, own.",
    ),
    (
        "cap nan",
        [("sum: {fee: 1", "sum: {fee: .nan")],
        "dossier.yaml:79: talks.road.links.cost.sum.fee: a mapping or a number was expected\n"
        "  found: NaN\n"
        "  mend:  Expected: issue to the amount of each option, unlisted: 0; of a grid also "
        "a factor, of a divisible quantity a factor for each party.",
    ),
    (
        "cap text",
        [("sum: {fee: 1", "sum: {fee: much")],
        "dossier.yaml:79: talks.road.links.cost.sum.fee: a mapping or a number was expected\n"
        "  found: much\n"
        "  mend:  Expected: issue to the amount of each option, unlisted: 0; of a grid also "
        "a factor, of a divisible quantity a factor for each party.",
    ),
    (
        "proportions some",
        [("proportions: {ARM: 2, BLR: 1}", "proportions: {ARM: 2}")],
        "dossier.yaml:80: talks.road.proportions: proportions are given for some parties and "
        "not for others\n"
        "  found: nothing for BLR\n"
        "  mend:  Give one for every party, or none at all.",
    ),
    (
        "proportions none",
        [("proportions: {ARM: 2, BLR: 1}", "proportions: {ARM: 0, BLR: 0}")],
        "dossier.yaml:80: talks.road.proportions.ARM: a number above 0 was expected\n"
        "  found: 0\n"
        "  mend:  Write e.g. 29 or 0.5.\n"
        "  more:  1 other problem, the next at dossier.yaml:80: talks.road.proportions.BLR.",
    ),
    (
        "proportion of nothing",
        [("proportions: {ARM: 2, BLR: 1}", "proportions: {ARM: 2, BLR: 0}")],
        "dossier.yaml:80: talks.road.proportions.BLR: a number above 0 was expected\n"
        "  found: 0\n"
        "  mend:  Write e.g. 29 or 0.5.",
    ),
    (
        "total beyond counting",
        [("divisible: {total: 100", "divisible: {total: 1e308")],
        "dossier.yaml:59: talks.road.issues.land.divisible.total: a number of at most 1e+30 was "
        "expected\n"
        "  found: 1e+308\n"
        "  mend:  Change the number.",
    ),
    (
        "grid beyond counting",
        [("grid: {low: 0, high: 10", "grid: {low: -1e308, high: 10")],
        "dossier.yaml:58: talks.road.issues.fee.grid.low: a number of at least -1e+30 was "
        "expected\n"
        "  found: -1e+308\n"
        "  mend:  Change the number.",
    ),
    (
        "weights as given too large",
        [
            ("    mediator: KAZ\n", "    mediator: KAZ\n    weights: as_given\n"),
            ("land: {weight: 1..2}", "land: {weight: 1e6..1e7}"),
        ],
        "dossier.yaml:66: talks.road.preferences.ARM.issues.land.weight: with weights as given, "
        "the utility of 'ARM' could pass 1,000,000,000 points, where ties can no longer be told\n"
        "  found: a weight of 1000000..10000000, and worth of up to 100\n"
        "  mend:  Count in larger units: divide its weights, its reservation value and what "
        "options are worth together by one number.",
    ),
    (
        "proportions stranger",
        [("proportions: {ARM: 2, BLR: 1}", "proportions: {ARM: 2, BLR: 1, KAZ: 1}")],
        "dossier.yaml:80: talks.road.proportions.KAZ: there is no party of this name\n"
        "  found: KAZ\n"
        "  mend:  Add 'KAZ' to `parties` of talks.road, or use one of: ARM, BLR.",
    ),
    (
        "package incomplete",
        [("{route: joint, fee: 7.5, land: 50/50}, by", "{route: joint, fee: 7.5}, by")],
        "dossier.yaml:81: talks.road.proposals.first.package: a package settles every issue, "
        "and this one does not\n"
        "  found: nothing on land\n"
        "  mend:  Add an option for land.",
    ),
    (
        "package option",
        [("{route: joint, fee: 7.5, land: 50/50}, by", "{route: joint, fee: 7, land: 50/50}, by")],
        "dossier.yaml:81: talks.road.proposals.first.package.fee: 'fee' has no option of "
        "this name\n"
        "  found: 7\n"
        "  mend:  Its points run from 0 to 10 in steps of 2.5.",
    ),
    (
        "package by",
        [("by: KAZ", "by: KZA")],
        "dossier.yaml:81: talks.road.proposals.first.by: there is no actor of this name\n"
        "  found: KZA\n"
        "  mend:  Did you mean 'KAZ'? Otherwise add 'KZA' to `actors`.",
    ),
    (
        "draft option",
        [("draft: {route: none", "draft: {route: nothing")],
        "dossier.yaml:83: talks.road.text.draft.route: 'route' has no option of this name\n"
        "  found: nothing\n"
        "  mend:  Its options are: none, joint, own.",
    ),
    (
        "claim beyond",
        [("at_least: 95 %", "at_least: 195 %")],
        "dossier.yaml:82: talks.road.claims.most.at_least: a share lies between 0 and 1\n"
        "  found: 195 %\n"
        "  mend:  Write e.g. 2/3.",
    ),
    (
        "claim stranger",
        [("{at_least: 95 %,", "{at_least: 95 %, parties: [KAZ],")],
        "dossier.yaml:82: talks.road.claims.most.parties[0]: there is no party of this name\n"
        "  found: KAZ\n"
        "  mend:  Add 'KAZ' to `parties` of talks.road, or use one of: ARM, BLR.",
    ),
    (
        "statement",
        [("at_most: 12..14}", "at_most: 12..14, from: [arm-want]}")],
        "dossier.yaml:79: talks.road.links.cost.from[0]: there is no statement of this name\n"
        "  found: arm-want\n"
        "  mend:  Did you mean 'arm-wants'? Otherwise add 'arm-want' to `statements`.",
    ),
    (
        "statement2",
        [
            (
                "likelihood: 0.7, basis: stated, from: [arm-wants]",
                "likelihood: 0.7, basis: stated, from: [x]",
            )
        ],
        "dossier.yaml:69: talks.road.preferences.ARM.red_lines.fees.from[0]: there is no "
        "statement of this name\n"
        "  found: x\n"
        "  mend:  Add 'x' to `statements`, or use one of: arm-wants.",
    ),
    (
        "assumed",
        [("land: {weight: 1..2}", "land: {weight: 1..2, assumed: [wieght]}")],
        "dossier.yaml:65: talks.road.preferences.ARM.issues.land.assumed[0]: one of weight, "
        "rank, values, lights was expected\n"
        "  found: wieght\n"
        "  mend:  Did you mean 'weight'?",
    ),
    (
        "changes",
        [("text: {draft", "text: {changes: 0, draft")],
        "dossier.yaml:83: talks.road.text.changes: a number of at least 1 was expected\n"
        "  found: 0\n"
        "  mend:  Change the number.",
    ),
    (
        "disclosed",
        [("reservation: 5..20", "reservation: 5..20\n        disclosed: all")],
        "dossier.yaml:68: talks.road.preferences.ARM.disclosed: one of nothing, order, "
        "bands, exact was expected\n"
        "  found: all\n"
        "  mend:  Write one of: nothing, order, bands, exact.",
    ),
    (
        "weights",
        [("mediator: KAZ", "mediator: KAZ\n    weights: parts")],
        "dossier.yaml:54: talks.road.weights: one of shares, as_given was expected\n"
        "  found: parts\n"
        "  mend:  Write one of: shares, as_given.",
    ),
    (
        "no issues",
        [("text: {draft: {route: none, fee: 0, land: 50/50}}", "text: {draft: {}}")],
        "dossier.yaml:83: talks.road.text.draft: a package settles every issue, and this one "
        "does not\n"
        "  found: nothing on route, fee, land\n"
        "  mend:  Add an option for route, fee, land.",
    ),
]


@pytest.mark.parametrize(
    ("changes", "message"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_bad_talks_get_one_message(changes: list[tuple[str, str]], message: str):
    """Talks that cannot stand are told where they are wrong, what was found and how to mend it."""
    with pytest.raises(DossierError) as caught:
        loads(spoiled(WITH_TALKS, *changes))
    assert str(caught.value) == message


def test_the_talks_themselves_are_good():
    """Without a change the talks are read, so that each message is due to its change."""
    assert loads(spoiled(WITH_TALKS)).talks["road"].mediator == "KAZ"
