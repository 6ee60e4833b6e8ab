"""The reference page of the command line, made from the command line itself.

Write it anew with ``python -m comity.cli.reference > docs/reference/cli.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.cli.app import command

_INTRODUCTION = """\
# The command line

Made from the program by `python -m comity.cli.reference`; a test keeps it current.

Data goes to stdout, progress and messages to stderr. `--json` prints one object: the envelope
`schema, command, version, seed, draws` and then the result, keys in a fixed order, in UTF-8
whatever the locale; a number that is not finite is `null`. A path stands alone on its line.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | a finding you asked to be strict about |
| 2 | bad input, or a command line that makes no sense |
| 3 | a defect of Comity; the last line on stderr is the path of a file with the details |
| 130 | interrupted |
"""

_WIDTH = 78
"""What Typer takes on a terminal of 80 columns."""


def page() -> str:
    """The page as Markdown."""
    parts = [f"## `{path}`\n\n```text\n{text}\n```\n" for path, text in helps()]
    return "\n".join([_INTRODUCTION, *parts])


def helps() -> Iterator[tuple[str, str]]:
    """Each command as it is typed, and its help: first the whole, then the verbs."""
    root = command()
    whole = root.context_class(
        root, info_name="comity", terminal_width=_WIDTH, **root.context_settings
    )
    yield "comity", root.get_help(whole)
    for name, verb in root.commands.items():
        context = verb.context_class(verb, info_name=name, parent=whole, terminal_width=_WIDTH)
        yield context.command_path, verb.get_help(context)


if __name__ == "__main__":
    print(page(), end="")
