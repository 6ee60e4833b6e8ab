"""XML elements with the line they stand on; entities, document types and depth are refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from comity.errors import DossierError, Place

MAX_DEPTH = 64
"""How deep elements may nest; GENIUS needs six levels."""

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
"""As files write numbers: Python alone would take 1_0 and digits of any script."""


@dataclass(frozen=True)
class Element:
    """One element: its tag, attributes, children, and where it stands."""

    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Element]:
        """Children of a tag, in order."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """The first child of a tag, if there is one."""
        return next(self.all(tag), None)

    def wanted(self, name: str) -> str:
        """An attribute that must be there. Raises DossierError."""
        if name not in self.attributes:
            raise self.trouble(
                f"this <{self.tag}> has no attribute '{name}'",
                found=", ".join(self.attributes) or "no attribute at all",
                mend=f'Write {name}="…" into it.',
            )
        return self.attributes[name]

    def number(self, name: str) -> float:
        """A finite number that must be there. Raises DossierError."""
        raw = self.wanted(name)
        value = float(raw) if _NUMBER.fullmatch(raw) else math.nan
        if not math.isfinite(value):
            raise self.trouble(
                f"'{name}' of this <{self.tag}> is no finite number",
                found=raw,
                mend="Write e.g. 0.25.",
            )
        return value

    def whole(self, name: str) -> int:
        """A whole number that must be there. Raises DossierError."""
        value = self.number(name)
        if value != int(value):
            raise self.trouble(
                f"'{name}' of this <{self.tag}> is no whole number",
                found=self.attributes[name],
                mend="GENIUS numbers issues 1, 2, 3 and so on.",
            )
        return int(value)

    def trouble(self, problem: str, *, found: object = None, mend: str = "") -> DossierError:
        """What is wrong here, with file and line."""
        return DossierError(problem, place=self.place, found=found, mend=mend)


def parsed(raw: bytes, file: Path) -> Element:
    """The root element of an XML text. Raises DossierError with file and line."""
    building = _Building(str(file))
    try:
        parseString(raw, building, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except SAXParseException as error:
        raise DossierError(
            "this is not well-formed XML",
            place=Place(str(file), error.getLineNumber()),
            found=error.getMessage(),
            mend="Mend the file, or take it out of the folder.",
        ) from None
    except DefusedXmlException as error:
        raise DossierError(
            "document types and entities are not read: they can make a file explode",
            place=Place(str(file)),
            found=type(error).__name__,
            mend="Remove the <!DOCTYPE …> and write the text out.",
        ) from None
    except (LookupError, ValueError) as error:  # what the parser says of an encoding
        raise DossierError(
            "the file declares an encoding in which it cannot be read",
            place=Place(str(file), 1),
            found=str(error),
            mend='Save it as UTF-8, and declare it so: <?xml version="1.0" encoding="UTF-8"?>.',
        ) from None
    return building.roots[0]


class _Building(ContentHandler):
    """Collects elements from the parser's events, with no recursion."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.roots: list[Element] = []
        self._open: list[Element] = []
        self._at: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the parser's name
        self._at = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        line = self._at.getLineNumber() if self._at else None
        here = Element(name, dict(attrs.items()), Place(self.file, line))
        if len(self._open) >= MAX_DEPTH:
            raise here.trouble("elements nest too deep", mend="GENIUS files have six levels.")
        (self._open[-1].children if self._open else self.roots).append(here)
        self._open.append(here)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()
