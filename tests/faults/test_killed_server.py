"""A report that was acknowledged is never lost, and never doubled by a retry."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field

import httpx
import pytest

from tests.system.installation import Installation, Server
from tests.system.visitor import BEARER, CSRF, api_report, code_in, filled_form

pytestmark = pytest.mark.slow

POSTS = 200  # half through the API, half through the page
ACKNOWLEDGED = 60  # then the power goes


@dataclass(slots=True)
class Crowd:
    """200 people who press the button at once."""

    keys: dict[str, str]  # their key → api | page
    codes: dict[str, str] = field(default_factory=dict)  # key → acknowledged code
    cut: Server | None = None  # what loses its power after some acknowledgements

    async def press(self, base: str) -> None:
        self.codes = {}
        limits = httpx.Limits(max_connections=POSTS)
        async with httpx.AsyncClient(
            base_url=base, limits=limits, timeout=60.0, trust_env=False
        ) as client:
            token = CSRF.findall((await client.get("/")).text)[0]
            await asyncio.gather(*(self._send(client, key, token) for key in self.keys))

    async def _send(self, client: httpx.AsyncClient, key: str, token: str) -> None:
        try:
            code = await self._code(client, key, token)
        except httpx.TransportError:
            return  # not acknowledged: the person will press again
        self.codes[key] = code
        if self.cut and len(self.codes) == ACKNOWLEDGED:
            self.cut.kill()

    async def _code(self, client: httpx.AsyncClient, key: str, token: str) -> str:
        if self.keys[key] == "api":
            answer = await client.post("/api/v1/reports", json=api_report(key), headers=BEARER)
            assert answer.status_code in (200, 201), answer.text
            return str(answer.json()["code"])
        form = {**filled_form(intake_key=key), "csrfmiddlewaretoken": token}
        answer = await client.post("/", data=form)
        assert answer.status_code == 302, answer.text[-1500:]
        return code_in(answer.headers["location"])


def stored(house: Installation) -> dict[str, str]:
    """key → code, as the table has it."""
    found = house.database.rows("SELECT intake_key, code FROM incidents_incident")
    return {str(key).rpartition(":")[2]: str(code) for key, code in found}


def test_a_server_killed_during_200_posts_keeps_every_acknowledged_report_once(
    house: Installation,
) -> None:
    crowd = Crowd({str(uuid.uuid4()): ("api", "page")[n % 2] for n in range(POSTS)})
    with house.serving() as server:
        crowd.cut = server
        asyncio.run(crowd.press(server.url))
        assert not server.alive
        port = server.port
    acknowledged = dict(crowd.codes)
    assert ACKNOWLEDGED <= len(acknowledged) < POSTS, "the server died too early or too late"
    before = stored(house)
    assert {key: before.get(key) for key in acknowledged} == acknowledged

    crowd.cut = None
    with house.serving(port):
        asyncio.run(crowd.press(f"http://127.0.0.1:{port}"))
    assert crowd.codes.keys() == crowd.keys.keys()
    assert {key: crowd.codes[key] for key in before} == before
    assert stored(house) == crowd.codes
    assert_everything_once(house)


def assert_everything_once(house: Installation) -> None:
    """No half report: each incident has its one report, one first step, one journal entry."""
    count = house.database.count
    assert count("SELECT count(*) FROM incidents_report") == POSTS
    assert count("SELECT count(DISTINCT incident_id) FROM incidents_report") == POSTS
    assert count("SELECT count(DISTINCT incident_id) FROM incidents_statuschange") == POSTS
    assert count("SELECT count(*) FROM incidents_statuschange") == POSTS
    received = "FROM kernel_journalentry WHERE kind = 'incidents.report_received'"
    assert count(f"SELECT count(*) {received}") == POSTS
