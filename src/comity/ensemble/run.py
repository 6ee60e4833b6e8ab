"""The forecast of a dossier: every question asked of the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from comity.dossier import Batch, Dossier, Keyed, check, refuse_hindsight
from comity.dossier.charter import Charter, Procedure
from comity.ensemble import assumed, counterfactuals, objecting, summary
from comity.ensemble.chair import chairing
from comity.ensemble.chunks import Draws, chunk_length, run_all
from comity.ensemble.counted import refuse_draws
from comity.ensemble.executors import opened
from comity.ensemble.limits import limits
from comity.ensemble.progress import Meter, Tell
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
from comity.ensemble.tornado import ancestry, tornados
from comity.forecast import Outcome, outcomes
from comity.forecast.consensus import Rules
from comity.rules import procedure_sentence

STEP = 2.0
"""Distance of the drafts on a passage curve, in points."""

DRAWS = 10_000
MOST_DRAWS = 2_000_000

SURVEYED, RANGED, CHAIRED = 0.6, 0.1, 0.25
"""Shares of the time that the survey of all draws, the ranges and the chairs take, roughly."""


def forecast(
    dossier: Dossier,
    *,
    seed: int = 1,
    draws: int = DRAWS,
    workers: int | None = None,
    on: str | None = None,
    progress: Tell | None = None,
) -> Forecast:
    """What the bodies of a dossier would adopt, who objects, what would unblock it, how sure.

    The result depends on the dossier, the seed and the number of draws, never on ``workers`` or on
    where the work is done: ``on`` is None for threads here, ``processes``, ``local`` or the address
    of a Dask scheduler (``executors.opened``). ``progress`` is told the share of the work done,
    ever more of it.

    Raises DossierError if the dossier knows anything later than its ``as_of`` or its items
    require each other in a circle, UnsupportedError if ``draws`` is out of range.
    """
    refuse_draws(draws, MOST_DRAWS)
    refuse_hindsight(dossier)
    with opened(on, workers) as executor:
        made = Draws(seed, draws, chunk_length(dossier), executor)
        return _Run(dossier, made, Meter(progress)).forecast()


@dataclass(frozen=True)
class _Part:
    """What one chunk of draws says: the dossier itself, its variants and its codings.

    ``plain`` holds the codings with ω = 0.
    """

    own: Survey
    variants: Mapping[str, Mapping[str, Outcome]]
    codings: Mapping[str, Survey]
    plain: Mapping[str, Mapping[str, Outcome]]


def _joined(parts: Sequence[Mapping[str, Outcome]]) -> dict[str, Outcome]:
    return {item: join([part[item] for part in parts]) for item in parts[0]}


def _outcomes_in(dossier: Dossier, chunk: Keyed) -> dict[str, Outcome]:
    return outcomes(Batch(dossier, chunk))


def _under(procedure: Procedure, charter: Charter, outcome: Outcome) -> ProcedureView:
    said = procedure_sentence(procedure, charter)
    return ProcedureView(**vars(summary.verdict(outcome)), rule=said)


@dataclass(frozen=True)
class _Questions:
    """All that is asked of every chunk; it holds the dossier alone, so it can be sent elsewhere."""

    dossier: Dossier

    @cached_property
    def elsewhere(self) -> dict[str, Rules]:
        return counterfactuals.alternatives(self.dossier)

    @cached_property
    def variants(self) -> dict[str, tuple[Dossier, float]]:
        """The headline's counterfactuals as dossiers, each with its ρ."""
        return counterfactuals.variants(self.dossier)

    @cached_property
    def coded(self) -> dict[str, Dossier]:
        return {name: self.dossier.coded(name) for name in self.dossier.codings}

    def __call__(self, chunk: Keyed) -> _Part:
        """Everything asked of one chunk of draws, all of it on the same uniforms."""
        return _Part(
            own=survey(Batch(self.dossier, chunk), self.elsewhere, STEP),
            variants={
                name: outcomes(Batch(dossier, chunk, rho))
                for name, (dossier, rho) in self.variants.items()
            },
            codings={n: survey(Batch(d, chunk), {}, None) for n, d in self.coded.items()},
            plain={
                name: outcomes(Batch(counterfactuals.without_agreement_value(dossier), chunk))
                for name, dossier in self.coded.items()
            },
        )


@dataclass(frozen=True)
class _Run:
    """A dossier with how it is to be drawn."""

    dossier: Dossier
    draws: Draws
    meter: Meter = field(default_factory=Meter)

    def forecast(self) -> Forecast:
        dossier = self.dossier
        items, codings = {}, {}
        if dossier.agenda:
            parts = self.draws.telling(self.meter, SURVEYED).each(self.asked)
            found = merge([part.own for part in parts])
            variants = {
                name: _joined([part.variants[name] for part in parts])
                for name in self.asked.variants
            }
            ranges = self._ranges({item: seen.outcome for item, seen in found.items()})
            for item in dossier.agenda:
                concern = counterfactuals.variant_names(dossier, ancestry(dossier, item))
                seen = {name: variants[name][item] for name in concern}
                items[item] = self._item(item, found[item], ranges[item], seen)
            codings = {
                name: self._coding(
                    name,
                    merge([part.codings[name] for part in parts]),
                    _joined([part.plain[name] for part in parts]),
                )
                for name in dossier.codings
            }
        self.meter.finish()
        return Forecast(
            title=dossier.title,
            as_of=dossier.as_of,
            handling=dossier.handling,
            note=dossier.note,
            seed=self.draws.seed,
            draws=self.draws.count,
            items=items,
            codings=codings,
            findings=check(dossier),
            dossier=dossier,
        )

    @cached_property
    def asked(self) -> _Questions:
        return _Questions(self.dossier)

    def _ranges(self, headline: Mapping[str, Outcome]) -> Mapping[str, Ranges]:
        tried = assumed.settings(self.dossier, self.draws.seed, headline)
        settled = run_all(
            partial(assumed.settle_held, self.dossier),
            tried.chunks,
            self.draws.by,
            self.meter.stage(RANGED, len(tried.chunks)),
        )
        return assumed.ranges(self.dossier, tried, settled, headline)

    def _outcomes(self, dossier: Dossier) -> dict[str, Outcome]:
        return _joined(self.draws.each(partial(_outcomes_in, dossier)))

    def _item(
        self,
        item: str,
        found: ItemSurvey,
        ranges: Ranges,
        variants: Mapping[str, Outcome],
    ) -> ItemForecast:
        dossier, entry = self.dossier, self.dossier.agenda[item]
        seed, count = self.draws.seed, self.draws.count
        members = dossier.members(item)
        tabled = summary.draft_text(dossier, item, "tabled")
        back = summary.draft_text(dossier, item, "reversion")
        assert back is not None
        assert found.passage is not None
        curve = summary.passage(found.passage, grid(dossier, item, STEP), self.draws.count)
        swings = tornados(dossier, item, found, Keyed(seed, 0, count))
        chairs = self.draws.telling(self.meter, CHAIRED / len(dossier.agenda), passes=2)
        charter = dossier.charter(entry.body)
        return ItemForecast(
            question=entry.question,
            body=entry.body,
            procedure=entry.procedure,
            rule=procedure_sentence(dossier.procedure(item), charter),
            reversion=back,
            tabled=tabled,
            core=entry.core,
            requires=entry.requires,
            presumption=None if entry.competence is None else entry.competence.presumption,
            adoption=summary.adoption(found.outcome, ranges),
            variants={name: summary.verdict(seen) for name, seen in variants.items()},
            responses_to=summary.weakest_text(dossier, item) if tabled is None else tabled,
            responses=summary.responses(found.responses, members),
            limits=limits(dossier, item, seed, count),
            passage=curve,
            strongest=summary.strongest(curve, back),
            conflicts=summary.conflicts(found.conflicts.counts, self.draws.count),
            conflicts_unsearched=found.conflicts.unsearched / count,
            wordless=summary.wordless(dossier, item, seed, count),
            objecting=objecting.shares(found.objecting, members, count),
            opening=summary.opening(found.opening, members, entry.option_ids),
            chairing=chairing(dossier, item, chairs),
            procedures={
                name: _under(rules[item], charter, found.elsewhere[name])
                for name, rules in self.asked.elsewhere.items()
                if item in rules
            },
            rounds=self._rounds(item, found.outcome),
            content=summary.content(dossier, item, self.draws.seed, self.draws.count),
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

    def _coding(self, name: str, found: Survey, plain: Mapping[str, Outcome]) -> CodingView:
        coding, dossier = self.dossier.codings[name], self.asked.coded[name]
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
            conflicts=summary.conflicts(found.conflicts.counts, self.draws.count),
            content=summary.content(dossier, item, self.draws.seed, self.draws.count),
        )
