"""What has nothing to do with an item leaves all of its forecast alone."""

from comity.dossier import loads
from comity.dossier.template import template
from comity.ensemble import forecast

ELSEWHERE = """
  council:
    members: [ZETA, BREN, ALBA]
    charter: {name: Council, procedures: {odd: {rule: {kind: consensus, minus: 1}}}}
"""
UNRELATED = """
  seat:
    body: council
    procedure: odd
    question: Where is the seat?
    reversion: 40
    smallest_step: 5..15
    tabled: 90
    competence: {presumption: outside, item: views}
  views: {body: council, procedure: odd, options: [outside, within], reversion: outside}
"""
POSITIONS = """
  seat:
    ALBA: {ideal: 60..90, floor: 50..70, salience: 10..90}
    ZETA: {ideal: 0..50, omega: 0..5, salience: 10..90, capability: 3}
"""


def _with_more(text: str) -> str:
    """The starting dossier with an actor, a body, two items and positions put before its own."""
    for section, more in {
        "actors": "\n  ZETA: {name: Zeta, capability: 1..9}",
        "bodies": ELSEWHERE.rstrip(),
        "agenda": UNRELATED.rstrip(),
        "positions": POSITIONS.rstrip(),
    }.items():
        text = text.replace(f"\n{section}:", f"\n{section}:{more}", 1)
    return text


def test_unrelated_items_and_actors_change_nothing_of_an_item():
    """Another body with members, floors and competence in question adds to its own items alone."""
    before = forecast(loads(template()), draws=2_000).to_json()["items"]
    after = forecast(loads(_with_more(template())), draws=2_000).to_json()["items"]
    assert list(after) == ["seat", "views", *before]
    assert "without_floors" in after["seat"]["variants"]
    assert "presumed_within" in after["seat"]["variants"]
    for item, entry in before.items():
        assert after[item] == entry


def test_a_variant_is_shown_where_it_can_make_a_difference():
    """An item without floors or competence in question, its own or those it requires, has none."""
    items = forecast(loads(_with_more(template())), draws=10).items
    assert list(items["views"].variants) == ["omega_zero", "rho_half"]
    assert list(items["limit"].variants) == ["omega_zero", "rho_half", "without_floors"]
    assert list(items["monitor"].variants) == list(items["limit"].variants)  # it requires limit
