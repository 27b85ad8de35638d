"""Every sentence people see exists in both languages, and none is written past the catalogues.

The msgid is the English sentence; each room holds the Chinese ones in its own catalogue. Django
merges the catalogues of all rooms, so one msgid may have only one translation among them.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "maplebridge"
LOCALE = "locale/zh_Hans/LC_MESSAGES/django.po"
CHINESE = re.compile(r"[\u3400-\u9fff]")  # in code, where punctuation is mostly for cutting text
CHINESE_ON_PAGES = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
OPT_OUT = re.compile(r"#.*\bzh: \S+")  # on the line of the string, with its reason
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
# Whole folders and files whose Chinese is data, not a label.
DATA = (
    "brain/",  # the words people say, and reasons kept in both languages side by side
    "twin/city/",  # invented names and narratives
    "twin/living/",  # what invented people say and write
    "twin/demo.py",  # what the invented people wrote
    "kernel/testing/",  # invented people of tests
    "kernel/numbers.py",  # figures as they are spoken
    "config/environment.py",  # the name of the demonstration city
    "config/settings.py",  # each language by its own name
    "exchange/rows.py",  # date formats in files from elsewhere
    "commands/setup_commands.py",  # the console greets in both languages at once
)

PLAIN, PLURAL = None, (1, 2)
WITH_CONTEXT, PLURAL_WITH_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    "_": PLAIN,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), WITH_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_WITH_CONTEXT),
}

Key = tuple[str, str]  # context, msgid


def rooms() -> list[str]:
    return sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists())


def sources(room: str, suffix: str) -> Iterator[Path]:
    for path in sorted((PACKAGE / room).rglob(f"*{suffix}")):
        parts = path.relative_to(PACKAGE / room).parts
        if not {"tests", "node_modules", "dist", "migrations"} & set(parts[:-1]):
            yield path


@cache
def used(room: str) -> dict[Key, str]:
    """The sentences of a room and where each is said first."""
    found: dict[Key, str] = {}
    for path in (*sources(room, ".py"), *sources(room, ".html"), *sources(room, ".txt")):
        text = path.read_text("utf-8")
        code = text if path.suffix == ".py" else templatize(text, origin=str(path))
        for line, said, _notes, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            msgid = said[0] if isinstance(said, tuple) else said
            found.setdefault((context or "", msgid), f"{path.relative_to(PACKAGE)}:{line}")
    return found


@cache
def catalogue(room: str) -> Catalog:
    path = PACKAGE / room / LOCALE
    if not path.exists():
        return Catalog("zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def key_of(message: Message) -> Key:
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    return message.context or "", str(ids[0])


def entries(room: str) -> dict[Key, Message]:
    return {key_of(m): m for m in catalogue(room) if m.id}


def translations(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return [str(text) for text in texts]


@pytest.mark.parametrize("room", rooms())
def test_every_sentence_has_a_chinese_one(room: str) -> None:
    known = entries(room)
    missing = [
        f"{where}\n" + (f'msgctxt "{key[0]}"\n' if key[0] else "") + f'msgid "{key[1]}"'
        for key, where in used(room).items()
        if key not in known or known[key].fuzzy or not all(translations(known[key]))
    ]
    assert not missing, f"add to maplebridge/{room}/{LOCALE}:\n\n" + "\n\n".join(missing)


@pytest.mark.parametrize("room", rooms())
def test_no_catalogue_keeps_what_nobody_says(room: str) -> None:
    unused = [key for key in entries(room) if key not in used(room)]
    assert not unused, f"remove from maplebridge/{room}/{LOCALE}: {unused}"


@pytest.mark.parametrize("room", rooms())
def test_translations_keep_the_placeholders(room: str) -> None:
    wrong = []
    for key, message in entries(room).items():
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(" ".join(map(str, ids))))
        wrong += [
            f"{key[1]!r} → {text!r}"
            for text in translations(message)
            if text and set(PLACEHOLDER.findall(text)) != wanted
        ]
    assert not wrong, f"{room}: placeholders differ: {wrong}"


def test_a_sentence_has_one_translation_in_all_rooms() -> None:
    said: dict[Key, tuple[str, list[str]]] = {}
    differing = []
    for room in rooms():
        for key, message in entries(room).items():
            first, texts = said.setdefault(key, (room, translations(message)))
            if texts != translations(message):
                differing.append(f"{key[1]!r}: {first} {texts}, {room} {translations(message)}")
    assert not differing, "use a context (pgettext) where the meaning differs: " + "\n".join(
        differing
    )


@pytest.mark.parametrize("room", rooms())
def test_no_label_is_written_in_chinese_in_the_code(room: str) -> None:
    found = []
    for path in sources(room, ".py"):
        if str(path.relative_to(PACKAGE)).startswith(DATA):
            continue
        found += [f"{path.relative_to(PACKAGE)}:{line}" for line in chinese_strings(path)]
    for path in sources(room, ".html"):
        text = TEMPLATE_COMMENT.sub("", path.read_text("utf-8"))
        if hit := CHINESE_ON_PAGES.search(text):
            found.append(f"{path.relative_to(PACKAGE)}: {text[hit.start() : hit.start() + 12]!r}")
    assert not found, (
        "use gettext, or say on the line why this is data (# zh: reason):\n" + "\n".join(found)
    )


def chinese_strings(path: Path) -> list[int]:
    """Lines of string constants with Chinese in them; docstrings and opted-out lines are not."""
    source = path.read_text("utf-8")
    if not CHINESE.search(source):
        return []
    tree = ast.parse(source)
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    spared = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and OPT_OUT.search(token.string)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in prose
        and not spared & {node.lineno, node.end_lineno or node.lineno}
    ]


def test_the_check_sees_chinese_in_code(tmp_path: Path) -> None:
    path = tmp_path / "labels.py"
    path.write_text('"""枫桥"""\nA = "接报"\nB = "研判"  # zh: a name\n# 派出\nC = "ok"\n', "utf-8")
    assert chinese_strings(path) == [2]
