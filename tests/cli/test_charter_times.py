"""What a charter says of another day, of its effects and of its doubts, on the command line."""

import pytest

NICE = ("decide", "--charter", "eu-council-nice", "--rest", "yes")


def test_a_procedure_of_another_time_is_refused(comity):
    """On a day with twenty-eight seats the rule for twenty-seven is refused, its heir named."""
    ran = comity(*NICE, "--on", "2014-05-01")
    assert ran.code != 0
    assert "did not hold on 1 May 2014" in ran.stderr
    assert "Use 'substantive_28', which held then" in ran.stderr
    early = comity(*NICE, "--on", "2010-01-01", "--procedure", "substantive_28")
    assert "Use 'substantive', which held then" in early.stderr
    never = comity(*NICE, "--on", "2015-01-01")
    assert "Use another procedure" in never.stderr


def test_the_heir_decides(comity):
    """From July 2013 the procedure named for it counts to 260."""
    asked = (*NICE, "--on", "2014-05-01", "--procedure", "substantive_28", "--json")
    said = comity(*asked, "DEU=no").json()
    assert said["adopted"]
    assert "260 are needed" in said["reason"]


@pytest.mark.parametrize(
    ("charter", "day", "told"),
    [
        ("unsc", "2015-06-01", "is described from 1 January 2022 to 31 December 2022 alone"),
        ("osce", "2010-06-01", "is described from 21 November 2012 alone"),
        ("asean", "2025-10-26", "is described from 15 December 2008 to 25 October 2025 alone"),
        ("eu-council-lisbon", "2014-10-31", "is described from 1 November 2014 alone"),
        ("nato", "2025-06-01", "what may have changed until 1 June 2025 is not in it"),
    ],
)
def test_another_time_is_owned_up_to(comity, charter, day, told):
    """Outside the days for which a charter is described decide, power and rules say so."""
    asked = ("--charter", charter, "--on", day)
    assert told in comity("decide", "--rest", "yes", *asked).stdout
    assert told in comity("rules", charter, "--on", day).stdout
    if charter == "unsc":  # its five seats of that day can never adopt, so none has power
        assert "never adopts" in comity("power", *asked).stderr
    else:
        assert told in comity("power", *asked).stdout


def test_within_its_time_nothing_is_said_of_time(comity):
    """On the first and the last day a charter is silent about its time."""
    for day in ("2022-01-01", "2022-12-31"):
        assert "alone; on" not in comity("rules", "unsc", "--on", day).stdout


def test_effects_stand_beside_whom_it_binds(comity):
    """What a decision brings about follows whom it binds."""
    for charter, told in (
        ("unsc:substantive", "binds all members. Decisions bind all members of the United Nations"),
        ("unsc:chapter_vi", "binds nobody. Under Chapter VI the Council makes recommendations."),
        ("osce:substantive", "binds all members. It binds politically, not in law."),
        ("wto:substantive", "In practice no votes are taken"),
    ):
        assert told in comity("rules", charter).stdout


def test_the_weakest_ground_is_told(comity):
    """That absence is no objection is assumed of the CSTO and of ASEAN, and said to be."""
    for charter in ("csto", "asean"):
        ran = comity("decide", "--charter", charter, "--rest", "yes")
        assert "Mind: It also rests on this, assumed: " in ran.stdout
    said = comity("rules", "csto:substantive", "--json").json()["charters"][0]["procedures"][0]
    assert (said["clause"], said["weakest"]) == ("consensus", "consensus_meaning")


def test_what_is_missing_comes_first(comity):
    """Of the Fund it is said first that only three members' votes are given."""
    _name, mind, *_ = comity("rules", "imf").stdout.splitlines()
    assert mind.startswith("Mind: The votes of only three of some 190 members are given")
