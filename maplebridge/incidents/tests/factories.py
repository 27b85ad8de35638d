"""What the tests of the pages begin with: the tiny city with its people, and signed-in browsers."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any, cast

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from maplebridge.incidents.advisor.known import OPEN_EVENTS
from maplebridge.incidents.api import (
    SceneReportIn,
    file_scene_report,
    suggest_incident,
    triage_incident,
)
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import given
from maplebridge.people.tests import factories as people

TYPED = "小区门口井盖不见了，刚才有个老太太差一点踩进去。"
REPORTED_BACK = SceneReportIn(outcome="resolved", measures="装上新井盖", answer="井盖已经装好。")


def city_with_people() -> None:
    people.people_of_small_city()
    given.agencies()
    cache.clear()  # counts of the rate limit
    OPEN_EVENTS.forget()  # another test's database was another city


def browser(code: str = "P001", **extra: Any) -> Client:
    """A browser signed in as the holder of a post: P001 is Lin, the dispatcher."""
    client = Client(**extra)
    client.force_login(people.post(code).account)
    return client


def bao() -> Client:
    """Bao's browser; his grid is B1, and most reports of the tests lie in A1."""
    people.bao()
    return browser("BAO")


def typed(**changed: Any) -> dict[str, Any]:
    """What a resident's browser sends from the report form."""
    return {
        "intake_key": str(uuid.uuid4()),
        "narrative": TYPED,
        "place_words": "潮平街8号",
        "lon": "120.5475",
        "lat": "27.5822",
        "precision_m": "20",
        "frame": "",
        "phone": "",
        "safe_contact": "unknown",
        **changed,
    }


def photo(name: str = "photo.jpg", *, size: tuple[int, int] = (64, 48), kind: str = "JPEG") -> Any:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 120, 60)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type=f"image/{kind.lower()}")


def only_incident() -> Incident:
    return Incident.objects.get()


def suggest(code: str) -> None:
    """What the job does after a receipt; called directly, because a test that is one transaction
    has committed nothing that a reader of the journal may see."""
    suggest_incident(Incident.objects.get(code=code).pk)


def settled(**changed: object) -> str:
    """The code of an incident that was reported back."""
    code = given.report(**changed).code  # type: ignore[arg-type]
    triage_incident(code, given.TRIAGE, actor=given.desk())
    file_scene_report(code, REPORTED_BACK, actor=given.desk())
    return code


def desk_url(code: str, verb: str = "case", *more: object) -> str:
    return reverse(f"incidents:{verb}", args=[code, *more])


def follow_url(code: str, verb: str = "followed") -> str:
    return reverse(f"incidents:{verb}", args=[code])


def page(response: Any) -> str:
    return cast(HttpResponse, response).content.decode()


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
