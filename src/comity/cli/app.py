"""The command line as a whole: its verbs, and the options they all share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from comity.cli import (
    backtest,
    canvass,
    check,
    decide,
    demo,
    diff,
    forecast,
    log,
    mediate,
    new,
    power,
    replay,
    report,
    rules,
    schema,
    similarity,
    streams,
    worded,
)

if TYPE_CHECKING:
    from typer.core import TyperOption


def _put_help(context: Any, _option: Any, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        streams.put(context.get_help())
        context.exit()


class _Verb(TyperCommand):
    """A verb whose help goes out as all data does: a pipe or a disk may fail under it.

    Its help and its refusals are in plain words.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        worded.shown_plainly(self.params)

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _ours(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        written = worded.numbers_written_out(self.params, args)
        with worded.refusals(ctx, written):
            return super().parse_args(ctx, list(written))


class _Verbs(TyperGroup):
    """The verbs together, with help that goes out the same way."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _ours(super().get_help_option(ctx))


def _ours(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.callback = _put_help
    return option


app = typer.Typer(
    name="comity",
    cls=_Verbs,
    add_completion=False,
    rich_markup_mode=None,  # Rich would double the time `comity --help` takes
    context_settings={"help_option_names": ["-h", "--help"]},
)
_VERBS = (
    new.new,
    check.check,
    forecast.forecast,
    canvass.canvass,
    diff.diff,
    mediate.mediate,
    report.report,
    decide.decide,
    rules.rules,
    replay.replay,
    power.power,
    similarity.similarity,
    backtest.backtest,
    schema.schema,
    demo.demo,
)
for verb in _VERBS:
    app.command(cls=_Verb)(verb)


def command() -> TyperGroup:
    """The command line, ready to be asked."""
    return typer.main.get_group(app)


@app.callback(invoke_without_command=True)
def comity(
    context: typer.Context,
    verbose: Annotated[
        int,
        typer.Option(
            "-v",
            "--verbose",
            count=True,
            show_default=False,
            help="Log more to stderr; -vv for everything.",
        ),
    ] = 0,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """What a body that decides by consensus, or parties to talks, can agree: who blocks what,
    what would unblock it, what to put forward, and how sure that is.

    Answers go to stdout, messages to stderr. Exit codes: 0 done, 1 a finding you asked to be
    strict about, 2 bad input or misuse, 3 a defect of Comity, 130 interrupted.

    \b
    Examples:
      comity new summit.yaml
      comity check summit.yaml
      comity forecast summit.yaml
      comity mediate summit.yaml
    """
    log.wire(verbose)
    if version:
        from comity import __version__

        streams.put(f"comity {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        streams.say(context.get_help())
        raise typer.Exit(2)
