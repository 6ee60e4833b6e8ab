"""What is wrong with a file that is not YAML text, in words its author understands."""

from __future__ import annotations

import re

import yaml

from comity.errors import DossierError, Place

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAVE_AS_TEXT = "Save the dossier as a plain text file in UTF-8."

_KNOWN = (
    (
        r"mapping values are not allowed",
        "a colon stands where no field can begin",
        "Put text that holds a colon in quotes, or mend the indentation.",
    ),
    (
        r"could not find expected ':'",
        "a field name is not followed by a colon",
        "Write `name: value`; put text of several lines in quotes.",
    ),
    (
        r"(',' or '\]'|',' or '\}')",
        "a comma is missing, or a bracket is not closed",
        "Close the bracket that was opened, or put a comma between the entries.",
    ),
    (
        r"unexpected end of stream|while scanning a quoted scalar.*document separator",
        "a quotation mark is not closed",
        "Close the quotation mark, or double it inside the text: 'it''s'.",
    ),
    (
        r"expected key|<block end>|expected '-' indicator|block sequence entries are not allowed",
        "the line does not fit the lines above it",
        "Give fields that belong together the same indentation; "
        "put text that begins or ends with a quotation mark, or holds a colon, in quotes.",
    ),
    (
        r"unknown escape character",
        "a backslash in double quotes means something of its own",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        r"alphabetic or numeric character|scanning an (anchor|alias)",
        "& and * have a meaning of their own at the beginning of a value",
        "Put the text in quotes.",
    ),
    (
        r"(maximum|too) ?(recursion )?(depth|deep)|nesting",
        "brackets or indentation nest too deep",
        "A dossier needs fewer than 10 levels; look for brackets that are never closed.",
    ),
    (r"tag", "tags are not read", "Write the value itself; put text beginning with ! in quotes."),
)
_OTHERWISE = "Compare the line with those around it: indentation, quotes, brackets and colons."


def decoded(raw: bytes, file: str, limit: int) -> str:
    """The text of a file. Refuses too much of it, other encodings, and binary contents."""
    if len(raw) > limit:
        raise too_big(file, len(raw), limit)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DossierError(
            "the file is not UTF-8 text", place=Place(file), found="UTF-16", mend=_SAVE_AS_TEXT
        )
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DossierError(
            "the file is not UTF-8 text",
            place=Place(file, line),
            found=f"the byte {raw[error.start]:#04x}",
            mend=_SAVE_AS_TEXT,
        ) from None
    if odd := _UNPRINTABLE.search(text):
        raise DossierError(
            "a character that no text holds: is this a text file?",
            place=Place(file, _line(text, odd.start())),
            found=f"U+{ord(odd.group()):04X}",
            mend=_SAVE_AS_TEXT,
        )
    return text


BE_BRIEF = "Keep what the forecast needs; paraphrase sources rather than quote them."
"""How a dossier in YAML is made small enough."""


def too_big(file: str, size: int, limit: int, mend: str = BE_BRIEF) -> DossierError:
    """The refusal of more than ``limit`` bytes."""
    return DossierError(
        f"more than {limit / 1e6:g} MB is not read",
        place=Place(file),
        found=f"{size / 1e6:.1f} MB",
        mend=mend,
    )


def trouble(error: yaml.YAMLError, text: str, file: str) -> DossierError:
    """The parser's complaint, put in words, with the line it is about."""
    mark = getattr(error, "problem_mark", None)
    said = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem"))
    opened = getattr(error, "context_mark", None)
    if opened is not None and "expected ':'" in said:
        mark = opened
    if mark is None:
        return DossierError("this is not YAML", place=Place(file), found=said, mend=_OTHERWISE)
    lines = _BREAK.split(text)
    shown = lines[mark.line] if mark.line < len(lines) else ""
    problem, mend = _in_words(said, shown[mark.column : mark.column + 1])
    if "not closed" in problem and opened is not None:
        problem += f"; it opens in line {opened.line + 1}"
    found = shown.strip(" ") or "the end"
    return DossierError(problem, place=Place(file, mark.line + 1), found=found, mend=mend)


def _in_words(said: str, char: str) -> tuple[str, str]:
    if re.search(r"cannot start any token|tab character", said):
        if char == "\t" or "tab" in said:
            return "a tab stands where only spaces may", "Indent with spaces."
        return (
            f"no value can begin with {char}",
            f"Put text that begins with {char} in quotes.",
        )
    for pattern, problem, mend in _KNOWN:
        if re.search(pattern, said):
            return problem, mend
    return f"this is not YAML: {said.strip()}", _OTHERWISE


def _line(text: str, offset: int) -> int:
    return len(_BREAK.findall(text, 0, offset)) + 1
