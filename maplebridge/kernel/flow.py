"""Transition tables: (state, verb) → state, the whole machine on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Refused

S = TypeVar("S", bound=Enum)
V = TypeVar("V", bound=Enum)


class Flow(Generic[S, V]):
    """A closed table of what may happen; every pair not in it is refused."""

    def __init__(self, name: str, table: Mapping[tuple[S, V], S]) -> None:
        self.name = name
        self.table = dict(table)
        self._states = type(next(iter(self.table))[0])
        self._verbs = type(next(iter(self.table))[1])

    def after(self, state: S | str, verb: V) -> S:
        """The state that `verb` leads to; `Refused` when the pair is not in the table."""
        to = self.table.get((self._states(state), verb))
        if to is None:
            raise Refused(
                f"{self.name}.{verb.value}_from_{state}",
                _("This step is not possible from the present state."),
                state=str(state),
                verb=verb.value,
            )
        return to

    def allows(self, state: S | str, verb: V) -> bool:
        return (self._states(state), verb) in self.table

    def verbs(self, state: S | str) -> tuple[V, ...]:
        """What may be done from `state`, in table order."""
        return tuple(v for (s, v) in self.table if s == self._states(state))

    def forbidden(self) -> list[tuple[S, V]]:
        """Every pair the table leaves out; the tests walk it."""
        return [(s, v) for s in self._states for v in self._verbs if (s, v) not in self.table]
