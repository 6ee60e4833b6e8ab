"""`comity similarity`: the question, the answer and the misuse."""

import pytest

VOTES = """\
id,date,title,A,B,C
1,2001-05-01,Budget : resolution,yes,no,yes
2,2002-05-01,Budget : resolution,yes,yes,yes
3,2003-05-01,Peace,abstain,no,no
4,2004-05-01,Chair,no,yes,absent
5,,Undated,yes,yes,no
"""


@pytest.fixture
def votes(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(VOTES, "utf-8")
    return path


def test_the_answer(comity, votes):
    """Envelope first; then pairs, majority, comparisons and the votes themselves."""
    ran = comity("similarity", votes, "A", "B", "--with", "C", "--about", "budget", "--json")
    assert ran.code == 0, ran.stderr
    answer = ran.json()
    assert list(answer)[:5] == ["schema", "command", "version", "seed", "draws"]
    assert (answer["seed"], answer["draws"]) == (1, 10_000)
    assert (answer["roll_calls"], answer["clusters"]) == (5, 4)
    pair = answer["pairs"][0]
    assert (pair["counted"], pair["differ"], pair["opposed"]) == (5, 3, 2)
    assert pair["agreement"]["value"] == pytest.approx(2 / 5)
    assert pair["answers"]["yes"] == {"yes": 2, "abstain": 0, "no": 1}
    assert [call["id"] for call in answer["opposed"]] == ["1", "4"]
    assert answer["opposed"][1]["votes"] == {"A": "no", "B": "yes", "C": "absent"}
    assert [call["id"] for call in answer["about"]["roll_calls"]] == ["1", "2"]
    (third,) = answer["comparisons"]
    assert (third["counted"], third["with_one"], third["with_other"]) == (4, 1, 1)
    assert answer["majority"]["A"]["agreement"]["value"] == pytest.approx(1 / 3)


def test_years_and_periods(comity, votes):
    """Both ends are included; a roll call without a year is in no period of years."""
    answer = comity(
        "similarity", votes, "A", "B", "--since", 2001, "--until", 2003, "--json"
    ).json()
    assert (answer["since"], answer["until"], answer["roll_calls"]) == (2001, 2003, 3)
    answer = comity("similarity", votes, "A", "B", "--every", 2, "--json").json()
    assert [(p["since"], p["until"], p["roll_calls"]) for p in answer["periods"]] == [
        (2001, 2002, 2),
        (2003, 2004, 2),
    ]


def test_for_people(comity, votes):
    """It says similarity, lists the opposed votes and what it does not show."""
    ran = comity("similarity", votes, "A", "B", "--with", "C", "--about", "nothing at all")
    assert ran.stdout.startswith("Similarity of votes: A and B\n5 roll calls, 2001 to 2004")
    assert "A and B were opposed, yes against no, in 2 roll calls." in ran.stdout
    assert "The files mention “nothing at all” in 0 roll calls." in ran.stdout
    assert "not friendship" in ran.stdout
    assert "Baseline" in ran.stdout


def test_one_that_leaves_the_majority_is_named(comity, tmp_path):
    """Where the two differ because one leaves the majority, a sentence says so and by how much."""
    path = tmp_path / "votes.csv"
    rows = [
        f"{n},{1994 + n}-01-02,Matter {chr(64 + n)},{'yes' if n < 4 else 'no'},yes,yes,yes"
        for n in range(1, 13)
    ]
    path.write_text("id,date,title,AAA,BBB,CCC,DDD\n" + "\n".join(rows) + "\n", "utf-8")
    ran = comity("similarity", path, "AAA", "BBB")
    assert "AAA votes with the majority in 25 %, BBB in 100 %: most of the difference" in ran.stdout
    assert "1995–2006  AAA, BBB" in ran.stdout
    assert " (" in ran.stdout.partition("1995–2006")[2].partition("\n")[0]
    alike = comity("similarity", path, "CCC", "BBB").stdout
    assert "votes with the majority in" not in alike


def test_years_are_those_in_which_both_voted_and_few_clusters_give_no_interval(comity, votes):
    """C did not vote in 2004; five roll calls are too few for an interval."""
    said = comity("similarity", votes, "A", "B", "--with", "C", "--json").json()
    assert [(p["since"], p["until"]) for p in said["pairs"]][:2] == [(2001, 2004), (2001, 2003)]
    assert said["pairs"][0]["agreement"]["low"] is None
    ran = comity("similarity", votes, "A", "B", "--with", "C")
    assert "2001–2003  A, C" in ran.stdout
    assert "0.40  " in ran.stdout


def test_days_that_cannot_be_days_are_remarked_on(comity, tmp_path):
    """Many days before 1996, all in the first week of a month, are not to be trusted."""
    path = tmp_path / "votes.csv"
    rows = [f"{n},{1950 + n % 40}-03-0{1 + n % 7},yes,no" for n in range(40)]
    path.write_text("id,date,A,B\n" + "\n".join(rows) + "\n", "utf-8")
    assert "Mind: The 40 days before 1996" in comity("similarity", path, "A", "B").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["A"], "files and two actors are needed"),
        (["A", "X"], "nobody called 'X' votes"),
        (["A", "B", "--with", "A"], "an actor is named twice"),
        (["A", "B", "--since", "1950", "--until", "1960"], "from 2001 to 2004"),
        (["A", "B", "--about", " "], "--about is empty"),
        (["A", "B", "--draws", "0"], "--draws"),
    ],
)
def test_misuse(comity, votes, arguments, says):
    """Each has a message of its own and exit code 2, and nothing goes to stdout."""
    ran = comity("similarity", votes, *arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert says in ran.stderr


def test_a_bad_file(comity, tmp_path):
    """File and line are named, and nothing is half-read."""
    path = tmp_path / "votes.csv"
    path.write_text("rcid,member,vote\n1,A,yes\n1,B,maybe\n", "utf-8")
    ran = comity("similarity", path, "A", "B")
    assert (ran.code, ran.stdout) == (2, "")
    assert f"{path}:3: vote: this word is no vote" in ran.stderr
