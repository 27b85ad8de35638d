"""A resident reports by the portal: the main way, and everything that can be typed wrong."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from maplebridge.incidents.models import Attachment, Contact, Incident, Report, Supplement
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.text import NARRATIVE_MAX
from maplebridge.kernel.geo import Point, metres, to_bd09, to_gcj02
from maplebridge.places.tests.factories import A1, INSIDE_A1

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def send(client: Client | None = None, **changed: Any) -> Any:
    return (client or Client()).post("/", made.typed(**changed))


def test_a_report_without_sign_in_leads_to_its_code() -> None:
    client = Client()
    assert client.get("/").status_code == 200
    response = send(client)
    incident = made.only_incident()
    assert response["Location"] == made.follow_url(incident.code)
    assert (incident.channel, incident.cell_code, incident.precision_m) == ("app", A1, 20.0)
    assert Report.objects.get().narrative == made.TYPED
    assert incident.code[:3] in made.page(client.get(response["Location"]))


def test_the_form_is_usable_without_scripts_and_names_the_emergency_lines() -> None:
    html = made.page(Client().get("/"))
    for line in ("tel:110", "tel:119", "tel:120", 'enctype="multipart/form-data"', "data-draft="):
        assert line in html
    assert "<script>" not in html
    assert " style=" not in html


def test_each_form_has_a_key_of_its_own_and_is_not_kept_by_the_browser() -> None:
    first, second = Client().get("/"), Client().get("/")
    keys = {r.context["form"]["intake_key"].value() for r in (first, second)}
    assert len(keys) == 2
    assert "no-store" in first["Cache-Control"]


@pytest.mark.parametrize("narrative", ["", "   \n\t ", "\u202e\u2066", "\x00\x07", "。！？"])
def test_nothing_said_is_asked_for_again(narrative: str) -> None:
    response = send(narrative=narrative, phone="138 1234 5678")
    assert response.status_code == 422
    assert not Incident.objects.exists()
    html = made.page(response)
    assert "请用几句话说说发生了什么。" in html
    assert "138 1234 5678" in html  # what was typed is still there
    assert "潮平街8号" in html


def test_far_too_much_is_refused_and_kept() -> None:
    response = send(narrative="井" * (NARRATIVE_MAX + 1))
    assert response.status_code == 422
    assert f"超过了 {NARRATIVE_MAX} 字" in made.page(response)
    assert "井" * NARRATIVE_MAX in made.page(response)


def test_megabytes_of_text_are_refused_before_they_are_read() -> None:
    response = send(narrative="a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert response.status_code == 413
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("楼上漏水💧👩‍👩‍👧", "楼上漏水💧👩‍👩‍👧"),
        ("خط أنابيب الغاز مكسور", "خط أنابيب الغاز مكسور"),
        ("bell\x07 and nul\x00 gone", "bell and nul gone"),
        ("look \u202eelif.exe\u202c", "look elif.exe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_odd_writing_is_kept_without_what_would_do_harm(said: str, kept: str) -> None:
    assert send(narrative=said).status_code == 302
    assert Report.objects.get().narrative == kept
    html = made.page(made.browser().get(made.desk_url(made.only_incident().code)))
    assert "<script>alert" not in html


def test_a_sent_twice_report_is_one_report() -> None:
    typed = made.typed()
    first, second = Client().post("/", typed), Client().post("/", typed)
    assert first["Location"] == second["Location"]
    assert (Incident.objects.count(), Supplement.objects.count()) == (1, 0)


def test_other_words_under_the_same_key_are_added_and_not_lost() -> None:
    typed = made.typed()
    first = Client().post("/", typed)
    again = {**typed, "narrative": "现在有人掉下去了！"}
    for _tab in range(2):
        assert Client().post("/", again)["Location"] == first["Location"]
    assert Incident.objects.count() == 1
    assert [s.text for s in Supplement.objects.all()] == ["现在有人掉下去了！"]


@pytest.mark.parametrize("key", ["", "1", "api:1:known", "x" * 5000])
def test_a_key_that_is_none_gets_one_and_finds_nobody_elses_report(key: str) -> None:
    send(intake_key=key)
    assert uuid.UUID(made.only_incident().intake_key.removeprefix("web:")).version == 4


@pytest.mark.parametrize(
    "pin",
    [
        {"lon": "abc"},
        {"lon": ""},
        {"lat": "NaN"},
        {"lon": "inf"},
        {"lon": "1e400"},
        {"lat": "91"},
        {"lon": "-181"},
        {"frame": "mars"},
        {"lon": "120.5475' OR 1=1"},
    ],
)
def test_a_forged_pin_is_said_and_the_next_try_works(pin: dict[str, str]) -> None:
    response = send(None, **pin)
    assert response.status_code == 422
    assert "没能读懂图钉的位置" in made.page(response)
    form = response.context["form"]
    assert (form["lon"].value(), form["frame"].value()) == ("", "")
    again = {name: form[name].value() for name in made.typed()}
    assert Client().post("/", again).status_code == 302
    assert made.only_incident().place_status == "words_only"


@pytest.mark.parametrize("precision", ["-1", "0", "nan", "1e9", "near", ""])
def test_a_senseless_precision_is_left_out(precision: str) -> None:
    send(precision_m=precision)
    assert made.only_incident().precision_m is None


def test_a_pin_outside_every_grid_is_taken_and_says_so() -> None:
    send(lon="0", lat="0.5")
    assert made.only_incident().place_status == "outside"


def test_pins_of_other_frames_land_where_they_were_meant() -> None:
    meant = Point(*INSIDE_A1)
    for frame, convert in (("gcj02", to_gcj02), ("bd09", to_bd09), ("wgs84", lambda p: p)):
        shifted = convert(meant)
        response = send(lon=str(shifted.lon), lat=str(shifted.lat), frame=frame)
        incident = Incident.objects.get(code=response["Location"].split("/")[2])
        assert metres(Point(incident.lon or 0, incident.lat or 0), meant) < 1
        assert incident.cell_code == A1


def test_a_phone_is_sealed_and_unsafe_contact_blocks_calling() -> None:
    send(phone=" 138-1234 5678 ", safe_contact="unsafe")
    contact = Contact.objects.get()
    assert (contact.phone, made.only_incident().safe_contact) == ("13812345678", "unsafe")
    html = made.page(made.browser().get(made.desk_url(made.only_incident().code)))
    assert "13812345678" not in html
    assert "不要回电或发短信" in html


def test_what_is_no_phone_number_is_said_at_the_field() -> None:
    response = send(phone="tomorrow")
    assert response.status_code == 422
    assert "这不是电话号码" in str(response.context["form"]["phone"].errors)


def test_no_contact_is_stored_when_none_was_given() -> None:
    send()
    assert not Contact.objects.exists()


def test_pictures_are_made_anew_without_their_hidden_data() -> None:
    raw = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "TelltaleCamera"
    Image.new("RGB", (80, 60)).save(raw, "JPEG", exif=exif)
    assert b"TelltaleCamera" in raw.getvalue()
    send(picture=[SimpleUploadedFile("a.jpg", raw.getvalue()), made.photo(kind="PNG")])
    rows = list(Attachment.objects.all())
    assert [row.content_type for row in rows] == ["image/jpeg", "image/jpeg"]
    for row in rows:
        with row.file.open("rb") as stored:
            assert b"TelltaleCamera" not in stored.read()


def test_the_same_picture_twice_is_stored_once() -> None:
    assert send(picture=[made.photo("a.jpg"), made.photo("b.jpg")]).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_photo_of_ten_megabytes_is_taken() -> None:
    ten = made.photo(kind="BMP", size=(1900, 1900))
    assert ten.size > 10 * 1024 * 1024
    assert send(picture=[ten]).status_code == 302
    assert Attachment.objects.get().file.size < 1024 * 1024


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([SimpleUploadedFile("a.jpg", b"GIF89a but not", "image/jpeg")], "不是能读的图片"),
        ([SimpleUploadedFile("a.svg", b"<svg onload='x()'/>", "image/svg+xml")], "不是能读的图片"),
        ([SimpleUploadedFile("a.html", b"<h1>no</h1>", "text/html")], "不是能读的图片"),
        ([SimpleUploadedFile("a.jpg", bytes(13 * 1024 * 1024), "image/jpeg")], "图片超过 12 MB"),
        ([SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(5)], "最多四张图片"),
    ],
)
def test_what_is_no_picture_is_said_and_the_words_stay(files: Any, said: str) -> None:
    response = send(picture=files)
    assert response.status_code == 422
    assert said in made.page(response)
    assert made.TYPED in made.page(response)
    assert not Incident.objects.exists()


def test_everything_wrong_is_said_at_once() -> None:
    response = send(narrative="", lon="x", picture=[SimpleUploadedFile("a.jpg", b"x")])
    assert set(response.context["form"].errors) >= {"narrative", "place_words", "picture"}


def test_the_form_needs_its_token_and_says_what_to_do() -> None:
    response = send(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert not Incident.objects.exists()
    assert "110" in made.page(response)


def test_a_script_that_sends_a_draft_hears_where_the_report_is() -> None:
    response = Client().post("/", made.typed(), headers={"X-Maplebridge-Draft": "1"})
    assert response.status_code == 204
    code = made.only_incident().code
    assert response["X-Maplebridge-Location"] == made.follow_url(code)


def test_a_signed_in_person_reports_as_a_resident() -> None:
    assert send(made.browser()).status_code == 302
    assert made.only_incident().changes.get().actor_kind == "resident"


def test_the_portal_speaks_english_too() -> None:
    html = made.page(Client().get("/", headers={"Accept-Language": "en"}))
    assert "What happened?" in html
    assert "Right here" in html


def test_only_get_and_post_are_answered() -> None:
    assert Client().put("/").status_code == 405
