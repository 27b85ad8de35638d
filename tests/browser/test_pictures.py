"""A phone's photo is made small on the phone, stands upright, and says nothing of where it was."""

from __future__ import annotations

import base64
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from tests.browser.people import PHONE, Crowd, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825
TURNED = 6  # a quarter to the right, as a phone held upright writes it
CHOSEN = """async () => {
  const file = document.querySelector('input[type=file]').files[0];
  if (!file) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192)
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return [file.name, file.type, btoa(text)];
}"""

# The driver does not show files that are sent; the page itself notes how large one was.
WATCH = """() => {
  const send = window.fetch;
  window.fetch = (url, how) => {
    if (how?.body instanceof FormData) sessionStorage.sent = how.body.get('picture').size;
    return send(url, how);
  };
}"""


# Progress may be over before the next look: what the line says is noted as it is said.
LISTEN = """() => {
  window.told = [];
  const line = document.querySelector('[data-draft-state]');
  new MutationObserver(() => window.told.push(line.textContent)).observe(line, {childList: true});
}"""


def phone_photo() -> bytes:
    """12 megapixels lying on the side, red where the upright picture has its top."""
    shot = Image.effect_noise((4_000, 3_000), 40).convert("RGB")
    ImageDraw.Draw(shot).rectangle((0, 0, 400, 3_000), fill=(255, 0, 0))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = TURNED, "Phone of Chen"
    exif.get_ifd(PLACE)[1] = "N"
    out = io.BytesIO()
    shot.save(out, "JPEG", quality=90, exif=exif.tobytes())
    return out.getvalue()


def chosen(page: Page) -> tuple[str, str, bytes] | None:
    """The file that the form would send."""
    found = page.evaluate(CHOSEN)
    return (found[0], found[1], base64.b64decode(found[2])) if found else None


def pick(page: Page, name: str, kind: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )


def test_a_photo_is_made_small_upright_and_silent_before_it_is_sent(
    crowd: Crowd, demo_city: City
) -> None:
    resident = crowd.person("zh-CN", PHONE)
    page = resident.page
    page.goto("/")
    page.wait_for_load_state("load")
    original = phone_photo()
    page.evaluate(LISTEN)
    pick(page, "IMG_2041.JPEG", "image/jpeg", original)
    until(
        page,
        lambda: "正在压缩图片，第 1 张，共 1 张……" in page.evaluate("window.told"),
        "the progress",
    )
    until(page, lambda: (chosen(page) or ("",))[0] == "IMG_2041.jpg", "the smaller picture")
    found = chosen(page)
    assert found
    _name, kind, content = found
    assert kind == "image/jpeg"
    assert len(content) < len(original) / 2
    small = Image.open(io.BytesIO(content))
    assert small.size == (1_920, 2_560)
    assert dict(small.getexif()) == {}
    red, green, _blue = small.convert("RGB").getpixel((960, 60))  # type: ignore[misc] # RGB
    assert red > 200 > 60 > green
    page.locator("textarea[name=narrative]").fill("井盖不见了，看照片。")
    key = page.input_value("input[name=intake_key]")
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    sides = "SELECT width, height FROM incidents_attachment a JOIN incidents_incident i"
    sides += " ON a.incident_id = i.id WHERE i.intake_key LIKE ?"
    assert demo_city.database.rows(sides, f"%{key}") == [(1_536, 2_048)]


def test_a_photo_sent_at_once_waits_until_it_is_small(crowd: Crowd, demo_city: City) -> None:
    """Pressing the button while the picture is being made smaller sends the smaller one."""
    resident = crowd.person("en-GB", PHONE)
    page = resident.page
    page.goto("/")
    page.wait_for_load_state("load")
    page.locator("textarea[name=narrative]").fill("井盖不见了，看照片。")
    page.get_by_text("Draft kept on this device").wait_for()
    original = phone_photo()
    page.evaluate(WATCH)
    pick(page, "a.jpg", "image/jpeg", original)
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    assert 100_000 < page.evaluate("Number(sessionStorage.sent)") < len(original) / 2


def test_what_the_browser_cannot_read_is_sent_as_it_is(crowd: Crowd) -> None:
    resident = crowd.person("en-GB", PHONE)
    page = resident.page
    page.goto("/")
    page.wait_for_load_state("load")
    pick(page, "IMG_1.heic", "image/heic", b"not for this browser")
    page.locator("textarea[name=narrative]").fill("井盖不见了，看照片。")
    until(page, lambda: chosen(page) is not None, "the file")
    assert chosen(page) == ("IMG_1.heic", "image/heic", b"not for this browser")
    resident.press("Report it", "portal")
    resident.sees("This file is not a picture we can read.")
    assert page.input_value("textarea[name=narrative]") == "井盖不见了，看照片。"
