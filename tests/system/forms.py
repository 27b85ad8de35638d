"""What a form of a page holds when one only presses its button."""

from __future__ import annotations

from html.parser import HTMLParser

Values = dict[str, list[str]]
PRESSED = {"submit", "button", "image", "file"}


class _Form(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.found = action, False, False
        self.values: Values = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("action") == self.action:
            self.inside = self.found = True
        name = given.get("name") or ""
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input":
            self._input(name, given)
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self.values[name] = [""]
        elif tag == "option" and self._select and "selected" in given:
            self.values.setdefault(self._select, []).append(given.get("value") or "")

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind in PRESSED or (kind in {"radio", "checkbox"} and "checked" not in given):
            return
        self.values.setdefault(name, []).append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] = [self.values[self._area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def values_of(page: str, action: str) -> Values:
    """The values of the form that sends to `action`."""
    form = _Form(action)
    form.feed(page)
    assert form.found, f"no form sends to {action}"
    return form.values
