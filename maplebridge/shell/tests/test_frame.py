"""The frame: language, menu, headers, assets."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from maplebridge.kernel import faces
from maplebridge.kernel.actor import RESIDENT, Actor, ActorKind
from maplebridge.kernel.faces import MenuEntry
from maplebridge.shell import assets, context
from maplebridge.shell.middleware import POLICY, ContentPolicy, RequestId, Smaller

pytestmark = pytest.mark.django_db  # a page of the demonstration says how fast its city runs
DEMO = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo")
LIN = Actor(kind=ActorKind.PERSON, role="call_taker", post_id=1, account_id=1, label="Lin")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=")


@pytest.fixture
def gallery(client: Client) -> str:
    with override_settings(MAPLEBRIDGE=DEMO):
        return client.get("/gallery/").content.decode()


def test_the_gallery_is_for_demonstrations_only(client: Client) -> None:
    assert client.get("/gallery/").status_code == 404


def test_no_page_part_is_inline(gallery: str) -> None:
    assert not INLINE.search(gallery)


def test_chinese_is_the_language_without_a_wish(gallery: str) -> None:
    assert '<html lang="zh-Hans"' in gallery


def test_the_language_switch_lasts(client: Client) -> None:
    sent = client.post("/language/", {"language": "en", "next": "/gallery/?wrong=1"})
    assert sent["Location"] == "/gallery/?wrong=1"
    with override_settings(MAPLEBRIDGE=DEMO):
        page = client.get("/gallery/", headers={"accept-language": "zh-CN"}).content.decode()
    assert '<html lang="en"' in page


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example/", "javascript:x", ""])
def test_a_switch_leads_nowhere_else(client: Client, bad: str) -> None:
    assert client.post("/language/", {"language": "en", "next": bad})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    sent = client.post("/language/", {"language": "xx", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in sent.cookies


def test_large_text_lasts(client: Client) -> None:
    client.post("/text/", {"text": "large", "next": "/"})
    with override_settings(MAPLEBRIDGE=DEMO):
        assert 'data-text="large"' in client.get("/gallery/").content.decode()


def test_every_answer_carries_policy_and_id() -> None:
    request = RequestFactory().get("/", headers={"x-request-id": "from-proxy-0001"})
    response = RequestId(ContentPolicy(lambda _r: HttpResponse()))(request)
    assert response["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert response["X-Request-ID"] == "from-proxy-0001"


def test_a_strange_request_id_is_replaced() -> None:
    request = RequestFactory().get("/", headers={"x-request-id": "a b\tc<script>"})
    response = RequestId(lambda _r: HttpResponse())(request)
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_the_menu_is_what_this_actor_may_open(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        MenuEntry("desk", "Queue", "shell:gallery", 1, lambda actor: actor.role == "call_taker"),
        MenuEntry("desk", "Orders", "no:such-page", 2, lambda actor: True),
        MenuEntry("portal", "Report", "shell:text", 1, lambda actor: True),
    ]
    monkeypatch.setattr(faces, "_menu", {(entry.url_name, entry.order): entry for entry in entries})
    assert [(x.label, x.here) for x in context.lines(LIN, "/gallery/")] == [("Queue", True)]
    assert [x.label for x in context.lines(RESIDENT, "/")] == ["Report"]
    bao = dataclasses.replace(LIN, role="grid_worker")
    assert context.lines(bao, "/") == ()
    assert context.lines(None, "/") == ()


def test_drafts_of_two_accounts_have_two_owners() -> None:
    bao = dataclasses.replace(LIN, account_id=2)
    assert context.owner_of(LIN) != context.owner_of(bao)
    assert context.owner_of(RESIDENT) == context.owner_of(None) == ""


def test_the_manifest_names_what_a_page_links(tmp_path: Path) -> None:
    manifest = {
        "src/main.ts": {
            "file": "assets/main-1.js",
            "css": ["assets/main-1.css"],
            "imports": ["_a"],
        },
        "_a": {"file": "assets/a-1.js", "imports": ["_b"], "css": ["assets/a-1.css"]},
        "_b": {"file": "assets/b-1.js", "imports": ["_a"]},
        "src/type.ts": {"file": "assets/type-1.css"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    found = assets.find("main.ts", tmp_path)
    assert found is not None
    assert found.script == "/static/dist/assets/main-1.js"
    assert found.preloads == ("/static/dist/assets/a-1.js", "/static/dist/assets/b-1.js")
    assert found.styles == ("/static/dist/assets/a-1.css", "/static/dist/assets/main-1.css")
    assert assets.find("other.ts", tmp_path) is None
    assert assets.sheet("type.ts", tmp_path) == "/static/dist/assets/type-1.css"
    assert assets.sheet("other.ts", tmp_path) is None


def test_without_scripts_the_fallback_font_is_linked_all_the_same(gallery: str) -> None:
    if not assets.is_built():
        pytest.skip("the front end is not built; run `make setup`")
    quiet = re.search(r"<noscript>(.*?)</noscript>", gallery)
    assert quiet
    assert str(assets.sheet("type.ts")) in quiet[1]


def test_without_a_build_the_page_works_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "manifest", lambda dist=tmp_path: {})
    with override_settings(MAPLEBRIDGE=DEMO):
        page = client.get("/gallery/").content.decode()
    assert "make setup" in page
    assert "<script type=" not in page
    assert '<form method="post"' in page


def test_a_part_of_a_page_leaves_the_messages_to_the_page(client: Client) -> None:
    with override_settings(MAPLEBRIDGE=DEMO):
        client.post("/gallery/", {"narrative": "x", "kind": "yes"})
        part = client.get("/gallery/", headers={"HX-Request": "true"}).content.decode()
        page = client.get("/gallery/").content.decode()
    assert 'class="said"' not in part
    assert 'class="said"' in page


@pytest.mark.parametrize(("kind", "packed"), [("text/html", True), ("image/jpeg", False)])
def test_a_page_travels_packed_and_a_picture_as_it_is(kind: str, packed: bool) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("很长的一页。" * 200, content_type=kind)

    sent = Smaller(answer)(RequestFactory().get("/", headers={"accept-encoding": "gzip"}))
    assert isinstance(sent, HttpResponse)
    assert (sent.headers.get("Content-Encoding") == "gzip") is packed


def test_built_files_travel_packed_and_are_asked_for_once(client: Client) -> None:
    found = assets.find("main.ts")
    if found is None:
        pytest.skip("the front end is not built; run `make setup`")
    sent = client.get(found.script, headers={"accept-encoding": "gzip"})
    sent.close()
    assert sent.headers["Content-Encoding"] == "gzip"
    assert "immutable" in sent.headers["Cache-Control"]
