"""Reading files and folders: what is read, what is left alone, what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from comity.dossier import Exactly, load, loads, yamltext
from comity.dossier.yamltext import LIMIT, MAX_DEPTH, read
from comity.errors import DossierError
from dossier.samples import GOOD, TALKS, WITH_TALKS, dossier, spoiled

SECTIONS = ("positions:", "sources:", "bodies:")


def refusal(path: Path) -> str:
    """The whole message with which a file or folder is refused, its folder left out."""
    with pytest.raises(DossierError) as caught:
        load(path)
    return str(caught.value).replace(f"{path.parent}{os.sep}", "")


def a_file(folder: Path, contents: bytes | str, name: str = "dossier.yaml") -> Path:
    file = folder / name
    file.write_bytes(contents.encode() if isinstance(contents, str) else contents)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good dossier spread over a folder, with a record that is no dossier."""
    home = tmp_path / "case"
    home.mkdir()
    rest = GOOD
    for section in SECTIONS:
        start = rest.index(section)
        end = min(
            (rest.index(f"\n{k}:", start) + 1 for k in _KEYS if f"\n{k}:" in rest[start:]),
            default=len(rest),
        )
        a_file(home, rest[start:end], f"{section[:-1]}.yml")
        rest = rest[:start] + rest[end:]
    a_file(home, rest)
    a_file(home, "outcome: [of, another, shape]\n", "record.yaml")
    return home


_KEYS = ("actors", "sources", "statements", "bodies", "agenda", "positions", "codings")


# ---------------------------------------------------------------- what is read


def test_a_file_and_a_folder_are_equal_dossiers(folder: Path, tmp_path: Path):
    """A dossier says the same in one file and spread over a folder."""
    assert load(folder) == load(a_file(tmp_path, GOOD)) == loads(GOOD)


def test_the_record_is_never_read(folder: Path):
    """What happened afterwards stands beside the dossier and is left alone, broken or not."""
    a_file(folder, b"\xff\xfe\x00 not even text", "record.yml")
    a_file(folder, "notes", "NOTES.md")
    a_file(folder, "[", ".hidden.yaml")
    (folder / "more.yaml").mkdir()
    assert load(folder) == loads(GOOD)


def test_positions_of_one_item_may_be_spread_over_files(folder: Path):
    """Each delegation may keep its own positions file."""
    a_file(folder, "positions: {text: {KAZ: {ideal: 5}}}\n", "kaz.yaml")
    file = folder / "positions.yml"
    file.write_text(file.read_text().replace("    KAZ: {ideal: 0..100}\n", ""))
    assert load(folder).position("text", "KAZ").ideal == Exactly(5.0)


def test_each_delegation_may_keep_its_own_preferences(folder: Path):
    """The preferences of one party may stand in a file of their own, and links in another."""
    before, party, after = TALKS.partition("      BLR:\n")
    wants, _, rest = after.partition("    links:\n")
    a_file(folder, before + "    links:\n" + rest, "talks.yaml")
    a_file(folder, "talks: {road: {preferences: {}}}\n", "empty.yaml")
    a_file(folder, "talks:\n  road:\n    preferences:\n" + party + wants, "blr.yaml")
    assert load(folder) == loads(spoiled(WITH_TALKS))
    a_file(folder, "talks: {road: {title: Another}}\n", "title.yaml")
    assert refusal(folder).startswith("case/title.yaml:1: talks.road.title: this already stands in")


def test_a_million_options_are_refused_at_once(tmp_path: Path):
    """A list of options that nobody can mean is refused as a list, not option by option."""
    names = ", ".join(f"o{number}" for number in range(400_000))
    listed = spoiled(WITH_TALKS).replace(
        "{none: no road, joint: a road of both, own: of ARM alone}", f"[{names}]"
    )
    told = refusal(a_file(tmp_path, listed))
    assert "an issue has at most 10,000 options, and this one has 400,000" in told
    assert "Keep those that differ in substance" in told


def test_every_file_may_name_the_version(folder: Path):
    """The version belongs to each file, so it may stand in all of them."""
    file = folder / "positions.yml"
    file.write_text("comity: 1\n" + file.read_text())
    assert load(folder) == loads(GOOD)


def test_a_byte_order_mark_is_accepted(tmp_path: Path):
    """Editors on Windows may begin a UTF-8 file with a mark."""
    assert load(a_file(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())) == loads(GOOD)


def test_windows_line_ends_are_accepted(tmp_path: Path):
    """Lines may end as on Windows, and are counted the same."""
    assert load(a_file(tmp_path, GOOD.replace("\n", "\r\n"))) == loads(GOOD)


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "NO", "y", "1_000", "0b1", "12:30:45"])
def test_only_core_words_are_more_than_text(word: str):
    """A country code `NO` is text, and so is every word that only YAML 1.1 took for a value."""
    assert read(f"a: {word}".encode(), "x").value == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("12", 12), ("-3", -3), ("0o17", 15), ("0xff", 255), ("1.5", 1.5), (".5", 0.5),
        ("1e3", 1000.0), (".inf", float("inf")), ("-.INF", float("-inf")), ("'12'", "12"),
        ("2022-11-22", "2022-11-22"), ("40..60", "40..60"), ("!!str 12", "12"), ("! 12", "12"),
        ("9" * 400, float("inf")), ("9" * 5000, float("inf")),
    ],
)  # fmt: skip
def test_plain_scalars_follow_the_core_rules(text: str, value: object):
    """Plain scalars are read by the core schema of YAML 1.2."""
    assert read(f"a: {text}".encode(), "x").value == {"a": value}


def test_keys_are_always_text():
    """`on`, `for`, numbers and words of truth are fields or ids like any other."""
    read_keys = read(b"on: 1\nfor: 1\n12: 1\ntrue: 1\n~: 1\n", "x").value
    assert list(read_keys) == ["on", "for", "12", "true", "~"]


def test_an_alias_repeats_a_value():
    """What is marked once may be used again."""
    marked = dossier(
        ("BLR: {ideal: {mean: 10, sd: 3}, salience: 60..90}", "BLR: &wide {ideal: 0..100}"),
        ("KAZ: {ideal: 0..100}", "KAZ: *wide"),
    )
    assert marked.position("text", "KAZ") == marked.position("text", "BLR")


def test_the_slow_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch):
    """Where the C library is missing, the pure parser gives the same dossier and the same lines."""
    fast = read(GOOD.encode(), "x")
    monkeypatch.setattr(yamltext, "_PARSER", yaml.SafeLoader)
    slow = read(GOOD.encode(), "x")
    path = ("positions", "text", "KAZ", "ideal")
    assert slow.value == fast.value
    assert slow.mark(path) == fast.mark(path)


# ---------------------------------------------------------------- what is refused


def test_a_missing_file(tmp_path: Path):
    """A missing file is named, with the file nearest to it."""
    a_file(tmp_path, GOOD)
    assert refusal(tmp_path / "dosier.yaml") == (
        "dosier.yaml: there is no such file or folder\n"
        "  mend:  Did you mean 'dossier.yaml'? Check the path; `comity new` writes a dossier to "
        "start from."
    )


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file without permission is refused with the system's reason."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = a_file(tmp_path, GOOD)
    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(file) == (
        "dossier.yaml: the file cannot be read\n"
        "  found: Permission denied\n"
        "  mend:  Check the path and its permissions."
    )


def test_a_path_that_no_system_knows(tmp_path: Path):
    """A path with a NUL in it is refused, not passed on."""
    with pytest.raises(DossierError, match="the file cannot be read"):
        load("dossier\0.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe(tmp_path: Path):
    """A pipe that nobody writes into does not hang the reader."""
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refusal(tmp_path / "pipe.yaml") == (
        "pipe.yaml: this is neither a file nor a folder\n"
        "  mend:  Name a YAML file, a folder of them, or a workbook."
    )


def test_a_folder_without_yaml(tmp_path: Path):
    """A folder that holds nothing but a record holds no dossier."""
    home = tmp_path / "case"
    home.mkdir()
    a_file(home, "x: 1", "record.yaml")
    assert refusal(home) == (
        "case: the folder holds no dossier\n"
        "  found: no .yaml or .yml file but the record\n"
        "  mend:  Put the dossier's YAML files directly into the folder; name a "
        "workbook itself."
    )


def test_an_entry_in_two_files(folder: Path):
    """An entry that stands in two files is refused, and both places are named."""
    a_file(folder, "title: x\nactors:\n  KAZ: {name: Kazakhstan}\n", "zzz.yaml")
    (folder / "dossier.yaml").write_text(
        (folder / "dossier.yaml").read_text().replace("title: Meeting\n", "")
    )
    assert refusal(folder) == (
        f"case{os.sep}zzz.yaml:3: actors.KAZ: this already stands in case{os.sep}dossier.yaml:6\n"
        "  found: KAZ\n"
        "  mend:  Keep it in one of the two files."
    )


def test_a_scalar_in_two_files(folder: Path):
    """The title may stand once."""
    a_file(folder, "title: Meeting\n", "zzz.yaml")
    assert refusal(folder) == (
        f"case{os.sep}zzz.yaml:1: title: this already stands in case{os.sep}dossier.yaml:2\n"
        "  found: title\n"
        "  mend:  Keep it in one of the two files."
    )


def test_the_first_problem_is_first_in_file_order(folder: Path):
    """Of several problems the first in file order is told, and where the next one stands."""
    (folder / "a.yaml").write_text("handling: 3\n")
    file = folder / "positions.yml"
    file.write_text(file.read_text().replace("salience: 60..90", "salience: many"))
    assert refusal(folder) == (
        f"case{os.sep}a.yaml:1: handling: text was expected\n"
        "  found: 3\n"
        '  mend:  Put it in quotes: "3".\n'
        f"  more:  1 other problem, the next at case{os.sep}positions.yml:8: "
        "positions.text.BLR.salience."
    )


def test_too_large_a_file(tmp_path: Path):
    """More than 5 MB is refused before it is parsed."""
    file = a_file(tmp_path, b"#" * (LIMIT + 200_000))
    assert refusal(file) == (
        "dossier.yaml: more than 5 MB is not read\n"
        "  found: 5.2 MB\n"
        "  mend:  Keep what the forecast needs; paraphrase sources rather than quote them."
    )


def test_too_large_a_folder(folder: Path):
    """The limit holds for the files of a folder together."""
    for name in ("x.yaml", "y.yaml"):
        a_file(folder, b"#" * (LIMIT // 2 + 1) + b"\nhandling: x\n", name)
    assert refusal(folder).startswith(f"case{os.sep}y.yaml: more than 5 MB is not read\n")


BROKEN = {
    "empty": (b"", "dossier.yaml: the file is empty"),
    "comments alone": (b"# nothing\n", "dossier.yaml: the file is empty"),
    "a bare word": (b"dossier", "dossier.yaml:1: a dossier consists of fields, `name: value`"),
    "a list": (b"- a\n- b\n", "dossier.yaml:1: a dossier consists of fields, `name: value`"),
    "UTF-16": (GOOD.encode("utf-16"), "dossier.yaml: the file is not UTF-8 text"),
    "Latin-1": (
        GOOD.replace("Armenia", "Arménie").encode("latin-1"),
        "dossier.yaml:5: the file is not UTF-8 text",
    ),
    "a NUL": (
        GOOD.replace("Paper", "Pa\0per").encode(),
        "dossier.yaml:9: a character that no text holds: is this a text file?",
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "dossier.yaml:1: the file is not UTF-8 text",
    ),
    "brackets without end": (b"[" * 2_000, "brackets or indentation nest too deep"),
    "braces without end": (b"{a: " * 900, "brackets or indentation nest too deep"),
    "dashes without end": (b"- " * 50_000, "brackets or indentation nest too deep"),
    "a key that is a list": (b"? [a]\n: b\n", "dossier.yaml:1: a key must be plain text"),
}


@pytest.mark.parametrize(("contents", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_files(tmp_path: Path, contents: bytes, message: str):
    """What is no dossier at all is told so in one message."""
    told = refusal(a_file(tmp_path, contents))
    assert message in told.splitlines()[0]
    assert "  mend:  " in told


def test_an_alias_bomb(tmp_path: Path):
    """Aliases of aliases of aliases are refused before they fill the memory."""
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert refusal(a_file(tmp_path, "\n".join(layers))) == (
        "dossier.yaml:5: a4[7]: aliases repeat more than 100000 values\n"
        "  found: *a3\n"
        "  mend:  Write the values out, or remove the aliases."
    )


def test_nesting_through_aliases(tmp_path: Path):
    """Depth cannot be smuggled in through aliases."""
    layers = ["a0: &a0 [x]"]
    layers += [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, MAX_DEPTH + 5)]
    assert "nest too deep" in refusal(a_file(tmp_path, "\n".join(layers)))


@pytest.mark.parametrize(
    "text",
    ["ideal: '" + "1" * 200_000 + "'", "at_least: 1e999999999", "ideal: " + "9" * 100_000],
    ids=["long range", "huge exponent", "many digits"],
)
def test_numbers_made_to_stall(text: str):
    """Numbers made to keep a reader busy are refused at once."""
    field, _, value = text.partition(": ")
    old = "0..100" if field == "ideal" else "2/3"
    with pytest.raises(DossierError):
        dossier((f"{field}: {old}", f"{field}: {value}"))


def test_a_folder_without_a_record_does_not_speak_of_one(tmp_path: Path):
    """A folder of other files holds no dossier, and no record either."""
    a_file(tmp_path, "x", "notes.txt")
    assert "found: no .yaml or .yml file\n" in refusal(tmp_path)


def test_a_link_that_leads_nowhere_is_called_one(tmp_path: Path):
    """A dangling link is told by where it leads, not by its own name as the nearest."""
    link = tmp_path / "case.yaml"
    link.symlink_to("gone.yaml")
    assert refusal(link) == (
        "case.yaml: this is a link to something that is not there\n"
        "  found: gone.yaml\n"
        "  mend:  Mend the link, or name the file or folder itself."
    )


def test_a_folder_whose_entries_may_not_be_looked_at(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that may be listed and not searched cannot be read, which is no defect of ours."""

    def denied(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", denied)
    assert "the file cannot be read\n  found: Permission denied" in refusal(folder)
