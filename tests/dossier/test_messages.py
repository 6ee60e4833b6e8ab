"""Twenty kinds of bad dossier, and more: each gives one message, quoted here in full."""

from __future__ import annotations

import pytest
from frozendict import frozendict

from comity.dossier import loads
from comity.dossier.position import Choice
from comity.errors import DossierError
from dossier.samples import dossier, spoiled

# what is wrong; the changes to the good dossier; the whole message
BAD: list[tuple[str, list[tuple[str, str]], str]] = [
    (
        "unknown field",
        [("ideal: 80..100, acc", "idael: 80..100, acc")],
        "dossier.yaml:41: positions.text.ARM.idael: there is no field of this name\n"
        "  found: idael\n"
        "  mend:  Did you mean 'ideal'? Fields here: ideal, values, accepts, floor, "
        "salience, omega, capability, presence, basis, assumed, from, note.",
    ),
    (
        "unknown section",
        [("codings:", "codngs:")],
        "dossier.yaml:44: codngs: there is no field of this name\n"
        "  found: codngs\n"
        "  mend:  Did you mean 'codings'? Fields here: comity, title, as_of, "
        "handling, note, actors, sources, statements, bodies, agenda, positions, "
        "codings, talks.",
    ),
    (
        "unknown field unlike any",
        [("holder: ARM", "holder: ARM, zzz: 1")],
        "dossier.yaml:23: bodies.csto.presidency.zzz: there is no field of this name\n"
        "  found: zzz\n"
        "  mend:  Fields here: order, holder, until.",
    ),
    (
        "missing field",
        [("title: Meeting\n", "")],
        "dossier.yaml:1: title: a required field is missing\n"
        "  mend:  Add `title`: title of the dossier.",
    ),
    (
        "missing field inside",
        [(", locator: paragraph 3", "")],
        "dossier.yaml:11: statements.arm-wants.locator: a required field is missing\n"
        "  mend:  Add `locator`: place within the source, e.g. paragraph 9.",
    ),
    (
        "misspelt required field",
        [("locator: paragraph 3", "locater: paragraph 3")],
        "dossier.yaml:12: statements.arm-wants.locater: there is no field of this name\n"
        "  found: locater\n"
        "  mend:  Did you mean 'locator'? Fields here: speaker, for, standing, on, "
        "venue, source, locator, gist.",
    ),
    (
        "number for text",
        [("title: Meeting", "title: 2022")],
        "dossier.yaml:2: title: text was expected\n"
        "  found: 2022\n"
        '  mend:  Put it in quotes: "2022".',
    ),
    (
        "text for a list",
        [("members: [ARM, BLR, KAZ]", "members: ARM")],
        "dossier.yaml:15: bodies.csto.members: a list was expected\n"
        "  found: ARM\n"
        "  mend:  Write it in brackets: [ARM].",
    ),
    (
        "list for a mapping",
        [
            (
                "actors:\n"
                "  ARM: {name: Armenia}\n"
                "  BLR: {name: Belarus}\n"
                "  KAZ: {name: Kazakhstan}",
                "actors: [ARM, BLR, KAZ]",
            )
        ],
        "dossier.yaml:4: actors: a mapping was expected\n"
        "  found: [ARM, BLR, KAZ]\n"
        "  mend:  Write `name: value` lines beneath it, indented.",
    ),
    (
        "empty section",
        [
            (
                "codings:\n"
                "  rival:\n"
                "    title: as its rival sees it\n"
                "    positions: {text: {BLR: {ideal: 0..5, salience: 60..90}}}\n"
                "    presumptions: {text: within}\n"
                "",
                "codings:\n",
            )
        ],
        "dossier.yaml:44: codings: a mapping was expected\n"
        "  found: nothing\n"
        "  mend:  Write it after the colon or beneath it, or remove the line.",
    ),
    (
        "empty list",
        [("members: [ARM, BLR, KAZ]", "members: []")],
        "dossier.yaml:15: bodies.csto.members: the list needs an entry\n"
        "  found: []\n"
        "  mend:  Name at least one, in brackets.",
    ),
    (
        "word for true or false",
        [("reversion: 0\n", "reversion: 0\n    core: perhaps\n")],
        "dossier.yaml:30: agenda.text.core: true or false was expected\n"
        "  found: perhaps\n"
        "  mend:  Write true or false.",
    ),
    (
        "impossible day",
        [("as_of: 2022-11-22", "as_of: 2022-02-30")],
        "dossier.yaml:3: as_of: there is no such day in the calendar\n"
        "  found: 2022-02-30\n"
        "  mend:  Write e.g. 2022-11-22.",
    ),
    (
        "day in another order",
        [("as_of: 2022-11-22", "as_of: 22.11.2022")],
        "dossier.yaml:3: as_of: a day was expected, written year-month-day\n"
        "  found: 22.11.2022\n"
        "  mend:  Write e.g. 2022-11-22.",
    ),
    (
        "day as a number",
        [("published: 2022-11-20", "published: 20221120")],
        "dossier.yaml:9: sources.paper.published: a day was expected, written "
        "year-month-day\n"
        "  found: 20221120\n"
        "  mend:  Write e.g. 2022-11-22.",
    ),
    (
        "value outside the range",
        [("ideal: 0..100", "ideal: 140")],
        "dossier.yaml:43: positions.text.KAZ.ideal: 140 lies outside 0 to 100\n"
        "  found: 140\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "mean outside the range",
        [("ideal: 0..100", "ideal: {mean: 140, sd: 5}")],
        "dossier.yaml:43: positions.text.KAZ.ideal: the mean 140 lies outside 0 to 100\n"
        "  found: {mean: 140, sd: 5}\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "triangle outside the range",
        [("ideal: 0..100", "ideal: {low: 0, mode: 5, high: 140}")],
        "dossier.yaml:43: positions.text.KAZ.ideal: {low: 0, mode: 5, high: 140} lies outside 0 "
        "to 100\n"
        "  found: {low: 0, mode: 5, high: 140}\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "amount beyond reckoning",
        [("{name: Armenia}", "{name: Armenia, capability: 1e308}")],
        "dossier.yaml:5: actors.ARM.capability: a number of at most 1e+30 was expected\n"
        "  found: 1e+308\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: 60} or "
        "{mean: 50, sd: 5}.",
    ),
    (
        "per cent for a wish",
        [("ideal: 0..100", "ideal: 50%")],
        "dossier.yaml:43: positions.text.KAZ.ideal: a number, a range like 40..60 or the name of "
        "an option was expected\n"
        "  found: 50%\n"
        "  mend:  Write the number alone: 50.",
    ),
    (
        "triangle for a choice",
        [
            (
                "options: [outside, within], reversion: outside}",
                "options: [low, mode, high], reversion: low}",
            ),
            ("ARM: {ideal: within", "ARM: {ideal: {low: 0.2, mode: 0.3, high: 0.5}"),
            ("BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {ideal: high}"),
            ("values: {within: 20..40}", "values: {mode: 20..40}"),
            (", item: views", ""),
        ],
        "dossier.yaml:37: positions.views.ARM.ideal: the name of an option was expected: this "
        "item has options, not a scale\n"
        "  found: {low: 0.2, mode: 0.3, high: 0.5}\n"
        "  mend:  Use one of: low, mode, high.",
    ),
    (
        "option that is no id",
        [("options: [outside, within]", "options: ['1..2', within]")],
        "dossier.yaml:25: agenda.views.options: an id consists of letters, digits, - and _ alone\n"
        "  found: 1..2\n"
        "  mend:  Write e.g. 1_2.",
    ),
    (
        "id that begins with a dash",
        [("  rival:", "  -rival:")],
        "dossier.yaml:45: codings.-rival: an id begins with a letter, a digit or _\n"
        "  found: -rival\n"
        "  mend:  Write e.g. rival.",
    ),
    (
        "endless silence",
        [("substantive: {rule: consensus,", "substantive: {rule: {kind: silence, hours: .inf},")],
        "dossier.yaml:19: bodies.csto.charter.procedures.substantive.rule.hours: a number was "
        "expected\n"
        "  found: Infinity\n"
        "  mend:  Write the number alone, without quotes or unit.",
    ),
    (
        "range beyond the scale",
        [("ideal: 0..100", "ideal: 50..120")],
        "dossier.yaml:43: positions.text.KAZ.ideal: 50..120 lies outside 0 to 100\n"
        "  found: 50..120\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "range backwards",
        [("salience: 60..90", "salience: 90..60")],
        "dossier.yaml:42: positions.text.BLR.salience: the range runs backwards; "
        "write 60..90\n"
        "  found: 90..60\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "percent sign",
        [("salience: 60..90", "salience: 80 %")],
        "dossier.yaml:42: positions.text.BLR.salience: a number or a range like "
        "40..60 was expected\n"
        "  found: 80 %\n"
        "  mend:  Write the number alone: 80.",
    ),
    (
        "incomplete quantity",
        [("ideal: {mean: 10, sd: 3}", "ideal: {mean: 10}")],
        "dossier.yaml:42: positions.text.BLR.ideal: an uncertain number as a mapping "
        "needs {low, mode, high} or {mean, sd}\n"
        "  found: {mean: 10}\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "negative sd",
        [("ideal: {mean: 10, sd: 3}", "ideal: {mean: 10, sd: -3}")],
        "dossier.yaml:42: positions.text.BLR.ideal: sd must be 0 or more\n"
        "  found: {mean: 10, sd: -3}\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "quantity out of order",
        [("ideal: {mean: 10, sd: 3}", "ideal: {low: 10, mode: 5, high: 20}")],
        "dossier.yaml:42: positions.text.BLR.ideal: low, mode and high must rise in "
        "this order\n"
        "  found: {low: 10, mode: 5, high: 20}\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "infinite number",
        [("salience: 60..90", "salience: .inf")],
        "dossier.yaml:42: positions.text.BLR.salience: a finite number was expected\n"
        "  found: Infinity\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "true for a number",
        [("salience: 60..90", "salience: true")],
        "dossier.yaml:42: positions.text.BLR.salience: a number was expected, not "
        "yes or no\n"
        "  found: true\n"
        "  mend:  Write a number, a range such as 40..60, {low: 40, mode: 45, high: "
        "60} or {mean: 50, sd: 5}.",
    ),
    (
        "weights that do not sum to 1",
        [("{outside: 0.7, within: 0.3}", "{outside: 0.7, within: 0.7}")],
        "dossier.yaml:38: positions.views.BLR.ideal: options with weights of 0 or "
        "more that sum to 1 were expected\n"
        "  found: {outside: 0.7, within: 0.7}\n"
        "  mend:  Name one option, or give weights such as {within: 0.3, outside: 0.7}.",
    ),
    (
        "word outside the list",
        [("basis: stated", "basis: statd")],
        "dossier.yaml:41: positions.text.ARM.basis: one of stated, inferred, assumed "
        "was expected\n"
        "  found: statd\n"
        "  mend:  Did you mean 'stated'?",
    ),
    (
        "word unlike any in the list",
        [("standing: official", "standing: minister")],
        "dossier.yaml:11: statements.arm-wants.standing: one of binding, official, "
        "faction, personal was expected\n"
        "  found: minister\n"
        "  mend:  Write one of: binding, official, faction, personal.",
    ),
    (
        "unknown rule",
        [("rule: consensus", "rule: consensu")],
        "dossier.yaml:19: bodies.csto.charter.procedures.substantive.rule: a kind of rule was "
        "expected\n"
        "  found: consensu\n"
        "  mend:  Did you mean 'consensus'?",
    ),
    (
        "rule without its kind",
        [("rule: consensus", "rule: {minus: 1}")],
        "dossier.yaml:19: bodies.csto.charter.procedures.substantive.rule: a kind of rule was "
        "expected\n"
        "  found: {minus: 1}\n"
        "  mend:  Write one of: consensus, silence, simple_majority, qualified_majority, quota, "
        "limit, attendance, veto, fact, all_of, any_of, in_turn, depends, excluding, reasoned.",
    ),
    (
        "rule with the setting of another",
        [("kind: qualified_majority", "kind: simple_majority")],
        "dossier.yaml:20: bodies.csto.charter.procedures.procedural.rule.at_least: "
        "there is no field of this name\n"
        "  found: at_least\n"
        "  mend:  Fields here: kind, of, among, weights.",
    ),
    (
        "share above one",
        [("at_least: 2/3", "at_least: 3/2")],
        "dossier.yaml:20: bodies.csto.charter.procedures.procedural.rule.at_least: a "
        "share lies between 0 and 1\n"
        "  found: 3/2\n"
        "  mend:  Write e.g. 2/3.",
    ),
    (
        "share in words",
        [("at_least: 2/3", "at_least: two thirds")],
        "dossier.yaml:20: bodies.csto.charter.procedures.procedural.rule.at_least: a "
        "share such as 2/3, 55 % or 0.55 was expected\n"
        "  found: two thirds\n"
        "  mend:  Write e.g. 2/3.",
    ),
    (
        "negative count",
        [("rule: consensus", "rule: {kind: consensus, minus: -1}")],
        "dossier.yaml:19: bodies.csto.charter.procedures.substantive.rule.minus: a "
        "number of at least 0 was expected\n"
        "  found: -1\n"
        "  mend:  Change the number.",
    ),
    (
        "number for a charter",
        [("charter:\n      name: Charter", "charter: 12\n    blocs:\n      name: [ARM]")],
        "dossier.yaml:16: bodies.csto.charter: text or a mapping was expected\n"
        "  found: 12\n"
        "  mend:  Expected: name of a packaged charter, or a charter spelled out.\n"
        "  more:  2 other problems, the next at dossier.yaml:19: "
        "bodies.csto.blocs.procedures.",
    ),
    (
        "other version",
        [("comity: 1", "comity: 2")],
        "dossier.yaml:1: comity: this Comity reads version 1\n"
        "  found: 2\n"
        "  mend:  Write `comity: 1`, or read the dossier with a Comity that knows "
        "its version.",
    ),
    (
        "dot in an id",
        [("  ARM: {name: Armenia}", "  A.R: {name: Armenia}")],
        "dossier.yaml:5: actors.A.R: an id consists of letters, digits, - and _ alone\n"
        "  found: A.R\n"
        "  mend:  Write e.g. A_R.",
    ),
    (
        "scale and options",
        [("options: [outside, within]", "options: [outside, within], scale: {0: a}")],
        "dossier.yaml:25: agenda.views: an item has either a scale or options, not "
        "both\n"
        "  found: {body: csto, options: [outside, within], scale: {0: a}, reversion: "
        "outside}\n"
        "  mend:  Remove `scale`, or remove `options`.",
    ),
    (
        "landmark off the scale",
        [("100: everything", "120: everything")],
        "dossier.yaml:28: agenda.text.scale: landmarks lie from 0 to 100\n"
        "  found: {0: nothing, 120: everything}\n"
        "  mend:  Write each point from 0 to 100 once, e.g. {0: no text, 100: full "
        "demand}.",
    ),
    (
        "landmark twice",
        [("100: everything", "0.0: everything")],
        "dossier.yaml:28: agenda.text.scale: two landmarks stand at the same point\n"
        "  found: {0: nothing, 0.0: everything}\n"
        "  mend:  Write each point from 0 to 100 once, e.g. {0: no text, 100: full "
        "demand}.",
    ),
    (
        "landmark in words",
        [("100: everything", "top: everything")],
        "dossier.yaml:28: agenda.text.scale.top: a number was expected\n"
        "  found: top\n"
        "  mend:  Write the number alone, without quotes or unit.",
    ),
    (
        "option twice",
        [("options: [outside, within]", "options: [outside, outside]")],
        "dossier.yaml:25: agenda.views.options: an option is listed twice\n"
        "  found: [outside, outside]\n"
        "  mend:  List each option once.",
    ),
    (
        "unknown actor among members",
        [("members: [ARM, BLR, KAZ]", "members: [ARM, BLS, KAZ]")],
        "dossier.yaml:15: bodies.csto.members[1]: there is no actor of this name\n"
        "  found: BLS\n"
        "  mend:  Did you mean 'BLR'? Otherwise add 'BLS' to `actors`.",
    ),
    (
        "unknown actor with a position",
        [("    KAZ: {ideal: 0..100}", "    KZA: {ideal: 0..100}")],
        "dossier.yaml:43: positions.text.KZA: there is no actor of this name\n"
        "  found: KZA\n"
        "  mend:  Did you mean 'KAZ'? Otherwise add 'KZA' to `actors`.",
    ),
    (
        "unknown sponsor",
        [("by: ARM", "by: Norway")],
        "dossier.yaml:31: agenda.text.by: there is no actor of this name\n"
        "  found: Norway\n"
        "  mend:  Add 'Norway' to `actors`, or use one of: ARM, BLR, KAZ.",
    ),
    (
        "unknown statement",
        [("basis: stated, from: [arm-wants]", "basis: stated, from: [arm-want]")],
        "dossier.yaml:41: positions.text.ARM.from[0]: there is no statement of this "
        "name\n"
        "  found: arm-want\n"
        "  mend:  Did you mean 'arm-wants'? Otherwise add 'arm-want' to `statements`.",
    ),
    (
        "unknown source",
        [("source: paper", "source: papers")],
        "dossier.yaml:12: statements.arm-wants.source: there is no source of this name\n"
        "  found: papers\n"
        "  mend:  Did you mean 'paper'? Otherwise add 'papers' to `sources`.",
    ),
    (
        "actor spoken for",
        [("for: ARM", "for: ARN")],
        "dossier.yaml:11: statements.arm-wants.for: there is no actor of this name\n"
        "  found: ARN\n"
        "  mend:  Did you mean 'ARM'? Otherwise add 'ARN' to `actors`.",
    ),
    (
        "unknown item with positions",
        [("  text:\n    ARM", "  txt:\n    ARM")],
        "dossier.yaml:40: positions.txt: there is no item of this name\n"
        "  found: txt\n"
        "  mend:  Did you mean 'text'? Otherwise add 'txt' to `agenda`.",
    ),
    (
        "unknown required item",
        [("reversion: 0\n", "reversion: 0\n    requires: [veiws]\n")],
        "dossier.yaml:30: agenda.text.requires[0]: there is no item of this name\n"
        "  found: veiws\n"
        "  mend:  Did you mean 'views'? Otherwise add 'veiws' to `agenda`.",
    ),
    (
        "unknown body",
        [("  text:\n    body: csto", "  text:\n    body: cst")],
        "dossier.yaml:27: agenda.text.body: there is no body of this name\n"
        "  found: cst\n"
        "  mend:  Did you mean 'csto'? Otherwise add 'cst' to `bodies`.",
    ),
    (
        "unknown procedure",
        [("  text:\n    body: csto", "  text:\n    body: csto\n    procedure: substantial")],
        "dossier.yaml:28: agenda.text.procedure: there is no procedure of this name\n"
        "  found: substantial\n"
        "  mend:  Did you mean 'substantive'? Otherwise add 'substantial' to the "
        "charter of 'csto'.",
    ),
    (
        "unknown rule of competence",
        [("rule: procedural", "rule: procedure")],
        "dossier.yaml:32: agenda.text.competence.rule: there is no procedure of this "
        "name\n"
        "  found: procedure\n"
        "  mend:  Did you mean 'procedural'? Otherwise add 'procedure' to the "
        "charter of 'csto'.",
    ),
    (
        "unknown item of views",
        [("item: views", "item: view")],
        "dossier.yaml:32: agenda.text.competence.item: there is no item of this name\n"
        "  found: view\n"
        "  mend:  Did you mean 'views'? Otherwise add 'view' to `agenda`.",
    ),
    (
        "unknown organ",
        [("presumption: outside,", "presumption: outside, decided_by: court,")],
        "dossier.yaml:32: agenda.text.competence.decided_by: there is no actor of "
        "this name\n"
        "  found: court\n"
        "  mend:  Add 'court' to `actors`, or use one of: ARM, BLR, KAZ.",
    ),
    (
        "unknown clause",
        [
            (
                "substantive: {rule: consensus, clause: art12}",
                "substantive: {rule: consensus, clause: art13}",
            )
        ],
        "dossier.yaml:19: bodies.csto.charter.procedures.substantive.clause: there "
        "is no clause of this name\n"
        "  found: art13\n"
        "  mend:  Did you mean 'art12'? Otherwise add 'art13' to the charter's "
        "`clauses`.",
    ),
    (
        "holder outside the rotation",
        [("order: [ARM, BLR, KAZ], holder: ARM", "order: [BLR, KAZ], holder: ARM")],
        "dossier.yaml:23: bodies.csto.presidency.holder: the holder has no place in "
        "the rotation\n"
        "  found: ARM\n"
        "  mend:  Add 'ARM' to `order`, or name one of: BLR, KAZ.",
    ),
    (
        "member twice",
        [("members: [ARM, BLR, KAZ]", "members: [ARM, BLR, ARM]")],
        "dossier.yaml:15: bodies.csto.members: the same name stands here twice\n"
        "  found: ARM\n"
        "  mend:  Remove one: a member has one seat.",
    ),
    (
        "actor called chair",
        [("  ARM: {name: Armenia}", "  ARM: {name: Armenia}\n  chair: {name: Chair}")],
        "dossier.yaml:6: actors.chair: 'chair' is a word with a meaning of its own "
        "in `decided_by`\n"
        "  mend:  Give this actor another id.",
    ),
    (
        "unknown item in a coding",
        [
            (
                "positions: {text: {BLR: {ideal: 0..5, salience: 60..90}}}",
                "positions: {test: {BLR: {ideal: 0..5, salience: 60..90}}}",
            )
        ],
        "dossier.yaml:47: codings.rival.positions.test: there is no item of this name\n"
        "  found: test\n"
        "  mend:  Did you mean 'text'? Otherwise add 'test' to `agenda`.",
    ),
    (
        "presumption without competence",
        [("presumptions: {text: within}", "presumptions: {views: within}")],
        "dossier.yaml:48: codings.rival.presumptions.views: competence is not in "
        "question for 'views', so nothing can be presumed about it\n"
        "  mend:  Add `competence` to agenda.views, or remove this presumption.",
    ),
    (
        "number among options",
        [("ARM: {ideal: within", "ARM: {ideal: 60")],
        "dossier.yaml:37: positions.views.ARM.ideal: the name of an option was "
        "expected: this item has options, not a scale\n"
        "  found: 60\n"
        "  mend:  Use one of: outside, within.",
    ),
    (
        "option on a scale",
        [("ideal: 0..100", "ideal: within")],
        "dossier.yaml:43: positions.text.KAZ.ideal: a number from 0 to 100 was "
        "expected: this item has a scale, not options\n"
        "  found: within\n"
        "  mend:  Write a number without quotes, or a range such as 40..60; or give "
        "the item `options`.",
    ),
    (
        "unknown option",
        [("ARM: {ideal: within", "ARM: {ideal: wihtin")],
        "dossier.yaml:37: positions.views.ARM.ideal: the item has no option of this "
        "name\n"
        "  found: wihtin\n"
        "  mend:  Did you mean 'within'? Its options are: outside, within.",
    ),
    (
        "unknown option with a weight",
        [("{outside: 0.7, within: 0.3}", "{outsde: 0.7, within: 0.3}")],
        "dossier.yaml:38: positions.views.BLR.ideal.outsde: the item has no option "
        "of this name\n"
        "  found: outsde\n"
        "  mend:  Did you mean 'outside'? Its options are: outside, within.",
    ),
    (
        "unknown option with a value",
        [("values: {within: 20..40}", "values: {inside: 20..40}")],
        "dossier.yaml:39: positions.views.KAZ.values.inside: the item has no option "
        "of this name\n"
        "  found: inside\n"
        "  mend:  Did you mean 'outside'? Its options are: outside, within.",
    ),
    (
        "number as reversion of options",
        [("reversion: outside", "reversion: 0")],
        "dossier.yaml:25: agenda.views.reversion: the name of an option was "
        "expected: this item has options, not a scale\n"
        "  found: 0\n"
        "  mend:  Use one of: outside, within.",
    ),
    (
        "option as reversion of a scale",
        [("reversion: 0", "reversion: nothing")],
        "dossier.yaml:29: agenda.text.reversion: a number from 0 to 100 was "
        "expected: this item has a scale, not options\n"
        "  found: nothing\n"
        "  mend:  Write a number without quotes, or a range such as 40..60; or give "
        "the item `options`.",
    ),
    (
        "option tabled in a later round",
        [("tabled: 50", "tabled: half")],
        "dossier.yaml:34: agenda.text.rounds[0].tabled: a number from 0 to 100 was "
        "expected: this item has a scale, not options\n"
        "  found: half\n"
        "  mend:  Write a number without quotes, or a range such as 40..60; or give "
        "the item `options`.",
    ),
    (
        "values on a scale",
        [("ideal: 0..100", "values: {within: 20}")],
        "dossier.yaml:43: positions.text.KAZ.values: values belong to options, and "
        "this item has a scale\n"
        "  found: within\n"
        "  mend:  State an `ideal` from 0 to 100 instead.",
    ),
    (
        "values and an ideal",
        [("values: {within: 20..40}", "values: {within: 20..40}, ideal: within")],
        "dossier.yaml:39: positions.views.KAZ.values: a position states either an "
        "ideal or the values of options, not both\n"
        "  mend:  Remove `ideal`, or remove `values`.",
    ),
    (
        "one bound",
        [("accepts: [20..30, 100]", "accepts: [20..30]")],
        "dossier.yaml:41: positions.text.ARM.accepts: two bounds were expected: "
        "[lowest, highest] acceptable text\n"
        "  found: 1 of them\n"
        "  mend:  Write both, e.g. [0, 40] for anything up to 40.",
    ),
    (
        "bound off the scale",
        [("accepts: [20..30, 100]", "accepts: [20..30, 140]")],
        "dossier.yaml:41: positions.text.ARM.accepts[1]: 140 lies outside 0 to 100\n"
        "  found: 140\n"
        "  mend:  Give a number within these limits, or a range within them.",
    ),
    (
        "no bounds at all",
        [("accepts: [20..30, 100]", "accepts: 20")],
        "dossier.yaml:41: positions.text.ARM.accepts: [lowest, highest] on the "
        "scale, or a list of options, was expected\n"
        "  found: 20\n"
        "  mend:  Write e.g. [0, 40] on a scale, or [within, outside] among options.",
    ),
    (
        "floor among options",
        [("ARM: {ideal: within", "ARM: {floor: 20, ideal: within")],
        "dossier.yaml:37: positions.views.ARM.floor: a floor belongs to a scale, and "
        "this item has options\n"
        "  found: 20\n"
        "  mend:  List the acceptable options under `accepts` instead.",
    ),
    (
        "smallest step among options",
        [("reversion: outside}", "reversion: outside, smallest_step: 5}")],
        "dossier.yaml:25: agenda.views.smallest_step: a smallest step belongs to a "
        "scale, and this item has options\n"
        "  found: 5\n"
        "  mend:  Remove it: among options, every one but the reversion says something.",
    ),
    (
        "step of nothing",
        [("reversion: 0\n", "reversion: 0\n    smallest_step: 0\n")],
        "dossier.yaml:30: agenda.text.smallest_step: a step of nothing would make "
        "silence a text\n"
        "  found: 0\n"
        "  mend:  Give a number above 0: how far from the reversion a text says "
        "something.",
    ),
    (
        "views without within and outside",
        [
            (
                "{presumption: outside, rule: procedural, item: views}",
                "{presumption: outside, item: views}",
            ),
            (
                "options: [outside, within], reversion: outside",
                "options: [outside, inside], reversion: outside",
            ),
        ],
        "dossier.yaml:32: agenda.text.competence.item: views on competence need an "
        "item with the options outside and within, in this order\n"
        "  found: outside, inside\n"
        "  mend:  Write options: [outside, within] in agenda.views.\n"
        "  more:  3 other problems, the next at dossier.yaml:37: "
        "positions.views.ARM.ideal.",
    ),
    (
        "views in the wrong order",
        [
            (
                "{presumption: outside, rule: procedural, item: views}",
                "{presumption: outside, item: views}",
            ),
            (
                "options: [outside, within], reversion: outside",
                "options: [within, outside], reversion: outside",
            ),
        ],
        "dossier.yaml:32: agenda.text.competence.item: views on competence need an "
        "item with the options outside and within, in this order\n"
        "  found: within, outside\n"
        "  mend:  Write options: [outside, within] in agenda.views.",
    ),
    (
        "assumed field that is none",
        [("salience: 60..90", "salience: 60..90, assumed: [saliense]")],
        "dossier.yaml:42: positions.text.BLR.assumed[0]: a position has no such field\n"
        "  found: saliense\n"
        "  mend:  Did you mean 'salience'? Name any of: ideal, values, accepts, "
        "floor, salience, omega, capability, presence.",
    ),
    (
        "ideal conceded against values",
        [
            (
                "reversion: outside}",
                "reversion: outside, rounds: [{label: second, concessions: {KAZ: {ideal: "
                "within}}}]}",
            )
        ],
        "dossier.yaml:25: agenda.views.rounds[0].concessions.KAZ.ideal: 'KAZ' states "
        "the values of options on this item, so a new ideal would be ignored\n"
        "  mend:  Concede by `accepts`, or state an `ideal` in the position.",
    ),
    (
        "several at once",
        [("as_of: 2022-11-22", "as_of: 2022-02-30"), ("salience: 60..90", "salience: x")],
        "dossier.yaml:3: as_of: there is no such day in the calendar\n"
        "  found: 2022-02-30\n"
        "  mend:  Write e.g. 2022-11-22.\n"
        "  more:  1 other problem, the next at dossier.yaml:42: "
        "positions.text.BLR.salience.",
    ),
    (
        "duplicate key",
        [("title: Meeting", "title: Meeting\ntitle: Again")],
        "dossier.yaml:3: title: the key stands here a second time; the first is in "
        "line 2\n"
        "  found: title\n"
        "  mend:  Remove one of the two, or join them.",
    ),
    (
        "duplicate id",
        [("  BLR: {name: Belarus}", "  ARM: {name: Belarus}")],
        "dossier.yaml:6: actors.ARM: the key stands here a second time; the first is "
        "in line 5\n"
        "  found: ARM\n"
        "  mend:  Remove one of the two, or join them.",
    ),
    (
        "open bracket",
        [("tabled: 80..100", "tabled: [80")],
        "dossier.yaml:31: a comma is missing, or a bracket is not closed; it opens "
        "in line 30\n"
        "  found: by: ARM\n"
        "  mend:  Close the bracket that was opened, or put a comma between the "
        "entries.",
    ),
    (
        "open quote",
        [("title: Meeting", 'title: "Meeting')],
        "dossier.yaml:49: a quotation mark is not closed; it opens in line 2\n"
        "  found: the end\n"
        "  mend:  Close the quotation mark, or double it inside the text: 'it''s'.",
    ),
    (
        "colon in text",
        [("title: Meeting", "title: Meeting: first")],
        "dossier.yaml:2: a colon stands where no field can begin\n"
        "  found: title: Meeting: first\n"
        "  mend:  Put text that holds a colon in quotes, or mend the indentation.",
    ),
    (
        "tab",
        [("  ARM: {name: Armenia}", "	ARM: {name: Armenia}")],
        "dossier.yaml:5: a tab stands where only spaces may\n"
        "  found: \\x09ARM: {name: Armenia}\n"
        "  mend:  Indent with spaces.",
    ),
    (
        "indentation",
        [("    by: ARM", "   by: ARM")],
        "dossier.yaml:31: the line does not fit the lines above it\n"
        "  found: by: ARM\n"
        "  mend:  Give fields that belong together the same indentation; put text "
        "that begins or ends with a quotation mark, or holds a colon, in quotes.",
    ),
    (
        "at sign",
        [("title: Meeting", "title: @Meeting")],
        "dossier.yaml:2: no value can begin with @\n"
        "  found: title: @Meeting\n"
        "  mend:  Put text that begins with @ in quotes.",
    ),
    (
        "asterisk",
        [("title: Meeting", "title: *Meeting")],
        "dossier.yaml:2: title: this alias refers to nothing above it\n"
        "  found: *Meeting\n"
        "  mend:  Mark what it stands for with &Meeting, or put text beginning with "
        "* in quotes.",
    ),
    (
        "unknown alias list",
        [("members: [ARM, BLR, KAZ]", "members: *seats")],
        "dossier.yaml:15: bodies.csto.members: this alias refers to nothing above it\n"
        "  found: *seats\n"
        "  mend:  Mark what it stands for with &seats, or put text beginning with * "
        "in quotes.",
    ),
    (
        "merge key",
        [("  BLR: {name: Belarus}", "  BLR: {<<: {name: Belarus}}")],
        "dossier.yaml:6: actors.BLR: merge keys are not read\n"
        "  found: <<\n"
        "  mend:  Write the fields out where they belong.",
    ),
    (
        "alias within itself",
        [("title: Meeting", "title: &a [*a]")],
        "dossier.yaml:2: title[0]: this alias contains itself\n"
        "  found: *a\n"
        "  mend:  Write the value out.",
    ),
    (
        "python tag",
        [("title: Meeting", "title: !!python/object/apply:os.system [ls]")],
        "dossier.yaml:2: title: tags are not read\n"
        "  found: !!python/object/apply:os.system\n"
        "  mend:  Write the value itself, without the tag.",
    ),
    (
        "own tag",
        [("title: Meeting", "title: !mine x")],
        "dossier.yaml:2: title: tags are not read\n"
        "  found: !mine\n"
        "  mend:  Write the value itself, without the tag.",
    ),
    (
        "second document",
        [("codings:", "---\ncodings:")],
        "dossier.yaml:44: a second document begins here\n"
        "  found: ---\n"
        "  mend:  Keep one document a file.",
    ),
    (
        "list as key",
        [("title: Meeting", "[a]: b\ntitle: Meeting")],
        "dossier.yaml:2: a key must be plain text\n"
        "  found: a list or a mapping\n"
        "  mend:  Write `name: value`.",
    ),
    (
        "stray quote",
        [("title: Meeting", "title: 'Meeting' of all")],
        "dossier.yaml:2: the line does not fit the lines above it\n"
        "  found: title: 'Meeting' of all\n"
        "  mend:  Give fields that belong together the same indentation; put text "
        "that begins or ends with a quotation mark, or holds a colon, in quotes.",
    ),
    (
        "backslash",
        [("title: Meeting", 'title: "a\\Meeting"')],
        "dossier.yaml:2: a backslash in double quotes means something of its own\n"
        '  found: title: "a\\Meeting"\n'
        "  mend:  Use single quotes, or write the backslash twice.",
    ),
    (
        "dash",
        [("title: Meeting", "title: - Meeting")],
        "dossier.yaml:2: the line does not fit the lines above it\n"
        "  found: title: - Meeting\n"
        "  mend:  Give fields that belong together the same indentation; put text "
        "that begins or ends with a quotation mark, or holds a colon, in quotes.",
    ),
    (
        "no colon",
        [("title: Meeting", "title Meeting")],
        "dossier.yaml:2: a field name is not followed by a colon\n"
        "  found: title Meeting\n"
        "  mend:  Write `name: value`; put text of several lines in quotes.",
    ),
]


@pytest.mark.parametrize(
    ("changes", "message"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_dossier_gets_one_message(changes: list[tuple[str, str]], message: str):
    """A bad dossier is told where it is wrong, what was found and how to mend it."""
    with pytest.raises(DossierError) as caught:
        loads(spoiled(*changes))
    assert str(caught.value) == message


def test_the_sample_itself_is_good():
    """Without a change the sample is read, so that each message is due to its change."""
    assert loads(spoiled()).title == "Meeting"


def test_options_called_like_parts_of_a_quantity_have_weights():
    """Options may be called low and high: weights that sum to 1 are a choice among them."""
    read = dossier(
        (
            "options: [outside, within], reversion: outside}",
            "options: [low, high], reversion: low}",
        ),
        ("ARM: {ideal: within", "ARM: {ideal: {low: 0.5, high: 0.5}"),
        ("BLR: {ideal: {outside: 0.7, within: 0.3}}", "BLR: {ideal: high}"),
        ("values: {within: 20..40}", "values: {high: 20..40}"),
        (", item: views", ""),
    )
    assert read.positions["views"]["ARM"].ideal == Choice(weights=frozendict(low=0.5, high=0.5))
