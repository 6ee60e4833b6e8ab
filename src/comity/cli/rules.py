"""``comity rules``: the rules that come with Comity or your own, explained and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from typer import Argument, Option

from comity.cli import given
from comity.cli.options import Json
from comity.errors import ComityError

COMPARE = "compare"


def rules(
    arguments: Annotated[
        list[str] | None,
        Argument(
            metavar="[CHARTER | compare] [NAME=RESPONSE]",
            help="Charters to explain, such as unsc or unsc:procedural; none: all are listed. Or "
            "the word compare and a response for each member.",
        ),
    ] = None,
    charter: Annotated[
        list[str] | None,
        Option(
            "--charter",
            metavar="NAME[:ID]",
            help="A charter that comes with Comity, or one procedure of it.",
        ),
    ] = None,
    file: Annotated[
        list[str] | None,
        Option(
            "--file",
            metavar="FILE[:ID]",
            help="A charter of your own, in YAML, or one procedure of it.",
        ),
    ] = None,
    rule: Annotated[
        list[str] | None,
        Option("--rule", metavar="YAML", help="A rule of your own."),
    ] = None,
    every: Annotated[
        bool,
        Option("--all", help="Compare the main procedure of every charter that fits the members."),
    ] = False,
    members: given.Members = None,
    rest: given.Rest = None,
    on: given.OnDay = None,
    fact: given.Facts = None,
    group: given.Groups = None,
    consent: given.Consent = None,
    elapsed: given.Elapsed = None,
    grammar: Annotated[
        bool,
        Option("--grammar", help="Print the language of rules, with an example of each kind."),
    ] = False,
    as_json: Json = False,
) -> None:
    """List rules, explain them, and compare them on the same responses.

    Each rule is told as a sentence, with the clause it rests on and whether that was checked
    against the text. Compared, procedures say whether they adopt, who blocks, how many members
    are missing, what would turn the outcome, and who would be bound.

    \b
    Examples:
      comity rules
      comity rules unsc --on 2022-02-25
      comity rules --rule '{kind: qualified_majority, at_least: 2/3}'
      comity rules --grammar
      comity rules compare --charter plain --charter plain:minus_one A=yes B=no
      comity rules compare --all --members A,B,C,D --rest yes B=object
    """
    said = given.said(members, on, fact, group)
    words = arguments or []
    if grammar:
        _refuse("--grammar", {"an argument": words, "--charter": charter, "--file": file})
        from comity.cli.rules_told import put_grammar

        put_grammar(as_json)
    elif words[:1] == [COMPARE]:
        from comity.cli.rules_compare import compare

        chosen = (charter or [], file or [], rule or [], every)
        compare(*chosen, words[1:], rest, said, consent, elapsed, as_json)
    else:
        only = {"--all": every, "--rest": rest, "--consent": consent, "--elapsed": elapsed}
        _refuse("explaining rules; it belongs to `comity rules compare`", only)
        _refuse_responses(words)
        from comity.cli.rules_told import explain

        explain([*words, *(charter or [])], file or [], rule or [], said, as_json)


def _refuse(what: str, options: Mapping[str, object]) -> None:
    for option, held in options.items():
        if held not in (None, False, []):
            raise ComityError(
                f"{option} does not go with {what}", found=str(held), mend="Leave it out."
            )


def _refuse_responses(words: Sequence[str]) -> None:
    """Responses without the word that would have them counted."""
    for word in words:
        if "=" in word:
            raise ComityError(
                "a response is given, and nothing to put it to",
                found=word,
                mend=f"Write `comity rules {COMPARE} … {word}`, or `comity decide` for one rule.",
            )
