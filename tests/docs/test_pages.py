"""Pages a stranger can rely on: links lead somewhere, the quick start is the real one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from tests.docs.pages import DOCS, ROOT, name_of, pages, without_code

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.S | re.M)
MOST_BYTES = 300_000
# Pages speak of the product alone: no folder of somebody's machine, no host that serves packages,
# no number of a ticket, nothing left to be written.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:work|root|home|tmp)/"
    r"|\bregistry\.[a-z]+\.[a-z]+|\b(?:pypi|npmjs|nexus|artifactory)\b"
    r"|(?<![\w&])#\d+\b|\bissue \d+"
    r"|\b(?:TODO|FIXME|TBD|lorem ipsum)\b",
    re.I,
)
CALL = re.compile(r"(?:^|/bin/|-m )maplebridge ((?:[a-z]+|--?[a-z-]+)(?: [a-z-]+)*)", re.M)
TARGET = re.compile(r"^([a-z]+): .*## ", re.M)


def names() -> list[str]:
    return [name_of(page) for page in pages()]


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors a heading gets on the usual hosts: lower case, hyphens, no punctuation."""
    found = HEADING.findall(re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.S | re.M))
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).lower() for text in found]
    return frozenset(re.sub(r"[^\w\- ]", "", text).strip().replace(" ", "-") for text in plain)


@pytest.mark.parametrize("name", names())
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    broken = []
    for link in LINK.findall(without_code(page.read_text("utf-8"))):
        path, _hash, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (page.parent / path).resolve() if path else page
        lost = not target.exists() or not target.is_relative_to(ROOT)
        if lost or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert not broken, f"{name}: {broken}"


@pytest.mark.parametrize("name", names())
def test_pages_speak_of_the_product_alone(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    found = [match.group() for match in FOREIGN.finditer(text)]
    assert not found, f"{name}: {found}"


def test_the_check_sees_what_does_not_belong() -> None:
    for folder in ("work", "root", "home", "tmp"):
        assert FOREIGN.search(f"see /{folder}/x"), folder
    for wrong in ("from registry.example.org", "as in #12", "TODO: y"):
        assert FOREIGN.search(wrong), wrong
    for right in ("page #intro", "the worker", "`/home` page", "docs/work.md", "section 12"):
        assert not FOREIGN.search(right), right


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for link in LINK.findall(without_code(page.read_text("utf-8"))):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.is_relative_to(ROOT) and target.is_file():
                waiting.append(target)
    unreached = [name_of(page) for page in DOCS.rglob("*.md") if page not in seen]
    assert not unreached, f"no page leads to {unreached}"


def test_the_readme_starts_with_two_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = [line.strip() for block in FENCE.findall(text) for line in block.splitlines()]
    commands = [line.split("#")[0].strip() for line in blocks if line and not line.startswith("#")]
    assert commands == ["make run", "make test"]
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    assert {"run", "test"} <= targets


def test_commands_named_in_pages_exist() -> None:
    from tests.docs.registries import commands, options

    known = {row[0].strip("`") for row in commands()}
    groups = {name.rsplit(" ", 1)[0] for name in known}
    given = {word for row in options() for word in row[1].strip("`").split(" / ")}
    wrong = []
    for page in pages():
        for said in CALL.findall(plain(page)):
            words = [f"maplebridge {' '.join(said.split()[:n])}" for n in (1, 2)]
            if not set(words) & (known | groups):
                wrong.append(f"{name_of(page)}: maplebridge {said}")
            wrong += [
                f"{name_of(page)}: {word}"
                for word in said.split()
                if word.startswith("--") and word not in given | {"--help", "--version"}
            ]
    assert not wrong, wrong


def plain(page: Path) -> str:
    """What a page shows as code: that is where commands stand."""
    text = page.read_text("utf-8")
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))
    return "\n".join([*FENCE.findall(text), *spans])


def test_settings_named_in_pages_exist() -> None:
    from tests.docs.registries import settings

    known = {row[0].strip("`") for row in settings()}
    named = {
        (name_of(page), word if word in known else word.removesuffix("_FILE"))
        for page in pages()
        for word in re.findall(r"\bMAPLEBRIDGE_[A-Z_]*[A-Z]\b", page.read_text("utf-8"))
    }
    assert not {(page, word) for page, word in named if word not in known}


def test_pictures_are_small_and_used() -> None:
    shown = " ".join(page.read_text("utf-8") for page in pages())
    pictures = sorted((DOCS / "images").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < MOST_BYTES, f"{picture.name} is too big"
        assert picture.name in shown, f"no page shows {picture.name}"
        with Image.open(picture) as opened:
            assert opened.width >= 600
            assert not opened.info.keys() & {"exif", "Author", "Software", "parameters"}


def test_every_benchmark_is_described() -> None:
    text = (DOCS / "developers" / "benchmarks.md").read_text("utf-8")
    scripts = [
        path.stem
        for path in sorted((ROOT / "benchmarks").glob("*.py"))
        if 'if __name__ == "__main__"' in path.read_text("utf-8")
    ]
    named = re.findall(r"`python (?:-m benchmarks\.|benchmarks/)(\w+)", text)
    assert sorted(named) == scripts


@pytest.mark.parametrize("folder", ["front-desk", "field"])
def test_both_languages_have_the_same_parts(folder: str) -> None:
    chinese, english = (
        re.findall(r"^(#+) ", (DOCS / folder / f"{lang}.md").read_text("utf-8"), re.M)
        for lang in ("zh", "en")
    )
    assert chinese == english
