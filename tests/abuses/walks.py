"""Walks over what the program is made of: models, addresses, forms, the API, imports, locks.

A list of forbidden words finds what somebody thought of. These walks compare everything there is
with a closed list instead, so that whatever is new has to be looked at by a person.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.forms import BaseForm
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from maplebridge.kernel.personal import Kind

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "maplebridge"
# Plain ids of people; keys may not point downstream, so some relations are not keys.
PERSON_IDS = frozenset(
    {"account", "post", "volunteer", "sentinel", "actor_account", "actor_post", "volunteer_ref",
     "sentinel_ref"}
)  # fmt: skip
TIMES = (models.DateTimeField, models.DateField)


def own_models() -> list[type[models.Model]]:
    found = [m for m in apps.get_models() if m.__module__.startswith("maplebridge.")]
    return sorted(found, key=lambda m: m._meta.label)


def people() -> set[type[models.Model]]:
    """Models whose rows are a person: they hold a name or a way to reach somebody."""
    return {
        model
        for model in own_models()
        if any(
            note.kind in (Kind.NAME, Kind.CONTACT)
            for note in getattr(model, "personal", {}).values()
        )
    }


def joined_to_people() -> set[type[models.Model]]:
    """People themselves, and every model with a key or a plain id to one, over any distance

    that goes by a post or an account of points: those are a person by another name.
    """
    found = people()
    aliases = {"people.Post", "teams.PointsAccount"}
    found |= {model for model in own_models() if model._meta.label in aliases}
    return found | {
        model
        for model in own_models()
        for field in model._meta.get_fields()
        if (getattr(field, "concrete", False) or field.many_to_many)
        and (
            (field.is_relation and field.related_model in found and not field.auto_created)
            or field.name in PERSON_IDS
        )
    }


def own_columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Columns that say something: no keys, no times, no primary key."""
    for field in model._meta.concrete_fields:
        if not field.primary_key and not field.is_relation and not isinstance(field, TIMES):
            yield field


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
        for part in resolver.url_patterns:
            path = before + str(part.pattern)
            if isinstance(part, URLResolver):
                yield from walk(part, path)
            else:
                yield path, part

    yield from walk(get_resolver(), "")


def forms() -> Iterator[type[BaseForm]]:
    """Every form of the rooms; the modules are imported, so none hides. Forms of tests are none."""
    import_module("maplebridge.config.urls")  # and with it those that stand beside their page
    for path in sources():
        if "forms" in path.relative_to(PACKAGE).parts or path.name == "forms.py":
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))

    def below(cls: type[BaseForm]) -> Iterator[type[BaseForm]]:
        for sub in cls.__subclasses__():
            yield sub
            yield from below(sub)

    ours = (form for form in below(BaseForm) if form.__module__.startswith("maplebridge."))
    seen = {form for form in ours if ".tests." not in form.__module__}
    yield from sorted(seen, key=lambda form: (form.__module__, form.__qualname__))


def form_fields() -> set[tuple[str, str]]:
    return {(form.__name__, name) for form in forms() for name in getattr(form, "base_fields", {})}


def asked_by_address() -> set[str]:
    """Names that views read from a query: `request.GET.get("x")`, `request.GET["x"]`."""
    found: set[str] = set()
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Subscript) and _is_get(node.value):
                found |= _strings(node.slice)
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and _is_get(node.func.value)
            ):
                found |= _strings(node.args[0]) if node.args else set()
    return found


def _is_get(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "GET"


def _strings(node: ast.expr) -> set[str]:
    return {
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts[:-1]):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports() -> dict[str, set[str]]:
    """Package that is imported → files that do, anywhere in them."""
    found: dict[str, set[str]] = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )  # fmt: skip
            for name in names:
                found.setdefault(name, set()).add(str(path.relative_to(PACKAGE)))
    return found


def locked() -> set[str]:
    """Every package of every lock file, Python and front end."""
    found = set[str]()
    for lock in (ROOT / "requirements").glob("*.lock"):
        found |= set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock.read_text("utf-8"), re.M))
    node = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    return found | {name.split("node_modules/")[-1] for name in node["packages"] if name}
