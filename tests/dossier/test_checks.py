"""Each named check finds what it asks for, and nothing in a dossier that is in order."""

from __future__ import annotations

import pytest

from comity.dossier import CHECKS, check, refuse_hindsight
from comity.errors import DossierError
from dossier.samples import WITH_TALKS, dossier

RUS = ("  KAZ: {name: Kazakhstan}", "  KAZ: {name: Kazakhstan}\n  RUS: {name: Russia}")
PRESIDENCY = "presidency: {order: [ARM, BLR, KAZ], holder: ARM, until: 2022-11-23}"
SAID = (
    "{speaker: x, for: ARM, standing: official, on: 2022-11-01, source: paper, locator: p, gist: y}"
)
ON_TEXT = "KAZ: {ideal: 0..100}"
WANTS = "accepts: [20..30, 100], salience: 90, basis: stated, from: [arm-wants]"

# check; changes to the good dossier; where it finds what, in full
FOUND: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "unseated_actor",
        [RUS, (ON_TEXT, f"{ON_TEXT}\n    RUS: {{ideal: 0..100}}")],
        "positions.text.RUS",
        "Actor 'RUS' holds a position on 'text' but has no seat in 'csto', so nothing is read "
        "from it. Seat it in bodies.csto.members, or remove the position.",
    ),
    (
        "unseated_actor",
        [RUS, ("concessions: {ARM: {ideal: 60..80, from: [arm-wants]}}", "concessions: {RUS: {}}")],
        "agenda.text.rounds[0].concessions.RUS",
        "Actor 'RUS' concedes something on 'text' but has no seat in 'csto'. Seat it in "
        "bodies.csto.members, or remove the concession.",
    ),
    (
        "unseated_actor",
        [RUS, (f"    {PRESIDENCY}", f"    {PRESIDENCY}\n    blocs: {{big: [RUS, KAZ]}}")],
        "bodies.csto.blocs.big",
        "Actor 'RUS' belongs to the bloc 'big' but has no seat in 'csto'. Seat it in "
        "bodies.csto.members, or take it out of the bloc.",
    ),
    (
        "unseated_actor",
        [RUS, ("positions: {text: {BLR:", "positions: {text: {RUS:")],
        "codings.rival.positions.text.RUS",
        "Actor 'RUS' holds a position on 'text' but has no seat in 'csto', so nothing is read "
        "from it. Seat it in bodies.csto.members, or remove the position.",
    ),
    (
        "unused_actor",
        [RUS],
        "actors.RUS",
        "Nothing refers to actor 'RUS'. Give it a seat, a position or a statement, or remove it.",
    ),
    (
        "member_without_position",
        [(f"    {ON_TEXT}\n", "")],
        "positions.text.KAZ",
        "'KAZ' has a seat in 'csto' but no position on 'text', so it may want anything and care "
        "any amount. Add the position, as wide as you are unsure.",
    ),
    (
        "item_without_positions",
        [("agenda:\n", "agenda:\n  idle: {body: csto, reversion: 0}\n")],
        "agenda.idle",
        "Nobody holds a position on 'idle', so every member may want anything. Add "
        "positions.idle, or take the item off the agenda.",
    ),
    (
        "ideal_outside_acceptance",
        [("accepts: [20..30, 100]", "accepts: [0, 70..90]")],
        "positions.text.ARM.ideal",
        "'ARM' would object to its own ideal on 'text': the ideal lies outside `accepts` in some "
        "draws. Widen what it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [("accepts: [20..30, 100]", "accepts: [0, 70]")],
        "positions.text.ARM.ideal",
        "'ARM' would object to its own ideal on 'text': the ideal lies outside `accepts` in every "
        "draw. Widen what it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [("accepts: [20..30, 100]", "floor: 70..85")],
        "positions.text.ARM.ideal",
        "'ARM' would object to its own ideal on 'text': the ideal lies beyond its own `floor` in "
        "some draws. Widen what it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [(ON_TEXT, "KAZ: {ideal: 10..20, floor: 30}"), ("reversion: 0\n", "reversion: 0..5\n")],
        "positions.text.KAZ.ideal",
        "'KAZ' would object to its own ideal on 'text': the ideal lies beyond its own `floor` in "
        "every draw. Widen what it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [(ON_TEXT, "KAZ: {ideal: 40..60, floor: 30}"), ("reversion: 0\n", "reversion: 70\n")],
        "positions.text.KAZ.ideal",
        "'KAZ' would object to its own ideal on 'text': the ideal lies beyond its own `floor` in "
        "every draw. Widen what it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [("BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {ideal: within, accepts: [outside]}")],
        "positions.views.BLR.ideal",
        "'BLR' would object to its own ideal on 'views': `accepts` leaves out 'within'. Widen what "
        "it accepts, or correct the ideal.",
    ),
    (
        "ideal_outside_acceptance",
        [("values: {within: 20..40}", "values: {within: 20..40}, accepts: []")],
        "positions.views.KAZ.ideal",
        "'KAZ' would object to its own ideal on 'views': `accepts` leaves out 'within'. Widen what "
        "it accepts, or correct the ideal.",
    ),
    (
        "accepts_backwards",
        [("accepts: [20..30, 100]", "accepts: [100, 20..30]")],
        "positions.text.ARM.accepts",
        "What 'ARM' accepts on 'text' runs backwards in every draw: the lowest acceptable text "
        "lies above the highest. Write the lower bound first, and ranges that do not overlap.",
    ),
    (
        "accepts_backwards",
        [("accepts: [20..30, 100]", "accepts: [20..90, 85..100]")],
        "positions.text.ARM.accepts",
        "What 'ARM' accepts on 'text' runs backwards in some draws: the lowest acceptable text "
        "lies above the highest. Write the lower bound first, and ranges that do not overlap.",
    ),
    (
        "requirement_cycle",
        [("reversion: outside}", "reversion: outside, requires: [text]}")],
        "agenda.views.requires",
        "These items wait for each other, so none can be adopted: views requires text requires "
        "views. Remove one of the requirements.",
    ),
    (
        "requires_untabled",
        [("reversion: 0\n", "reversion: 0\n    requires: [views]\n")],
        "agenda.text.requires",
        "'text' requires 'views', where no draft is tabled, so any text that could pass there is "
        "taken to be enough. Table a draft there, or remove the requirement.",
    ),
    (
        "tabled_says_nothing",
        [("tabled: 80..100", "tabled: 5")],
        "agenda.text.tabled",
        "The draft tabled on 'text' lies within the smallest step of the reversion, so it says "
        "nothing. Table a text that says something, or lower smallest_step.",
    ),
    (
        "tabled_says_nothing",
        [("tabled: 80..100", "tabled: {mean: 12, sd: 4}")],
        "agenda.text.tabled",
        "The draft tabled on 'text' lies within the smallest step of the reversion in some draws, "
        "and says nothing there. Table a text that says something, or lower smallest_step.",
    ),
    (
        "tabled_says_nothing",
        [("tabled: 50", "tabled: 0")],
        "agenda.text.rounds[0].tabled",
        "The draft tabled on 'text' lies within the smallest step of the reversion, so it says "
        "nothing. Table a text that says something, or lower smallest_step.",
    ),
    (
        "tabled_says_nothing",
        [("reversion: outside}", "reversion: outside, tabled: outside, by: ARM}")],
        "agenda.views.tabled",
        "The draft tabled on 'views' is the reversion, so adopting it changes nothing. Table a "
        "text that says something.",
    ),
    (
        "step_beyond_scale",
        [("    reversion: 0\n", "    reversion: 30..40\n    smallest_step: 71\n")],
        "agenda.text.smallest_step",
        "No text on 'text' lies as far from the reversion as the smallest step in any draw, so "
        "none says anything and none can pass. Lower smallest_step.",
    ),
    (
        "step_beyond_scale",
        [("    reversion: 0\n", "    reversion: 0..60\n    smallest_step: 40..51\n")],
        "agenda.text.smallest_step",
        "No text on 'text' lies as far from the reversion as the smallest step in some draws, so "
        "none says anything there and none can pass. Lower smallest_step.",
    ),
    (
        "nobody_tables",
        [("    by: ARM\n", "")],
        "agenda.text.by",
        "A draft is tabled on 'text', and nobody is named who tabled it. Name the actor in `by`.",
    ),
    (
        "competence_without_views",
        [(", item: views", "")],
        "agenda.text.competence.item",
        "Competence on 'text' is in question, but no item holds the views on it, so the "
        "presumption 'outside' always holds. Add an item with the options outside and within, and "
        "name it here.",
    ),
    (
        "competence_without_views",
        [
            ("    ARM: {ideal: within, basis: inferred, from: [arm-wants]}\n", ""),
            ("    BLR: {ideal: {outside: 0.7, within: 0.3}}\n", ""),
            ("  views:\n    KAZ: {values: {within: 20..40}}\n", ""),
        ],
        "positions.views",
        "Competence on 'text' is settled by the members' views on 'views', and there are none, so "
        "each may go either way. Add their positions.",
    ),
    (
        "competence_without_views",
        [
            ("presumption: outside,", "presumption: outside, decided_by: chair,"),
            ("    ARM: {ideal: within, basis: inferred, from: [arm-wants]}\n", ""),
        ],
        "positions.views.ARM",
        "'ARM' settles competence on 'text', but holds no position on 'views', so it may go either "
        "way. Add the position.",
    ),
    (
        "competence_without_views",
        [
            ("presumption: outside,", "presumption: outside, decided_by: chair,"),
            (f"    {PRESIDENCY}\n", ""),
        ],
        "agenda.text.competence.decided_by",
        "The chair is to settle competence on 'text', and nobody chairs 'csto', so the presumption "
        "'outside' always holds. Add bodies.csto.presidency, or name who settles it.",
    ),
    (
        "presumed_fact",
        [
            (
                "      name: Charter",
                "      name: Charter\n      facts: {late: {says: it is late, presumed: false}}",
            ),
            (
                "rule: consensus",
                "rule: {kind: depends, on: late, then: consensus, otherwise: consensus}",
            ),
            ("rule: procedural, ", ""),
            ("  views: {body: csto,", "  views: {body: csto, facts: {late: true},"),
        ],
        "agenda.text.procedure",
        "The procedure 'substantive' turns on a fact that is presumed not to hold: it is late. "
        "Say so in agenda.text.facts: {late: true} or false.",
    ),
    (
        "consent_taken_for_given",
        [("rule: consensus", "rule: consensus, consent: procedural"), ("rule: procedural, ", "")],
        "bodies.csto.charter",
        "The procedure 'substantive' of 'csto', used for 'views' and 'text', may be used only if "
        "the body agrees to that under 'procedural'. A forecast takes this for given; put the "
        "question on the agenda as an item of its own if it is open.",
    ),
    (
        "unnamed_group",
        [
            (
                "      name: Charter",
                "      name: Charter\n      groups: {parties: {says: parties to it}}",
            ),
            ("rule: consensus", "rule: {kind: excluding, members: parties, rule: consensus}"),
            ("rule: procedural, ", ""),
            ("  views: {body: csto,", "  views: {body: csto, groups: {parties: []},"),
        ],
        "agenda.text.procedure",
        "The procedure 'substantive' is read as if the group were empty: nobody is said to belong "
        "to the group 'parties' (parties to it). Name its members in agenda.text.groups, or [] if "
        "there are none.",
    ),
    (
        "untried_procedure",
        [
            ("      name: Charter", "      name: Charter\n      facts: {late: {says: it is late}}"),
            (
                "        procedural:",
                "        other: {rule: {kind: fact, fact: late}}\n        procedural:",
            ),
            ("  views: {body: csto,", "  views: {body: csto, facts: {late: true},"),
        ],
        "agenda.text.procedure",
        "The procedure 'other' of 'csto' is not tried beside the item's own: nothing says whether "
        "it is late.",
    ),
    (
        "unverified_clause",
        [("verified: text", "verified: memory"), ("rule: procedural, ", "")],
        "bodies.csto.charter",
        "The procedure 'substantive' of 'csto', used for 'views' and 'text', rests on a clause "
        "written from memory (Art. 12). Check it against the text, and look at what another "
        "procedure would change.",
    ),
    (
        "unverified_clause",
        [("at_least: 2/3}, clause: art12", "at_least: 2/3}")],
        "bodies.csto.charter",
        "The procedure 'procedural' of 'csto', used for 'text', names no clause it rests on. Check "
        "it against the text, and look at what another procedure would change.",
    ),
    (
        "later_charter",
        [("      name: Charter", "      name: Charter\n      as_of: 2023-01-01")],
        "bodies.csto.charter",
        "The charter of 'csto' is described as of 2023-01-01, after the day of the dossier, "
        "2022-11-22. Make sure that the procedures were the same then.",
    ),
    (
        "charter_of_another_time",
        [("      name: Charter", "      name: Charter\n      since: 2022-11-23")],
        "bodies.csto.charter",
        "The charter of 'csto' describes its seats and rules from 2022-11-23, which the day of the "
        "dossier, 2022-11-22, is not within. Make sure that they were the same then, or spell out "
        "the charter of that day.",
    ),
    (
        "charter_of_another_time",
        [("at_least: 2/3}, clause: art12", "at_least: 2/3}, clause: art12, until: 2022-11-21")],
        "bodies.csto.charter",
        "The procedure 'procedural' of 'csto', used for 'text', holds until 2022-11-21, not on the "
        "day of the dossier, 2022-11-22. Use one that held then.",
    ),
    (
        "members_unlike_charter",
        [("      name: Charter", "      name: Charter\n      members: [ARM, BLR, TJK]")],
        "bodies.csto.members",
        "'KAZ' and 'TJK' stand in only one of the two: the members of 'csto' and those its charter "
        "lists. Correct the members, or spell out a charter without a list.",
    ),
    (
        "presidency_lapsed",
        [("until: 2022-11-23", "until: 2022-11-21")],
        "bodies.csto.presidency.until",
        "The presidency of 'ARM' ended on 2022-11-21, before the day of the dossier, 2022-11-22; "
        "the next in order, 'BLR', is taken to chair. Name the holder on that day, or correct the "
        "date.",
    ),
    (
        "chair_without_seat",
        [RUS, ("order: [ARM, BLR, KAZ]", "order: [ARM, RUS]")],
        "bodies.csto.presidency.order",
        "'RUS' may chair 'csto' without a seat in it, and so without a position of their own. Seat "
        "them in bodies.csto.members, or take them out of the order.",
    ),
    (
        "coding_leaves_out",
        [("{BLR: {ideal: 0..5, salience: 60..90}}", "{BLR: {ideal: 0..5}}")],
        "codings.rival.positions.text.BLR",
        "The reading 'rival' replaces what 'BLR' holds on 'text' and leaves out 'salience', which "
        "is then unknown. Repeat it there, or say in `note` that it is meant to be unknown.",
    ),
    (
        "uncited_statement",
        [("statements:\n", f"statements:\n  idle: {SAID}\n")],
        "statements.idle",
        "Nobody cites the statement 'idle'. Cite it in the `from` of what rests on it, or remove "
        "it.",
    ),
    (
        "uncited_source",
        [("sources:\n", "sources:\n  idle: {title: x, outlet: y, published: 2022-01-01}\n")],
        "sources.idle",
        "No statement is taken from the source 'idle'. Take one from it, or remove it.",
    ),
    (
        "anachronism",
        [("published: 2022-11-20", "published: 2022-12-20")],
        "sources.paper.published",
        "The source 'paper' was published on 2022-12-20, after the day of the dossier, 2022-11-22. "
        "Remove it and what is taken from it, or move `as_of`.",
    ),
    (
        "anachronism",
        [("on: 2022-11-01", "on: 2022-12-01")],
        "statements.arm-wants.on",
        "The statement 'arm-wants' was made on 2022-12-01, after the day of the dossier, "
        "2022-11-22. Remove it, or move `as_of`.",
    ),
    (
        "statement_after_source",
        [("on: 2022-11-01", "on: 2022-11-21")],
        "statements.arm-wants.on",
        "The statement 'arm-wants' is dated 2022-11-21, but its source 'paper' was published on "
        "2022-11-20. Correct one of the dates.",
    ),
    (
        "stated_without_statement",
        [(ON_TEXT, "KAZ: {ideal: 0..100, basis: inferred}")],
        "positions.text.KAZ.from",
        "What 'KAZ' holds on 'text' is called inferred, but cites no statement. Cite one in "
        "`from`, or call it assumed.",
    ),
    (
        "stated_without_statement",
        [("{ideal: 60..80, from: [arm-wants]}", "{ideal: 60..80, basis: stated}")],
        "agenda.text.rounds[0].concessions.ARM.from",
        "What 'ARM' holds on 'text' is called stated, but cites no statement. Cite one in `from`, "
        "or call it assumed.",
    ),
    (
        "weak_standing",
        [("standing: official", "standing: faction"), ("basis: inferred, from: [arm-wants]", "")],
        "positions.text.ARM.from",
        "What the state 'ARM' holds on 'text' is called stated, but rests only on members of "
        "factions or persons speaking for themselves. Cite an official statement, or call it "
        "assumed.",
    ),
    (
        "statement_for_another",
        [(ON_TEXT, "KAZ: {ideal: 0..100, basis: stated, from: [arm-wants]}")],
        "positions.text.KAZ.from",
        "What 'KAZ' holds on 'text' is called stated, but no cited statement is made for it. Cite "
        "its own words, or call it inferred.",
    ),
    (
        "statement_for_another",
        [(ON_TEXT, "KAZ: {ideal: 0..100, basis: inferred, from: [arm-wants]}")],
        "positions.text.KAZ.from",
        "What 'KAZ' holds on 'text' is inferred only from what others said. Cite its own words, "
        "say in `note` why others' words will do, or call it assumed.",
    ),
    (
        "floor_without_basis",
        [(ON_TEXT, "KAZ: {ideal: 50..100, floor: 20..40}")],
        "positions.text.KAZ.floor",
        "'KAZ' finds weak texts on 'text' worse than none, and nothing says what that rests on. "
        "State the position's `basis`, or list floor under `assumed`.",
    ),
    (
        "assumed_but_certain",
        [(ON_TEXT, "KAZ: {ideal: 50, salience: 10..20, accepts: [0, 60]}")],
        "positions.text.KAZ",
        "What 'KAZ' holds on 'text' is assumed and yet certain: 'ideal' and 'accepts'. Write a "
        "range as wide as you are unsure, or state the basis.",
    ),
    (
        "assumed_but_certain",
        [(f"    {PRESIDENCY}", f"    {PRESIDENCY}\n    omega: 5")],
        "bodies.csto.omega",
        "What agreement as such is worth in 'csto' is assumed and yet certain. Write a range as "
        "wide as you are unsure.",
    ),
    (
        "assumed_but_certain",
        [
            WITH_TALKS,
            (
                "weight: 3..5, values: {none: 0, joint: 50..70",
                "weight: 3, values: {none: 0, joint: 50..70",
            ),
        ],
        "talks.road.preferences.ARM.issues.route",
        "What 'ARM' wants on 'route' is assumed and yet certain: 'weight'. Write a range as wide "
        "as you are unsure, or state the basis.",
    ),
    (
        "assumed_but_certain",
        [
            WITH_TALKS,
            (
                "{weight: 1..3, values: {0: 90..100, 10: 0..5}}",
                "{weight: 1..3, values: {0: 90, 10: 0}, basis: inferred, assumed: [values], "
                "from: [arm-wants]}",
            ),
        ],
        "talks.road.preferences.ARM.issues.fee",
        "What 'ARM' wants on 'fee' is assumed and yet certain: 'values'. Write a range as wide as "
        "you are unsure, or state the basis.",
    ),
    (
        "assumed_but_certain",
        [WITH_TALKS, ("reservation: 5..20", "reservation: 5")],
        "talks.road.preferences.ARM.reservation",
        "What no agreement is worth to 'ARM' is assumed and yet certain. Write a range as wide as "
        "you are unsure, or state the basis.",
    ),
    (
        "assumed_but_certain",
        [WITH_TALKS, ("worth: -3..-1", "worth: -3")],
        "talks.road.preferences.ARM.interactions.toll.worth",
        "What 'toll' is worth to 'ARM' is assumed and yet certain. Write a range as wide as you "
        "are unsure, or state the basis.",
    ),
    (
        "assumed_but_certain",
        [
            WITH_TALKS,
            (
                "weight: 3..5, values: {none: 0, joint: 50..70",
                "weight: 3, values: {none: 0, joint: 50..70",
            ),
            (
                "{weight: 1..3, values: {0: 90..100, 10: 0..5}}",
                "{weight: 1, values: {0: 90..100, 10: 0..5}}",
            ),
            ("reservation: 5..20", "reservation: 5"),
            ("worth: -3..-1", "worth: -3"),
        ],
        "talks.road.preferences.ARM",
        "Of what 'ARM' wants, 4 entries are assumed and yet certain: what no agreement is worth to "
        "it; 'weight' on 'route' and 'fee'; the worth of 'toll'. Write a range as wide as you are "
        "unsure, or state the basis.",
    ),
    (
        "grid_misses_its_end",
        [WITH_TALKS, ("high: 10, step: 2.5", "high: 11, step: 2.5")],
        "talks.road.issues.fee.grid",
        "Steps of 2.5 from 0 end at 10 and miss the highest point of 'fee', 11, which no package "
        "can hold. Choose a step that divides the range, or end it at 10.",
    ),
    (
        "reservation_unstated",
        [WITH_TALKS, (", reversion: 50/50", "")],
        "talks.road.preferences.BLR.reservation",
        "Nothing says what no agreement is worth to 'BLR', so it is taken to be 0 points. State "
        "`reservation`, or the `reversion` of 'land'.",
    ),
    (
        "issue_without_choice",
        [
            WITH_TALKS,
            ("high: 10, step", "high: 2, step"),
            (", fee: 5..10}, worth", ", fee: 0}, worth"),
            ("0: 90..100, 10: 0..5", "0: 9..10"),
            ("{0: 0, 10: 100}, basis", "{0: 5}, basis"),
            ("{fee: [5..10]}", "{fee: [0..2]}"),
            ("fees: {never: {fee: 10}", "fees: {never: {route: own}"),
            ("fee: 7.5", "fee: 0"),
        ],
        "talks.road.issues.fee",
        "The issue 'fee' has one option, '0', so there is nothing to choose. Add what else could "
        "be agreed, or remove the issue.",
    ),
    (
        "issue_without_dispute",
        [WITH_TALKS, ("{0: 90..100, 10: 0..5}", "{0: 0..5, 10: 90..100}")],
        "talks.road.issues.fee",
        "No party wants anything better on 'fee' than '10', so nothing is in dispute there. Make "
        "sure that this is so; then it may be left out.",
    ),
    (
        "issue_on_no_track",
        [WITH_TALKS, ("land: {track: links, ", "land: {")],
        "talks.road.issues.land.track",
        "The issue 'land' belongs to no track, and these talks have some: 'links' and 'money'. "
        "Name its `track`.",
    ),
    (
        "track_without_issues",
        [WITH_TALKS, ("money: {}}", "money: {}, border: {}}")],
        "talks.road.tracks.border",
        "No issue belongs to the track 'border'. Name it as the `track` of one, or remove it.",
    ),
    (
        "link_never_bites",
        [WITH_TALKS, ("at_most: 12..14", "at_most: 20..30")],
        "talks.road.links.cost",
        "Every package keeps to the link 'cost' anyhow, so it changes nothing. Lower its bound, or "
        "remove it.",
    ),
    (
        "link_never_bites",
        [WITH_TALKS, ("then: {fee: [5..10]}", "then: {fee: 0..10}")],
        "talks.road.links.pays",
        "Every package keeps to the link 'pays' anyhow, so it changes nothing. Narrow it, or "
        "remove it.",
    ),
    (
        "red_line_without_basis",
        [WITH_TALKS, ("likelihood: 0.7, basis: stated, from: [arm-wants]}", "likelihood: 0.7}")],
        "talks.road.preferences.ARM.red_lines.fees",
        "The red line 'fees' of 'ARM' shuts out packages, and nothing says what it rests on. State "
        "its `basis`, and whose word it is in `from`.",
    ),
    (
        "red_line_without_basis",
        [
            WITH_TALKS,
            (
                "            basis: inferred, from: [arm-wants], note: as ARM reports it}",
                "            note: as ARM reports it}",
            ),
        ],
        "talks.road.preferences.BLR.issues.route.lights",
        "'BLR' says no to options of 'route', which makes them red lines, and nothing says what "
        "that rests on. State the `basis`, or list lights under `assumed`.",
    ),
    (
        "claim_without_statement",
        [WITH_TALKS, ("{at_least: 95 %, from: [arm-wants]}", "{at_least: 95 %}")],
        "talks.road.claims.most",
        "The claim 'most' is to be tested, and nothing says who made it. Cite the statement in "
        "`from`, or say in `note` that it is your own.",
    ),
    (
        "stated_without_statement",
        [
            WITH_TALKS,
            (
                "likelihood: 0.7, basis: stated, from: [arm-wants]}",
                "likelihood: 0.7, basis: stated}",
            ),
        ],
        "talks.road.preferences.ARM.red_lines.fees.from",
        "The red line 'fees' of 'ARM' is called stated, but cites no statement. Cite one in "
        "`from`, or call it assumed.",
    ),
    (
        "stated_without_statement",
        [WITH_TALKS, ("at_most: 12..14}", "at_most: 12..14, basis: inferred}")],
        "talks.road.links.cost.from",
        "The link 'cost' is called inferred, but cites no statement. Cite one in `from`, or call "
        "it assumed.",
    ),
    (
        "statement_for_another",
        [WITH_TALKS, ("from: [arm-wants], note: too}", "from: [arm-wants]}")],
        "talks.road.preferences.BLR.issues.fee.from",
        "What 'BLR' wants on 'fee' is inferred only from what others said. Cite its own words, say "
        "in `note` why others' words will do, or call it assumed.",
    ),
    (
        "unused_actor",
        [WITH_TALKS, RUS, ("mediator: KAZ", "mediator: KAZ")],
        "actors.RUS",
        "Nothing refers to actor 'RUS'. Give it a seat, a position or a statement, or remove it.",
    ),
]


@pytest.mark.parametrize(
    ("name", "changes", "where", "message"), FOUND, ids=[f"{f[0]}-{f[2]}" for f in FOUND]
)
def test_a_check_finds_what_it_asks_for(
    name: str, changes: list[tuple[str, str]], where: str, message: str
):
    """A check finds one place, and says in full sentences how to mend it."""
    found = CHECKS[name](dossier(*changes))
    assert [(finding.check, finding.where, finding.message) for finding in found] == [
        (name, where, message)
    ]


def test_a_dossier_in_order_has_no_findings():
    """No check finds anything in a dossier that is in order, with talks or without."""
    assert check(dossier()) == ()
    assert check(dossier(WITH_TALKS)) == ()


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_is_shown_to_find_something(name: str):
    """Each check has a dossier that triggers it, and asks one question."""
    assert name in {case[0] for case in FOUND}
    assert CHECKS[name].question.endswith("?")


UNFOUND: list[tuple[str, list[tuple[str, str]]]] = [
    ("ideal_outside_acceptance", [("accepts: [20..30, 100]", "accepts: [20..80, 100]")]),
    ("ideal_outside_acceptance", [("accepts: [20..30, 100]", "floor: 20..80")]),
    ("ideal_outside_acceptance", [("ideal: within, basis", "ideal: outside, accepts: [], basis")]),
    ("tabled_says_nothing", [("tabled: 80..100", "tabled: 10..100")]),
    ("weak_standing", [("standing: official", "standing: faction"),
                       ("ARM: {name: Armenia}", "ARM: {name: Armenia, kind: faction}")]),
    ("statement_for_another", [(ON_TEXT, "KAZ: {ideal: 0..100, basis: inferred, from: [arm-wants],"
                                " note: reported by Armenia}")]),
    ("floor_without_basis", [(ON_TEXT, "KAZ: {ideal: 50..100, floor: 20..40, basis: assumed}")]),
    ("floor_without_basis", [(ON_TEXT, "KAZ: {ideal: 50..100, floor: 2..4, assumed: [floor]}")]),
    ("assumed_but_certain", [("salience: 90,", "salience: 90, presence: present,")]),
    ("presidency_lapsed", [("until: 2022-11-23", "until: 2022-11-22")]),
    ("anachronism", [("published: 2022-11-20", "published: 2022-11-22")]),
    ("unused_actor", [WITH_TALKS, RUS, ("mediator: KAZ", "mediator: RUS")]),
    ("unused_actor", [WITH_TALKS, RUS, ("by: KAZ", "by: RUS")]),
    ("uncited_statement", [WITH_TALKS, ("statements:\n", f"statements:\n  idle: {SAID}\n"),
                           ("95 %, from: [arm-wants]", "95 %, from: [idle]")]),
    ("uncited_statement", [WITH_TALKS, ("statements:\n", f"statements:\n  idle: {SAID}\n"),
                           ("at_most: 12..14}", "at_most: 12..14, from: [idle]}")]),
    ("assumed_but_certain", [WITH_TALKS, ("likelihood: 0.7", "likelihood: 1")]),
    ("claim_without_statement", [WITH_TALKS, ("{at_least: 95 %, from: [arm-wants]}",
                                              "{at_least: 95 %, note: ours}")]),
    ("grid_misses_its_end", [WITH_TALKS, ("high: 10, step: 2.5", "high: 10, step: 0.1"),
                             ("fee: 7.5", "fee: 7.3")]),
    ("link_never_bites", [WITH_TALKS, ("at_most: 12..14", "at_most: 19..30")]),
    ("later_charter", [("      name: Charter", "      name: Charter\n      as_of: 2022-11-22")]),
    ("later_charter", [("      name: Charter",
                        "      name: Charter\n      as_of: 2023-01-01\n      since: 2022-01-01")]),
    ("charter_of_another_time", [("      name: Charter", "      name: Charter\n      since: "
                                  "2022-11-22\n      until: 2022-11-22")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), UNFOUND)
def test_a_check_does_not_find_what_only_looks_alike(name: str, changes: list[tuple[str, str]]):
    """On the edge, or where the dossier explains itself, nothing is found."""
    assert CHECKS[name](dossier(*changes)) == ()


def test_a_finding_reads_as_one_line():
    """A finding prints as place, message and the name of its check."""
    assert str(check(dossier(("    by: ARM\n", "")))[0]) == (
        "agenda.text.by: A draft is tabled on 'text', and nobody is named who tabled it. Name the "
        "actor in `by`. [nobody_tables]"
    )


def test_a_forecast_with_hindsight_is_refused():
    """A dossier that knows more than its day is refused before any forecast (§26)."""
    with pytest.raises(DossierError) as caught:
        refuse_hindsight(
            dossier(("on: 2022-11-01", "on: 2022-12-01"), ("2022-11-20", "2022-12-02"))
        )
    assert str(caught.value) == (
        "statements.arm-wants.on: a forecast as of 2022-11-22 may not know this (1 more such)\n"
        "  found: The statement 'arm-wants' was made on 2022-12-01, after the day of the dossier, "
        "2022-11-22\n"
        "  mend:  Remove what came later, or move `as_of`; the outcome belongs into record.yaml."
    )


def test_a_dossier_of_its_day_is_not_refused():
    """A dossier that knows nothing later passes."""
    refuse_hindsight(dossier())
