"""Without scripts: the page that could not take a form carries it, and sends it once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.carrying import unpack
from maplebridge.shell.web import errors
from tests.system.forms import values_of

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver", "accept-language": "en"}
WORDS = '路灯不亮 "><script>alert(1)</script>\n第二行'
FORM = {
    "intake_key": "5f0e5f76-7d9c-4c69-8f4f-6f3b5e8d1c11",
    "narrative": WORDS,
    "place_words": "潮平街8号",
    "phone": "",
    "safe_contact": "unknown",
}


@pytest.fixture(autouse=True)
def nobody_asked_before(settings: Any) -> Iterator[None]:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, posts_per_minute=3)
    cache.clear()
    yield
    cache.clear()


def strict() -> Client:
    """A browser whose forms are checked."""
    return Client(enforce_csrf_checks=True, headers=OURS)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_a_form_from_an_old_page_is_carried_and_stored_by_one_press() -> None:
    client = strict()
    client.get("/")
    refused = client.post("/", FORM | {"csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert "nothing has to be typed again" in text(refused)
    assert "<script>alert" not in text(refused)
    carried = values_of(text(refused), "/")
    assert carried["narrative"] == [WORDS]
    assert carried["csrfmiddlewaretoken"] != ["x" * 64]
    assert client.post("/", carried).status_code == 302
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_what_another_site_sent_is_never_offered_as_ours(origin: str) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.get("/")
    refused = client.post("/", FORM, headers={"origin": origin} if origin else {})
    assert refused.status_code == 403
    assert "路灯不亮" not in text(refused)


def test_too_many_at_once_carries_the_words_and_reads_no_file() -> None:
    client = strict()
    client.get("/")
    for _time in range(3):
        client.post("/", {})
    photo = SimpleUploadedFile("photo.jpg", b"x" * 3_000_000, content_type="image/jpeg")
    refused = client.post("/", FORM | {"picture": photo})
    assert refused.status_code == 429
    assert "Pictures are not kept here" in text(refused)
    carried = values_of(text(refused), "/")
    assert "picture" not in carried
    cache.clear()
    assert client.post("/", carried).status_code == 302


def test_a_password_is_never_carried() -> None:
    client = strict()
    client.get("/signin/")
    refused = client.post("/signin/", {"username": "何 警官", "password": "correct-horse"})
    assert refused.status_code == 403
    assert "correct-horse" not in text(refused)
    assert "<form" not in text(refused).partition('<main id="main"')[2]
    odd = client.post("/", FORM | {"new_password": "correct-horse"})
    assert "correct-horse" not in text(odd)


def test_far_too_much_is_not_carried() -> None:
    client = strict()
    client.get("/")
    refused = client.post("/", FORM | {"narrative": "长" * 70_000})
    assert refused.status_code == 403
    assert "长长" not in text(refused)
    many = {f"field-{n}": "x" for n in range(500)}
    assert 'name="field-1"' not in text(client.post("/", many))


@pytest.mark.parametrize(
    ("who", "path", "fields"),
    [
        ("P001", "/desk/{code}/reopen/", {"reopen-reason": "灯又坏了，居民来电"}),
        ("P001", "/desk/{code}/triage/", {"category": "alert", "reason": "灯又坏了，居民来电"}),
        ("P007", "/field/alarm/", {"kind": "other", "words": "灯又坏了，居民来电"}),
    ],
)
def test_a_sign_in_that_ended_in_mid_form_carries_the_words(
    who: str, path: str, fields: dict[str, str]
) -> None:
    made.city_with_people()
    code = given.report().code
    client = made.browser(who)
    client.cookies.pop("sessionid")
    url = path.format(code=code)
    refused = client.post(url, fields, headers=OURS)
    assert refused.status_code == 403
    page = text(refused)
    assert "Sign in first; what you typed comes along" in page
    packed = unpack(values_of(page, "/signin/again/")["carried"][0])
    assert packed is not None
    assert (packed.action, dict(packed.fields).items() >= fields.items()) == (url, True)


def test_signing_out_is_no_form_to_be_carried() -> None:
    made.city_with_people()
    assert made.browser("P001").post("/signout/", headers=OURS).status_code == 302


def test_a_refused_step_shows_the_words_and_does_not_offer_the_same_again() -> None:
    """A refusal of the rules would come again; the words are there to be taken elsewhere."""
    made.city_with_people()
    client = made.browser("P003")
    code = given.report().code
    refused = client.post(
        f"/desk/{code}/reopen/", {"reopen-reason": "灯又坏了，居民来电"}, headers=OURS
    )
    assert refused.status_code in {403, 404, 409}
    assert "灯又坏了，居民来电" in text(refused)
    assert ">Send it again</" not in text(refused)


def test_a_refusal_told_by_a_message_is_no_receipt_for_a_draft() -> None:
    made.city_with_people()
    code = given.report().code
    answer = Client(headers=OURS).post(
        f"/follow/{code}/reopen/",
        {"reopen-reason": "灯又坏了"},
        headers={errors.DRAFT_HEADER: "1"},
    )
    assert (answer.status_code, errors.LOCATION_HEADER in answer.headers) == (409, False)
    assert answer.json()["detail"]
    assert answer.json()["code"] == "refused"
