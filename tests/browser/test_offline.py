"""Without a network: forms wait on the phone, arrive once, and are nobody else's.

Nothing here waits for a clock: what waits does not know how long, so half an hour without network
differs from a moment only in how many forms come together.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.people import PHONE, Crowd, Person, photo, until
from tests.system.relay import Relay

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

FORMS = 12
SENT_TO = b"POST /field/report/"
COUNT = "SELECT count(*) FROM incidents_report WHERE narrative LIKE ?"


class Deaf(Relay):
    """A line on which an answer can be lost after the request has arrived."""

    def __init__(self, target: int) -> None:
        super().__init__(target)
        self.losing = 0  # answers still to be lost
        self.lost = 0
        self.asked: set[socket.socket] = set()  # lines on which such a request has gone out

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if data.startswith(SENT_TO):
                    self.asked.add(sink)
                if source in self.asked:
                    self.asked.discard(source)
                    if self.losing:
                        self.losing, self.lost = self.losing - 1, self.lost + 1
                        break
                sink.sendall(data)
        for sock in (source, sink):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(demo_city: City) -> Iterator[Deaf]:
    port = urlsplit(demo_city.url).port
    assert port is not None
    relay = Deaf(port)
    with relay:
        yield relay


@pytest.fixture
def street(chromium: Browser, line: Deaf) -> Iterator[Crowd]:
    """People whose only way to the server is the line."""
    opened = Crowd(chromium, f"http://127.0.0.1:{line.port}")
    yield opened
    opened.leave()


def grid_worker(street: Crowd, language: str = "zh-CN") -> Person:
    """Signed in, at home, with the pages of the phone kept."""
    worker = street.person(language, PHONE)
    worker.sign_in("Grid worker")
    worker.page.goto("/field/")
    until(worker.page, lambda: keeps(worker, "/field/report/"), "the pages to be kept")
    return worker


def keeps(person: Person, path: str) -> bool:
    found: bool = person.page.evaluate(
        """async (path) => {
            const names = (await caches.keys()).filter((n) => n.startsWith("maplebridge-pages-"));
            for (const name of names) if (await (await caches.open(name)).match(path)) return true;
            return false;
        }""",
        path,
    )
    return found


def waiting(person: Person) -> int:
    """How many forms lie on the device, whoever they are of."""
    found: int = person.page.evaluate(
        """() => new Promise((done) => {
            const opening = indexedDB.open("maplebridge-waiting", 1);
            opening.onupgradeneeded = () =>
                opening.result.createObjectStore("forms", {keyPath: "id"});
            opening.onsuccess = () => {
                const asked = opening.result.transaction("forms").objectStore("forms").count();
                asked.onsuccess = () => { opening.result.close(); done(asked.result); };
            };
        })"""
    )
    return found


def cut(person: Person, line: Deaf) -> None:
    line.cut()
    person.context.set_offline(True)


def mend(person: Person, line: Deaf) -> None:
    line.join()
    person.context.set_offline(False)


def fill_in(person: Person, words: str) -> None:
    page = person.page
    before = waiting(person)
    page.locator("textarea[name=narrative]").fill(words)
    page.get_by_role("button", name=person.says("Report"), exact=True).last.click()
    until(page, lambda: waiting(person) == before + 1, "the form to be kept")
    until(page, lambda: page.input_value("textarea[name=narrative]") == "", "a blank form")


def counted(person: Person, n: int) -> str:
    return person.says("{n} waiting to be sent", n=n)


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_twelve_forms_without_network_arrive_once_each_and_in_order(
    street: Crowd, line: Deaf, demo_city: City, language: str
) -> None:
    worker = grid_worker(street, language)
    page = worker.page
    cut(worker, line)
    page.goto("/field/report/")  # opens from the phone
    page.get_by_text(worker.says("No network. Last known at {time}.").split("{")[0]).wait_for()
    mark = f"离线上报{language}"
    for n in range(FORMS):
        if n == 0:
            page.locator("input[type=file]").set_input_files(
                {"name": "pole.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            )
        fill_in(worker, f"{mark}，第{n:02d}处路灯不亮。")
    page.get_by_text(counted(worker, FORMS)).wait_for()
    page.reload()  # a phone that was switched off and on
    page.get_by_text(counted(worker, FORMS)).click()
    listed = page.locator("[data-waiting-list] > li")
    until(page, lambda: listed.count() == FORMS, "every form in the list")
    assert page.locator("[data-waiting-absent]").is_hidden()
    page.goto("/desk/")  # not kept: the list stands in for it, and says so
    worker.sees("This page is not on this phone")
    page.goto("/field/waiting/")
    assert demo_city.database.count(COUNT, f"{mark}%") == 0

    line.losing = 2  # stored, but the phone never hears of it
    mend(worker, line)
    worker.sees("Nothing waits on this phone")
    assert line.lost == 2
    assert demo_city.database.count(COUNT, f"{mark}%") == FORMS
    for n in range(FORMS):
        assert demo_city.database.count(COUNT, f"{mark}，第{n:02d}%") == 1
    disorder = (
        "SELECT count(*) FROM incidents_report a JOIN incidents_report b ON a.id < b.id"
        " WHERE a.narrative LIKE ? AND b.narrative LIKE ? AND a.narrative > b.narrative"
    )
    assert demo_city.database.count(disorder, f"{mark}%", f"{mark}%") == 0
    pictures = (
        "SELECT count(*) FROM incidents_attachment t JOIN incidents_report r"
        " ON t.incident_id = r.incident_id WHERE r.narrative LIKE ?"
    )
    assert demo_city.database.count(pictures, f"{mark}%") == 1
    assert waiting(worker) == 0


def test_what_was_not_accepted_is_shown_and_can_be_mended(
    street: Crowd, line: Deaf, demo_city: City
) -> None:
    worker = grid_worker(street)
    page = worker.page
    cut(worker, line)
    page.goto("/field/report/")
    place = "退回演示巷口"
    page.locator("input[name=place_words]").fill(place)
    page.get_by_role("button", name=worker.says("Report"), exact=True).last.click()
    until(page, lambda: waiting(worker) == 1, "the form to be kept")
    # Else the page that sent it may still be there for the answer, and gives it back in place.
    until(page, lambda: page.input_value("input[name=place_words]") == "", "a blank form")
    mend(worker, line)
    page.get_by_text(worker.says("{n} waiting, something to look at", n=1)).click()
    worker.sees("not accepted")
    worker.sees("Please say in a few words what happened.")
    page.get_by_text(worker.says("Look at it")).click()
    page.get_by_text(place).wait_for()
    worker.follow("Open and correct")
    until(page, lambda: page.input_value("input[name=place_words]") == place, "the words back")
    page.locator("textarea[name=narrative]").fill("退回后补写：井盖松动。")
    page.get_by_role("button", name=worker.says("Report"), exact=True).last.click()
    page.locator(".said").wait_for()
    assert waiting(worker) == 0
    assert demo_city.database.count(COUNT, "退回后补写%") == 1


def test_forms_and_pages_are_nobody_elses_and_wait_for_the_same_person(
    street: Crowd, line: Deaf, demo_city: City
) -> None:
    worker = grid_worker(street)
    page = worker.page
    page.goto("/field/report/")
    worker.context.clear_cookies(name="sessionid")  # the shift's sign-in has ended
    words = "登录过期后填的：栏杆松了。"
    fill_in(worker, words)
    worker.sees("You were signed out. It is kept on this phone; it is sent when you sign in again.")
    assert demo_city.database.count(COUNT, words) == 0

    worker.sign_in("Volunteer")
    page.goto("/field/waiting/")
    worker.sees("Nothing waits on this phone")  # theirs: none
    assert not keeps(worker, "/field/report/") or waiting(worker) == 1
    owners = page.evaluate(
        "async () => (await caches.keys()).filter((n) => n.startsWith('maplebridge-pages-')).length"
    )
    assert owners <= 1, "the pages of the one before are still there"
    assert demo_city.database.count(COUNT, words) == 0

    worker.sign_in("Grid worker")
    page.goto("/field/")
    until(page, lambda: waiting(worker) == 0, "the form to be sent")
    assert demo_city.database.count(COUNT, words) == 1


def test_signing_out_asks_first_and_then_leaves_nothing(street: Crowd, line: Deaf) -> None:
    worker = grid_worker(street)
    page = worker.page
    page.goto("/field/report/")
    page.route("**/field/report/", lambda route: route.abort() if route.request.method == "POST"
               else route.fallback())  # fmt: skip
    fill_in(worker, "还没发出去的一张。")

    def leave() -> None:
        if not page.locator(".who[open]").count():
            page.locator(".who summary").click()
        page.get_by_role("button", name=worker.says("Sign out"), exact=True).click()

    leave()
    asked = page.get_by_role("dialog")
    asked.wait_for()
    page.get_by_role("button", name=worker.says("No, go back")).click()
    assert waiting(worker) == 1
    leave()
    page.get_by_role("button", name=worker.says("Delete them and sign out")).click()
    worker.sees("You are signed out.")
    assert waiting(worker) == 0
    assert not keeps(worker, "/field/") and not keeps(worker, "/field/report/")
