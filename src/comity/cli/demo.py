"""``comity demo``: the packaged case, from dossier to report."""

from __future__ import annotations

from pathlib import Path

from comity.cli import made, page
from comity.cli.options import DRAWS, SEED, Force, Output, Timings
from comity.errors import ComityError

CASE = "yerevan-2022"
FOLDER = "out"
"""Where the report goes, under the current folder; a checkout keeps it out of its history."""


def demo(output: Output = None, force: Force = False, timings: Timings = False) -> None:
    """Analyse the Yerevan summit of November 2022.

    The case comes with Comity: an illustration, not a validation. Prints the answer as `comity
    forecast` does and writes the HTML report, into the folder 'out' unless --output says where.
    The last line is the report's path.

    \b
    Example:
      comity demo
    """
    from comity.cli.answer import put_answer

    path = case()
    place = page.default_place(path, FOLDER) if output is None else output
    page.refuse_in_vain(place, force=force, dossier=path)
    dossier = made.read(path, timings=timings)
    found = made.forecast_of(dossier, path, seed=SEED, draws=DRAWS, workers=None, timings=timings)
    made.tell_findings(path, dossier)
    put_answer(found, tuple(found.items))
    with made.timed("reporting", timings):
        written = page.write(found, place)
    page.tell(written)


def case() -> Path:
    """The folder of the case: in the package if it was installed from a wheel, else beside it."""
    import comity

    package = Path(comity.__file__).parent
    places = [package / "cases" / CASE, package.parents[1] / "examples" / "cases" / CASE]
    for place in places:
        if place.is_dir():
            return place
    raise ComityError(
        "the case that comes with Comity is not here",
        found=", ".join(map(str, places)),
        mend="Install Comity from its wheel, or run it from a whole checkout.",
    )
