"""A page as a strict reader sees it: elements with attributes, headings, words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link", "base", "col", "source", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    words: str = ""


@dataclass
class Page:
    """What stands in a page, and what is wrong with its nesting."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    words: str = ""

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def ids(self) -> list[str]:
        return [each.attributes["id"] for each in self.elements if "id" in each.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._element(tag, attrs)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in [element.tag for element in self.open] and tag != "svg":
            self.page.faults.append(f"<{tag}/> outside a drawing")
        self._element(tag, attrs)

    def _element(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.page.faults.append(f"<{tag}> has an attribute twice")
        above = tuple(element.tag for element in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, above)
        self.page.elements.append(element)
        return element

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.page.faults.append(f"</{tag}> closes {self.open[-1].tag if self.open else '-'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words += data
        if self.open and self.open[-1].tag not in ("style", "title"):
            self.page.words += data


def read(html: str) -> Page:
    """Read a page; elements that are never closed count as faults."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.faults += [f"<{element.tag}> is never closed" for element in reader.open]
    return reader.page


LOADING = {
    "src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "xlink:href",
}  # fmt: skip
STYLING = {"style", "fill", "stroke", "clip-path", "mask", "filter", "cursor"}

RUNNING = ("script", "link", "iframe", "object", "embed", "base", "form")


def loads_from_elsewhere(html: str) -> list[str]:
    """Whatever in a page would make a browser fetch something or run something."""
    page = read(html)
    found = [each.tag for each in page.all(*RUNNING)]
    for element in page.elements:
        for name, value in element.attributes.items():
            if name.startswith("on"):
                found.append(f"{element.tag} {name}")
            if name in LOADING and not value.startswith(("data:image/", "#")):
                found.append(f"{element.tag} {name}={value}")
            if name == "href" and not _plain_link(element, value):
                found.append(f"{element.tag} href={value}")
            if name in STYLING:
                found += [f"{element.tag} {name}={u}" for u in _urls(value)]
    for style in page.all("style"):
        found += _urls(style.words)
        found += re.findall(r"@import[^;]*", style.words)
    return found


def _plain_link(element: Element, value: str) -> bool:
    return value.startswith("#") or (
        element.tag == "a" and re.match(r"https?://[^\s]+$", value) is not None
    )


def _urls(css: str) -> list[str]:
    return [url for url in re.findall(r"url\(([^)]*)\)", css) if not url.startswith("#")]
