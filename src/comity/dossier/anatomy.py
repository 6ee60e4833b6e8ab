"""What the model holds at a path: which records, which fields, what their types allow."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from frozendict import frozendict
from pydantic.fields import FieldInfo

from comity.dossier.frozen import Model
from comity.dossier.paths import Path


def value_at(raw: Any, path: Path) -> Any:
    """What stands at a path of plain mappings and lists; None if nothing does."""
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def field_names(model: type[Model]) -> list[str]:
    """Fields by the names that a dossier file uses."""
    return [info.alias or name for name, info in model.model_fields.items()]


def models_at(model: type[Model], path: Path, raw: Any) -> list[type[Model]]:
    """The models that may stand at a path; one, unless it cannot be told which."""
    annotations: list[Any] = [model]
    here = raw
    for step in path:
        owners = _narrowed([m for a in annotations for m in models_in(a)], here)
        annotations = [
            inner
            for owner in owners
            if (info := _named(owner, str(step))) is not None
            for inner in (info.annotation,)
        ] + [inner for a in annotations for inner in _inside(a)]
        here = value_at(here, (step,))
    return _narrowed([m for a in annotations for m in models_in(a)], here)


def field_at(model: type[Model], path: Path, raw: Any, name: str) -> FieldInfo | None:
    for owner in models_at(model, path, raw):
        if (info := _named(owner, name)) is not None:
            return info
    return None


def _named(model: type[Model], name: str) -> FieldInfo | None:
    for own, info in model.model_fields.items():
        if name == (info.alias or own):
            return info
    return None


def _narrowed(models: list[type[Model]], raw: Any) -> list[type[Model]]:
    kind = raw.get("kind") if isinstance(raw, dict) else None
    fitting = [
        m for m in models if "kind" in m.model_fields and m.model_fields["kind"].default == kind
    ]
    return fitting or models


def branches(
    annotation: Any, metadata: tuple[Any, ...] = ()
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types an annotation allows, each with the metadata it carries."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from branches(inner, (*metadata, *more))
    elif origin in (Union, UnionType):
        for branch in get_args(annotation):
            yield from branches(branch, metadata)
    else:
        yield annotation, metadata


def models_in(annotation: Any) -> Iterator[type[Model]]:
    for branch, _ in branches(annotation):
        if isinstance(branch, type) and issubclass(branch, Model):
            yield branch


def _inside(annotation: Any) -> Iterator[Any]:
    """What a mapping or a list holds."""
    for branch, _ in branches(annotation):
        if get_origin(branch) is frozendict:
            yield get_args(branch)[1]
        elif get_origin(branch) is tuple:
            yield get_args(branch)[0]
