"""How often an item is adopted, as a clause: the tabled draft, some text, and on the text alone."""

from __future__ import annotations

from comity.ensemble.results import Verdict
from comity.report.words import Subject, percent


def verdict_words(about: Subject, verdict: Verdict, *, supposed: bool = True) -> str:
    """``the tabled draft would be adopted in 4 % of draws and some text in 47 %``.

    Where more than the text is asked, the shares on the text alone follow if they differ.
    """
    is_, could = ("would be", "could be") if supposed else ("is", "can be")
    if verdict.probability is None:
        said = f"some text {could} adopted {about.within(verdict.any)}"
    else:
        tabled = f"the tabled draft {is_} adopted {about.within(verdict.probability)}"
        said = f"{tabled} and some text {about.also(verdict.any)}"
    return said if text_decides(verdict) else f"{said}; {_alone(about, verdict)}"


def text_decides(verdict: Verdict) -> bool:
    """Whether the text is all that counts: setting the rest aside shows no other shares."""
    return shown(verdict)[:2] == shown(verdict)[2:]


def shown(verdict: Verdict) -> tuple[str, ...]:
    """The four shares as a reader sees them: everything asked, then the text alone."""
    shares = (verdict.probability, verdict.any, verdict.text_tabled, verdict.text_any)
    return tuple("" if share is None else percent(share) for share in shares)


def _alone(about: Subject, verdict: Verdict) -> str:
    some = about.also(verdict.text_any)
    if verdict.text_tabled is None:
        return f"on the text alone, {some}"
    return f"on the text alone, {about.also(verdict.text_tabled)} and {some}"
