"""Run the tutorials: every command and every line of Python in them, with the output they show.

    python docs/tutorial/run.py            # says where pages and program differ, exit code 1
    python docs/tutorial/run.py --update   # writes the output of the commands into the pages

A block ```console holds commands after `$ ` with their output; `…` alone on a line stands for
lines left out (what follows it must still come). A block ```python is a doctest.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGES = (HERE / "yerevan.md", HERE / "rules.md", HERE / "talks.md")
ROOT = HERE.parents[1]
LEFT_OUT = "…"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def output(command: str, folder: Path) -> str:
    """What a command prints, run from the project's root with new files going to a folder."""
    words = [word.replace("OUT", str(folder)) for word in shlex.split(command)]
    program = [sys.executable, "-c", "from comity.cli import main; main()", *words[1:]]
    settings = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        program, cwd=ROOT, env=settings, stdout=subprocess.PIPE, encoding="utf-8", check=False
    )
    printed = ran.stdout.replace(str(folder), "OUT")
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def agrees(shown: str, printed: str) -> bool:
    """Whether the page shows what is printed, except where it leaves lines out."""
    pieces = [re.escape(piece) for piece in re.split(rf"^{LEFT_OUT}\n", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(pieces), printed) is not None


def differences(page: str, folder: Path) -> Iterator[str]:
    """Commands and Python of the page that do not give what it shows."""
    for block in BLOCK.finditer(page):
        if block[1] == "console":
            for command, shown in commands(block[2]):
                printed = output(command, folder)
                if not agrees(shown, printed):
                    yield f"$ {command}\nthe page shows:\n{shown}\nprinted:\n{printed}"
    yield from python_differences(page)


def python_differences(page: str) -> Iterator[str]:
    """Failures of the page's Python, run as one doctest."""
    source = "\n".join(block[2] for block in BLOCK.finditer(page) if block[1] == "python")
    test = doctest.DocTestParser().get_doctest(source, {}, "page", "page", 0)
    found: list[str] = []
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=found.append)
    finally:
        os.chdir(here)
    yield from found


def updated(page: str, folder: Path) -> str:
    """The page with the present output of commands that show all of theirs."""

    def renewed(block: re.Match[str]) -> str:
        if block[1] != "console":
            return block[0]
        parts = []
        for command, shown in commands(block[2]):
            kept = shown if f"{LEFT_OUT}\n" in shown else output(command, folder)
            parts.append(f"$ {command}\n{kept}")
        return f"```console\n{''.join(parts)}```"

    return BLOCK.sub(renewed, page)


def main() -> int:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found: list[str] = []
        for place in PAGES:
            page = place.read_text(encoding="utf-8")
            if "--update" in sys.argv:
                place.write_text(updated(page, Path(folder)), encoding="utf-8")
            else:
                found += differences(page, Path(folder))
    sys.stdout.write("\n\n".join(found) or "The tutorials and the program agree.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
