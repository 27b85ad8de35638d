"""A sentence on what happened that carries the way back: a plain form, so it works without scripts.

The message lives for one page. Where the way back is open for seconds only, the browser counts them
down; whether it is still open is for the action behind `url` to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def say_with_undo(
    request: HttpRequest,
    said: str,
    url: str,
    *,
    fields: Iterable[tuple[str, object]] = (),
    label: str = "",
    within_s: int = 0,
) -> None:
    """`said`, and a button that posts `fields` to `url`; `within_s` 0: open as long as the page."""
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
    form = format_html(
        '<form method="post" action="{}" class="undo" data-undo="{}"><input type="hidden"'
        ' name="csrfmiddlewaretoken" value="{}">{}<button class="btn btn-bare" data-key="u">{}'
        ' <kbd>U</kbd><span class="undo-rest" aria-hidden="true"></span></button></form>',
        url,
        within_s or "",
        get_token(request),
        hidden,
        label or _("Undo"),
    )
    messages.success(request, format_html("{} {}", said, form))
