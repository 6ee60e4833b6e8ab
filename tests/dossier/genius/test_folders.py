"""GENIUS folders made here: what is read, and what is refused with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity.bargaining.drawn import middle
from comity.dossier import Dossier
from comity.dossier.genius import holds_genius, load_genius
from comity.dossier.genius.talks import unique
from comity.dossier.talks import Talks
from comity.dossier.yamltext import LIMIT
from comity.errors import DossierError, UnsupportedError

Folder = Callable[..., Path]

DOMAIN = """<negotiation_template>
<utility_space number_of_issues="2">
<objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="Price" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="$4.37"/>
<item index="2" value="$4.12"/>
</issue>
<issue index="2" name="Days" type="integer" etype="integer" vtype="integer">
<range lowerbound="2" upperbound="6"/>
</issue>
</objective>
</utility_space>
</negotiation_template>
"""

PROFILE = """<utility_space>
<objective index="0" name="root" type="objective" etype="objective">
<issue index="1" name="Price" type="discrete" etype="discrete" vtype="discrete">
<item index="1" value="$4.37" evaluation="5"/>
<item index="2" value="$4.12" evaluation="20"/>
</issue>
<issue index="2" name="Days" type="integer" etype="integer" vtype="integer">
<range lowerbound="2" upperbound="6"/>
<evaluator ftype="linear" offset="0.5" slope="0.25"/>
</issue>
<weight index="1" value="0.75"/>
<weight index="2" value="0.25"/>
</objective>
<discount_factor value="0.9"/>
<reservation value="0.3"/>
</utility_space>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Writes a domain and two profiles, the first of them changed as a test wants it."""

    def write(old: str = "", new: str = "", domain: str = DOMAIN) -> Path:
        assert old in PROFILE
        (tmp_path / "domain.xml").write_text(domain)
        (tmp_path / "a.xml").write_text(PROFILE.replace(old, new, 1) if old else PROFILE)
        (tmp_path / "b.xml").write_text(PROFILE)
        return tmp_path

    return write


def only(dossier: Dossier) -> Talks:
    (talks,) = dossier.talks.values()
    return talks


def refused(folder: Path) -> str:
    with pytest.raises(DossierError) as caught:
        load_genius(folder)
    assert caught.value.mend
    return str(caught.value)


def test_what_is_read(folder: Folder) -> None:
    """Evaluations are divided by the largest; a linear evaluator is cut off at 1."""
    talks = only(load_genius(folder()))
    problem = middle(talks, "x")
    assert problem.parties == ("a", "b")
    assert problem.options == (("4-37", "4-12"), ("2", "3", "4", "5", "6"))
    assert problem.worth[0][:, 0] == pytest.approx([0.75 * 0.25, 0.75])
    assert problem.worth[1][:, 0] == pytest.approx([0.125, 0.1875, 0.25, 0.25, 0.25])
    assert problem.reservation == pytest.approx([0.3, 0.3])


def test_what_is_read_raw(folder: Folder) -> None:
    """Read raw, nothing is divided and nothing cut off."""
    problem = middle(only(load_genius(folder(), "raw")), "x")
    assert problem.worth[0][:, 0] == pytest.approx([0.75 * 5, 0.75 * 20])
    assert problem.worth[1][:, 0] == pytest.approx([0.125, 0.1875, 0.25, 0.3125, 0.375])


def test_the_older_form_of_an_evaluator(folder: Folder) -> None:
    """parameter0 + parameter1 · x, x itself and not its distance from the lowest."""
    older = 'parameter0="0.0" parameter1="0.1"'
    problem = middle(only(load_genius(folder('offset="0.5" slope="0.25"', older))), "x")
    assert problem.worth[1][:, 0] == pytest.approx([0.05, 0.075, 0.1, 0.125, 0.15])


def test_labels_are_kept(folder: Folder) -> None:
    """What cannot be an id stays as the option's description."""
    issue = only(load_genius(folder())).issues["Price"]
    assert dict(issue.options or {}) == {"4-37": "$4.37", "4-12": "$4.12"}
    assert issue.title == "Price"


def test_ids_are_one_of_a_kind() -> None:
    """Labels that differ only in signs get different ids, and those are ids."""
    assert unique(["3 day", "3+ day", "3-day-2", "%", "+"]) == [
        "3-day", "3-day-2", "3-day-2-2", "unnamed", "unnamed-2",
    ]  # fmt: skip


def test_in_place_of_a_dossier(folder: Folder) -> None:
    """Such a folder is loaded like any dossier, and can be written as one."""
    place = folder()
    dossier = comity.load(place)
    assert dossier == load_genius(place)
    assert comity.loads(comity.dump(dossier)) == dossier


def test_a_folder_with_yaml_is_a_dossier(folder: Folder) -> None:
    """One YAML file makes it a dossier's folder, whatever XML lies beside, but GENIUS's own."""
    place = folder()
    (place / "x.yaml").write_text("comity: 1")
    assert not holds_genius(place)
    with pytest.raises(DossierError, match="a dossier and GENIUS files") as caught:
        comity.load(place)
    assert caught.value.found == "x.yaml and a.xml"
    for file in place.glob("*.xml"):
        file.write_text("<html/>")
    with pytest.raises(DossierError, match="title: a required field is missing"):
        comity.load(place)


def test_a_file_name_on_two_lines(folder: Folder) -> None:
    """A party's name and a label stand on one line, without characters that turn the text."""
    place = folder()
    (place / "a.xml").rename(place / "a\n\u202eb.xml")
    domain = DOMAIN.replace("Price", "Price&#10;now")
    (place / "domain.xml").write_text(domain)
    for file in (place / "a\n\u202eb.xml", place / "b.xml"):
        file.write_text(PROFILE.replace("Price", "Price&#10;now"))
    dossier = comity.load(place)
    talks = only(dossier)
    assert talks.parties == ("a-b", "b")
    assert dossier.actors["a-b"].name == "a b"
    assert talks.issues["Price-now"].title == "Price now"


@pytest.mark.parametrize("encoding", ["klingon", "UTF-7", "rot13", "zlib"])
def test_an_encoding_that_cannot_be_read(folder: Folder, encoding: str) -> None:
    """A file whose declared encoding nobody knows is refused, with its first line."""
    place = folder()
    text = (place / "a.xml").read_text()
    (place / "a.xml").write_text(f'<?xml version="1.0" encoding="{encoding}"?>\n{text}')
    assert "a.xml:1: the file declares an encoding" in refused(place)


def test_what_a_reader_must_know(folder: Folder) -> None:
    """Discounts left aside, files passed over and parties of another name are told."""
    named = '<negotiation_template>\n<agent name="X" utility_space="x.xml"/>'
    place = folder(domain=DOMAIN.replace("<negotiation_template>", named))
    (place / "pareto.xml").write_text("<pareto/>")
    note = load_genius(place).note
    assert "Discount factors are left aside" in note
    assert "neither domain nor profile: pareto.xml" in note
    assert "the domain file names others: x.xml" in note


def test_no_reservation_value_is_nothing(folder: Folder) -> None:
    """A profile without a reservation value has 0."""
    wants = only(load_genius(folder('<reservation value="0.3"/>', ""))).preferences
    assert wants["a"].reservation is not None
    assert wants["a"].reservation.bounds == (0.0, 0.0)


def test_worth_nothing(folder: Folder) -> None:
    """Evaluations that are all 0 are worth 0, as in GENIUS, and the dossier says so."""
    place = folder('evaluation="5"', 'evaluation="0"')
    text = (place / "a.xml").read_text().replace('evaluation="20"', 'evaluation="0"')
    (place / "a.xml").write_text(text)
    dossier = load_genius(place)
    assert middle(only(dossier), "x").worth[0][:, 0] == pytest.approx([0.0, 0.0])
    assert "To a every option of Price is worth 0." in dossier.note


def test_a_number_left_out(folder: Folder) -> None:
    """Numbers that begin at 2 break the format: raw, with a dummy issue worth 1, as in NegMAS."""
    place = folder()
    for file in place.iterdir():
        moved = file.read_text().replace('index="2" name="Days"', 'index="3" name="Days"')
        file.write_text(moved.replace('weight index="2"', 'weight index="3"'))
    dossier = load_genius(place)
    problem = middle(only(dossier), "x")
    assert problem.issues == ("Price", "DUMMY_ISSUE", "Days")
    assert problem.worth[1].tolist() == [[1.0, 1.0]]
    assert problem.worth[0][:, 0] == pytest.approx([0.75 * 5, 0.75 * 20])
    assert "no issue bears the number 2" in dossier.note
    assert len(middle(only(load_genius(place, "genius")), "x").issues) == 2


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name="Price"', 'name="Prize"', "a.xml:3: the domain has no issue of this name"),
        ('value="$4.12"', 'value="$9"', "a.xml:5: the domain's issue 'Price' has no such option"),
        ('evaluation="5"', 'evaluation="nan"', "a.xml:4: 'evaluation' of this <item> is no finite"),
        ('evaluation="5"', 'evaluation="1_0"', "a.xml:4: 'evaluation' of this <item> is no finite"),
        ('evaluation="5"', 'evaluation="١٢"', "a.xml:4: 'evaluation' of this <item> is no finite"),
        ('evaluation="5"', 'evaluation="1e9"', "a.xml:4: an evaluation lies between"),
        ('evaluation="5"', 'evaluation="-5"', "a.xml:4: GENIUS knows no evaluation below 0"),
        ('evaluation="5"', "", "a.xml:4: this <item> has no attribute 'evaluation'"),
        ('<weight index="1" value="0.75"/>', "", "a.xml:3: this issue has no weight"),
        ('<weight index="1"', '<weight index="7"', "a.xml:11: a weight for an issue that is not"),
        ('<weight index="1"', '<weight index="2"', "a.xml:12: this issue has two weights"),
        ('value="0.75"', 'value="-1"', "a.xml:11: a weight lies between 0 and"),
        ('value="0.75"', 'value="inf"', "a.xml:11: 'value' of this <weight> is no finite number"),
        ('index="1" name="Price"', 'index="2" name="Price"', "a.xml:3: the issue bears another"),
        ("</utility_space>", "", "a.xml:17: this is not well-formed XML"),
        ('ftype="linear"', 'ftype="triangular"', "a.xml:9: only linear and constant evaluators"),
        ('<reservation value="0.3"/>', '<reservation value="x"/>', "a.xml:15: 'value' of this"),
        ('<reservation value="0.3"/>', '<reservation value="1e7"/>', "a.xml:15: this lies between"),
        (
            '<reservation value="0.3"/>',
            '<reservation value="7"/>',
            "a.xml:15: GENIUS's reservation",
        ),
        ('<reservation value="0.3"/>', '<reservation value="-1"/>', "a.xml:15: GENIUS's reserva"),
    ],
)
def test_a_profile_that_does_not_fit(folder: Folder, old: str, new: str, says: str) -> None:
    """What does not fit the domain or is no number is refused where it stands."""
    place = folder(old, new)
    with pytest.raises((DossierError, UnsupportedError)) as caught:
        load_genius(place)
    assert str(caught.value).startswith(f"{place}/{says}")
    assert caught.value.mend


def test_weights_beyond_counting(folder: Folder) -> None:
    """Utilities that floats cannot tell apart are refused at the issue that adds most."""
    place = folder('value="0.75"', 'value="1e10"')
    assert f"{place}/a.xml:3: utilities could pass 1,000,000,000" in refused(place)


def test_weights_that_sum_to_nothing(folder: Folder) -> None:
    """A party to whom nothing matters is refused."""
    place = folder('value="0.75"', 'value="0"')
    text = (place / "a.xml").read_text().replace('value="0.25"', 'value="0"')
    (place / "a.xml").write_text(text)
    assert "all weights are 0" in refused(place)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('<item index="1" value="$4.37"/>\n<item index="2" value="$4.12"/>\n', "", "no options"),
        ('upperbound="6"', 'upperbound="1"', "the range runs backwards"),
        ('upperbound="6"', 'upperbound="1000000"', "at most 10,000 options"),
        ('index="2" name="Days"', 'index="1" name="Days"', "two issues bear one number"),
        ('index="2" name="Days"', 'index="0" name="Days"', "issues are numbered from 1"),
        ('name="Days"', 'name="Price"', "two issues bear one name"),
    ],
)
def test_a_domain_that_makes_no_sense(folder: Folder, old: str, new: str, says: str) -> None:
    """The domain file itself is checked."""
    assert old in DOMAIN
    assert says in refused(folder(domain=DOMAIN.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('type="integer" etype', 'type="real" etype', "issues of type 'real' are not read"),
        ("<issue", '<objective index="9" name="n"/><issue', "objectives within objectives"),
    ],
)
def test_what_genius_has_and_we_have_not(folder: Folder, old: str, new: str, says: str) -> None:
    """Real-valued issues and trees of objectives are refused with advice."""
    with pytest.raises(UnsupportedError, match=says):
        load_genius(folder(domain=DOMAIN.replace(old, new, 1)))


def test_a_profile_that_is_not_additive(folder: Folder) -> None:
    """Profiles that rate regions are refused."""
    with pytest.raises(UnsupportedError, match="not additive"):
        load_genius(folder("<discount_factor", "<utility_function/><discount_factor"))


def test_missing_files(folder: Folder) -> None:
    """No domain, two domains, no profile and one profile are each refused."""
    place = folder()
    (place / "second.xml").write_text(DOMAIN)
    assert "one domain file" in refused(place)
    (place / "second.xml").unlink()
    (place / "b.xml").unlink()
    assert "at least two profiles" in refused(place)
    (place / "a.xml").unlink()
    assert "none" in refused(place)
    (place / "domain.xml").unlink()
    assert "one domain file" in refused(place)


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<utility_space>&b;</utility_space>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<utility_space>&a;</utility_space>',
        '<!DOCTYPE utility_space SYSTEM "http://example.org/x.dtd">\n<utility_space/>',
    ],
)
def test_bombs(folder: Folder, bomb: str) -> None:
    """Document types and entities are refused before anything is expanded or fetched."""
    place = folder()
    (place / "a.xml").write_text(bomb)
    assert "document types and entities are not read" in refused(place)


def test_not_xml_too_deep_too_big(folder: Folder) -> None:
    """Text that is no XML, a thousand levels, and more bytes than a folder may hold."""
    place = folder()
    (place / "a.xml").write_bytes(b"\xff\xfe\x00PK")
    assert "a.xml:1: this is not well-formed XML" in refused(place)
    (place / "a.xml").write_text("")
    assert "not well-formed" in refused(place)
    (place / "a.xml").write_text("<u>" * 1000)
    assert "nest too deep" in refused(place)
    (place / "a.xml").write_bytes(b" " * (LIMIT + 1))
    told = refused(place)
    assert "a.xml" in told
    assert "Keep one domain and the profiles of its parties" in told
