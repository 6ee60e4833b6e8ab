"""The forecast of a dossier: every question asked of the same draws."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comity.dossier import Batch, Dossier, Keyed, agenda_order, check, refuse_hindsight
from comity.ensemble import assumed, counterfactuals, summary
from comity.ensemble.chair import chairing
from comity.ensemble.chunks import over_chunks, run_all
from comity.ensemble.limits import limits
from comity.ensemble.results import (
    CodedItem,
    CodingView,
    Forecast,
    ItemForecast,
    ProcedureView,
    Ranges,
    RoundView,
    Verdict,
)
from comity.ensemble.survey import ItemSurvey, Survey, grid, join, merge, survey
from comity.ensemble.tornado import tornados
from comity.errors import UnsupportedError
from comity.forecast import Outcome, outcomes
from comity.forecast.consensus import Rules
from comity.rules import sentence

STEP = 2.0
"""Distance of the drafts on a passage curve, in points."""

DRAWS = 10_000
MOST_DRAWS = 2_000_000

Progress = Callable[[float], None]


def forecast(
    dossier: Dossier,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Forecast:
    """What the bodies of a dossier would adopt, who objects, what would unblock it, how sure.

    The result depends on the dossier, the seed and the number of draws, never on ``workers``.
    ``progress`` is told the share of the work done.

    Raises DossierError if the dossier knows anything later than its ``as_of`` or its items
    require each other in a circle, UnsupportedError if ``draws`` is out of range.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise UnsupportedError(
            "the number of draws is out of range",
            found=draws,
            mend=f"ask for 1 to {MOST_DRAWS:,} draws",
        )
    refuse_hindsight(dossier)
    run = _Run(dossier, seed, draws, workers or min(2, os.cpu_count() or 1), progress)
    return run.forecast()


@dataclass(frozen=True)
class _Run:
    """A dossier with how it is to be drawn."""

    dossier: Dossier
    seed: int
    draws: int
    workers: int
    progress: Progress | None

    def forecast(self) -> Forecast:
        dossier = self.dossier
        order = agenda_order(dossier)
        elsewhere = counterfactuals.alternatives(dossier)
        found = self._survey(dossier, elsewhere)
        self._tell(0.3)
        settings = assumed.settings(dossier, self.seed)
        held = run_all(lambda part: assumed.settle_held(dossier, part), settings, self.workers)
        ranges = assumed.ranges(held) if order else {}
        self._tell(0.5)
        variants = self._variants()
        self._tell(0.7)
        items = {
            item: self._item(item, found[item], ranges[item], variants, elsewhere)
            for item in dossier.agenda
        }
        self._tell(0.9)
        codings = {name: self._coding(name) for name in dossier.codings}
        self._tell(1.0)
        return Forecast(
            title=dossier.title,
            as_of=dossier.as_of,
            handling=dossier.handling,
            note=dossier.note,
            seed=self.seed,
            draws=self.draws,
            items=items,
            codings=codings,
            findings=check(dossier),
            dossier=dossier,
        )

    def _tell(self, done: float) -> None:
        if self.progress is not None:
            self.progress(done)

    def _survey(self, dossier: Dossier, elsewhere: Mapping[str, Rules]) -> Survey:
        if not dossier.agenda:
            return {}
        return merge(
            over_chunks(
                lambda chunk: survey(Batch(dossier, chunk), elsewhere, STEP),
                self.seed,
                self.draws,
                self.workers,
            )
        )

    def _outcomes(self, dossier: Dossier, rho: float = 0.0) -> dict[str, Outcome]:
        parts = over_chunks(
            lambda chunk: outcomes(Batch(dossier, chunk, rho)), self.seed, self.draws, self.workers
        )
        return {item: join([part[item] for part in parts]) for item in parts[0]}

    def _variants(self) -> dict[str, dict[str, Outcome]]:
        """The headline's counterfactuals: ω = 0, correlated blocs, no floors, presumptions."""
        dossier = self.dossier
        found = {
            "omega_zero": self._outcomes(counterfactuals.without_agreement_value(dossier)),
            "rho_half": self._outcomes(dossier, rho=0.5),
        }
        if counterfactuals.has_floors(dossier):
            found["without_floors"] = self._outcomes(counterfactuals.without_floors(dossier))
        if counterfactuals.in_question(dossier):
            for presumption in ("within", "outside"):
                presumed = counterfactuals.presuming(dossier, presumption)
                found[f"presumed_{presumption}"] = self._outcomes(presumed)
        return found

    def _item(
        self,
        item: str,
        found: ItemSurvey,
        ranges: Ranges,
        variants: Mapping[str, Mapping[str, Outcome]],
        elsewhere: Mapping[str, Rules],
    ) -> ItemForecast:
        dossier, entry = self.dossier, self.dossier.agenda[item]
        members = dossier.members(item)
        tabled = summary.draft_text(dossier, item, "tabled")
        back = summary.draft_text(dossier, item, "reversion")
        assert back is not None
        curve = summary.passage(found.passage, grid(dossier, item, STEP), self.draws)
        swings = tornados(dossier, item, found, Keyed(self.seed, 0, self.draws))
        return ItemForecast(
            question=entry.question,
            body=entry.body,
            procedure=entry.procedure,
            rule=sentence(dossier.procedure(item)),
            reversion=back,
            tabled=tabled,
            core=entry.core,
            requires=entry.requires,
            presumption=None if entry.competence is None else entry.competence.presumption,
            adoption=summary.adoption(found.outcome, ranges),
            variants=summary.variants(variants, item),
            responses_to=summary.weakest_text(dossier, item) if tabled is None else tabled,
            responses=summary.responses(found.responses, members),
            limits=limits(dossier, item, self.seed, self.draws),
            passage=curve,
            strongest=summary.strongest(curve, back),
            conflicts=summary.conflicts(found.conflicts.counts, self.draws),
            conflicts_unsearched=found.conflicts.unsearched / self.draws,
            opening=summary.opening(found.opening, members, entry.option_ids),
            chairing=chairing(dossier, item, self.seed, self.draws, self.workers),
            procedures={
                name: ProcedureView(
                    **vars(summary.verdict(found.elsewhere[name])), rule=sentence(rules[item])
                )
                for name, rules in elsewhere.items()
                if item in rules
            },
            rounds=self._rounds(item, found.outcome),
            content=summary.content(dossier, item, self.seed, self.draws),
            tornado=swings,
            basis=summary.basis(dossier, item, swings),
        )

    def _rounds(self, item: str, first: Outcome) -> tuple[RoundView, ...]:
        """The first tabling and every later round, draws persisting from one to the next."""
        entry = self.dossier.agenda[item]
        if not entry.rounds:
            return ()
        views, before = [], None
        for number, label in enumerate(("as tabled", *(later.label for later in entry.rounds))):
            dossier = self.dossier.in_round(item, number)
            now = self._outcomes(dossier)[item] if number else first
            before, by_then = summary.round_shares(before, now)
            shares = summary.verdict(now)
            tabled = summary.draft_text(dossier, item, "tabled")
            views.append(RoundView(label, tabled, shares.probability, shares.any, by_then))
        return tuple(views)

    def _coding(self, name: str) -> CodingView:
        coding, dossier = self.dossier.codings[name], self.dossier.coded(name)
        found = self._survey(dossier, {})
        plain = self._outcomes(counterfactuals.without_agreement_value(dossier))
        items = {
            item: self._coded(dossier, item, found[item], summary.verdict(plain[item]))
            for item in dossier.agenda
        }
        return CodingView(coding.title, coding.note, items)

    def _coded(
        self, dossier: Dossier, item: str, found: ItemSurvey, omega_zero: Verdict
    ) -> CodedItem:
        return CodedItem(
            **vars(summary.verdict(found.outcome)),
            omega_zero=omega_zero,
            responses=summary.responses(found.responses, dossier.members(item)),
            conflicts=summary.conflicts(found.conflicts.counts, self.draws),
            content=summary.content(dossier, item, self.seed, self.draws),
        )
