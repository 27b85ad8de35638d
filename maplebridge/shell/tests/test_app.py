"""The phone pages as an app: what a browser needs to keep and to install them."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client, RequestFactory
from PIL import Image

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.shell import appicon, assets, context
from maplebridge.shell.web import app

BAO = Actor(kind=ActorKind.PERSON, role="grid_worker", post_id=3, account_id=3, label="Bao")


def test_the_worker_governs_all_pages_and_is_asked_for_anew(client: Client) -> None:
    if not assets.is_built():
        pytest.skip("the front end is not built")
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    first, _, rest = answer.content.decode().partition("\n")
    facts = json.loads(first.removeprefix("self.maplebridge = ").removesuffix(";"))
    assert facts["fallback"] == "/field/waiting/"
    assert any("/main-" in asset for asset in facts["assets"])
    assert not any("/mapview-" in asset and asset.endswith(".js") for asset in facts["assets"])
    assert "addEventListener" in rest
    assert not re.search(r"^import\b", rest, re.MULTILINE), "a worker cannot start with a chunk"


@pytest.mark.parametrize(("language", "name"), [("zh-CN", "枫桥"), ("en", "Maplebridge")])
def test_the_app_has_its_name_in_the_language_of_who_installs_it(
    client: Client, language: str, name: str
) -> None:
    answer = client.get("/manifest.webmanifest", headers={"accept-language": language})
    assert answer["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert said["name"] == name and said["display"] == "standalone"
    assert said["start_url"] == "/field/"
    for icon in said["icons"]:
        drawn = client.get(icon["src"])
        picture = Image.open(io.BytesIO(drawn.content))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_the_icon_is_drawn_in_the_three_colours_and_no_other_size(client: Client) -> None:
    picture = Image.open(io.BytesIO(appicon.png(192))).convert("RGB")
    colours = {colour for _n, colour in picture.getcolors(192 * 192) or []}
    wanted = {tuple(bytes.fromhex(c[1:])) for c in (appicon.PAPER, appicon.PINE, appicon.MAPLE)}
    assert wanted <= colours
    assert client.get("/app-icon-4096.png").status_code == 404


def test_kept_words_are_taken_from_nobody_but_their_owner() -> None:
    request = RequestFactory().post("/field/report/", headers={context.OWNER_HEADER: "0" * 16})
    request.actor = BAO  # type: ignore[attr-defined]
    assert context.somebody_else(request)
    own = RequestFactory().post(
        "/field/report/", headers={context.OWNER_HEADER: context.owner_of(BAO)}
    )
    own.actor = BAO  # type: ignore[attr-defined]
    assert not context.somebody_else(own)
    plain = RequestFactory().post("/field/report/")
    plain.actor = BAO  # type: ignore[attr-defined]
    assert not context.somebody_else(plain), "a plain form says nothing about its owner"


def test_every_icon_of_the_manifest_is_one_that_is_drawn() -> None:
    assert set(app.ICON_SIZES) >= {180, 192, 512}  # a phone's home screen of either kind, a splash
