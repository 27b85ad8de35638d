"""Catalogues become .mo files that gettext can read."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from tools.compile_messages import (
    compile_catalogue,
    find_catalogues,
    missing_translations,
    read_catalogue,
)

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write_po(root: Path, body: str) -> Path:
    path = root / "maplebridge/incidents/locale/zh_Hans/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body, encoding="utf-8")
    return path


def test_catalogue_is_found_and_readable_after_compiling(tmp_path: Path) -> None:
    path = write_po(tmp_path, 'msgid "Accept"\nmsgstr "接单"\n')
    assert find_catalogues(tmp_path) == [path]
    assert compile_catalogue(path)
    with path.with_suffix(".mo").open("rb") as source:
        assert gettext.GNUTranslations(source).gettext("Accept") == "接单"
    assert not path.with_suffix(".mo.part").exists()


def test_only_a_changed_catalogue_is_compiled_again(tmp_path: Path) -> None:
    path = write_po(tmp_path, 'msgid "Arrived"\nmsgstr "到场"\n')
    assert compile_catalogue(path)
    assert not compile_catalogue(path)
    later = path.with_suffix(".mo").stat().st_mtime + 5
    os.utime(path, (later, later))
    assert compile_catalogue(path)


def test_broken_catalogue_is_refused(tmp_path: Path) -> None:
    path = write_po(tmp_path, 'msgid "Accept"\nthis is no catalogue\n')
    with pytest.raises(PoFileError):
        compile_catalogue(path)


def test_missing_and_fuzzy_translations_are_named(tmp_path: Path) -> None:
    entries = ['msgid "One"\nmsgstr ""', '#, fuzzy\nmsgid "Two"\nmsgstr "二"']
    body = "\n\n".join([*entries, 'msgid "Three"\nmsgstr "三"\n'])
    catalogue = read_catalogue(write_po(tmp_path, body))
    assert [message.id for message in missing_translations(catalogue)] == ["One", "Two"]
