"""Adjusted Winner beside the packages."""

from comity import loads, mediate
from comity.report.sentences.talks import division

TALKS = """
comity: 1
title: A divorce
as_of: 2022-12-02
actors: {{B: {{name: Bob}}, C: {{name: Carol}}}}
talks:
  t:
    parties: [B, C]
    issues:
      custody: {{divisible: {{total: 1, parts: 2}}}}
      alimony: {{divisible: {{total: 1, parts: 2}}}}
      house: {{divisible: {{total: 1, parts: 2}}}}
    preferences:
      B:
        reservation: 0
        issues: {{custody: {{weight: 25}}, alimony: {{weight: 60}}, house: {{weight: {house}}}}}
      C:
        reservation: {least}
        issues: {{custody: {{weight: 65}}, alimony: {{weight: 25}}, house: {{weight: 10}}}}
"""


def test_divisible_quantities_are_divided_exactly_beside_the_packages() -> None:
    """Where everything is divisible between two, the exact division is given in fractions."""
    found = mediate(loads(TALKS.format(house=15, least=68)))
    assert found.division is not None
    assert dict(found.division.shares)["house"] == ("3/5", "2/5")
    assert found.division.result == ("69", "69")
    assert found.division.keeps == (True, True)
    assert found.to_json()["division"]["split"] == "house"
    assert "3/5 to Bob and 2/5 to Carol" in " ".join(division(found))


def test_a_division_below_a_reservation_value_is_told() -> None:
    """Adjusted Winner knows no reservation value; whom it leaves worse off is said."""
    found = mediate(loads(TALKS.format(house=15, least=70)))
    assert found.division is not None
    assert found.division.keeps == (True, False)
    assert division(found)[-1] == "It is worth less than no agreement to Carol."


def test_uncertain_weights_make_no_exact_division() -> None:
    """With uncertain weights the division is that of their medians, and says so."""
    found = mediate(loads(TALKS.format(house="10..20", least=0)), draws=20)
    assert found.division is not None
    assert not found.division.exact
    assert "medians" in division(found)[0]


def test_other_talks_have_no_division() -> None:
    """Where one issue has options there is nothing that Adjusted Winner could divide."""
    text = TALKS.format(house=15, least=0)
    text = text.replace("house: {divisible: {total: 1, parts: 2}}", "house: {options: [a, b]}")
    text = text.replace("house: {weight: 15}", "house: {weight: 15, values: {a: 0, b: 9}}")
    text = text.replace("house: {weight: 10}", "house: {weight: 10, values: {a: 9, b: 0}}")
    found = mediate(loads(text))
    assert found.division is None
    assert division(found) == ()
