"""A browser without a screen: forms with their checks, role cards, the API."""

from __future__ import annotations

import re
import uuid
from typing import Any

import httpx

from tests.system.prepare import TOKEN

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BEARER = {"Authorization": f"Bearer {TOKEN}"}
WORDS = "小区门口井盖不见了，刚才有个老太太差一点踩进去，晚上更看不见。"
SPOT = {"lon": 120.5475, "lat": 27.5822}  # inside the first grid of the tiny city


def filled_form(**changed: str) -> dict[str, str]:
    """What the browser of a resident sends from the first page."""
    return {
        "intake_key": str(uuid.uuid4()),
        "narrative": WORDS,
        "place_words": "潮平街8号",
        "lon": str(SPOT["lon"]),
        "lat": str(SPOT["lat"]),
        "precision_m": "20",
        "frame": "",
        "phone": "",
        "safe_contact": "unknown",
        **changed,
    }


def api_report(key: str, **changed: Any) -> dict[str, Any]:
    """What another system hands in."""
    point = {**SPOT, "precision_m": 20}
    return {"key": key, "narrative": WORDS, "channel": "hotline_12345", "point": point, **changed}


def code_in(location: str) -> str:
    """The public code at the end of `/follow/<code>/`."""
    return location.rstrip("/").rpartition("/")[2]


class Visitor:
    """One person with one browser; closes itself as a context."""

    def __init__(self, base: str, *, language: str = "zh-CN") -> None:
        self.http = httpx.Client(
            base_url=base, headers={"Accept-Language": language}, timeout=60.0, trust_env=False
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()

    def page(self, path: str) -> str:
        answer = self.http.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}\n{answer.text[-1500:]}"
        return answer.text

    def token(self, page: str) -> str:
        found = CSRF.search(page)
        assert found, "the page holds no form"
        return found[1]

    def submit(
        self, path: str, data: dict[str, Any], *, on: str = "", files: Any = None
    ) -> httpx.Response:
        """Fill in the form of a page (`on`, else the page at the same path) and send it."""
        token = self.token(self.page(on or path))
        return self.post(path, {"csrfmiddlewaretoken": token, **data}, files=files)

    def post(self, path: str, data: dict[str, Any], *, files: Any = None) -> httpx.Response:
        """Send a form as a browser does, which names where it comes from."""
        origin = str(self.http.base_url).rstrip("/")
        return self.http.post(path, data=data, files=files, headers={"Origin": origin})

    def sign_in(self, card: str) -> None:
        answer = self.submit("/signin/", {"card": card})
        assert answer.status_code == 302, f"{card}: {answer.status_code}"

    def hand_in(self, key: str, **changed: Any) -> httpx.Response:
        return self.http.post("/api/v1/reports", json=api_report(key, **changed), headers=BEARER)
