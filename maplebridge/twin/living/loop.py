"""The loop of a worker: hold the lease, look, plan, do a little, rest.

One act is one verb and so one small transaction. The loop rests at least as long as it worked:
invented people never take more than half of a core, and when more is due than fits, the city
becomes slower, says so, and nothing is lost: what is due is found again at the next look.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import structlog
from django.db import OperationalError, close_old_connections, connection
from django.utils import translation

from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import MapleError, trace_of
from maplebridge.twin.actions.pace import forget_asked, hold_for, let_go, note_lived, take_lease
from maplebridge.twin.anew import begin_anew
from maplebridge.twin.city import generate_city
from maplebridge.twin.living.arrivals import Town, alarms_rate, how_many
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.doing import Scene, perform
from maplebridge.twin.living.paces import Paces
from maplebridge.twin.living.plan import plan
from maplebridge.twin.living.records import Act, State, What
from maplebridge.twin.models import LivingCity
from maplebridge.twin.progress import end_progress, tell_progress
from maplebridge.twin.queries.cast import Cast
from maplebridge.twin.queries.living import Played, look
from maplebridge.twin.states import Asked

log = structlog.get_logger(__name__)
REST = 0.7  # true seconds between two looks, at least
MOST_ACTS = 8  # of one look
WORK_FOR = 0.6  # true seconds of acts in one look
ANEW_TAKES = timedelta(minutes=10)  # at most; then another worker tries again
KEEP_EVERY, NOTE_EVERY = 5.0, 5.0  # true seconds
FULL = 40  # acts behind: until they are done nobody reports anything new
AGAIN_AFTER, AGAIN_MOST = 20.0, 600.0  # true seconds that a refused act rests, doubling


class Living:
    """One worker's part in the city. Any number may run; one of them holds the lease."""

    def __init__(self) -> None:
        self.holder = uuid.uuid4().hex
        self.stopping = threading.Event()
        self._town: Town | None = None
        self._dice = Dice(0)
        self._rng = Random(time.time_ns())
        self._last: datetime | None = None  # until when new reports were drawn
        self._kept = self._noted = 0.0
        self._row: LivingCity | None = None
        self._tally = Tally()
        self._resting: dict[tuple[What, int], tuple[float, float]] = {}

    def run(self) -> None:
        """Until `stop`; gives the lease back."""
        # People of the city speak Chinese; so do the sentences that verbs write for them.
        with translation.override("zh-hans"):
            while not self.stopping.is_set():
                began = time.monotonic()
                self._guarded_turn()
                worked = time.monotonic() - began
                self.stopping.wait(max(REST, worked))
            self._leave()

    def stop(self) -> None:
        self.stopping.set()

    def _guarded_turn(self) -> None:
        try:
            self.turn()
        except OperationalError:
            log.warning("database_away", of="living")
            close_old_connections()
            self.stopping.wait(2.0)
        except Exception as error:
            log.error("living_failed", error=trace_of(error))
            self.stopping.wait(5.0)

    def _leave(self) -> None:
        try:
            self._note(force=True)
            let_go(self.holder, now())
        except OperationalError:
            log.warning("database_away", of="living")
        finally:
            connection.close()

    def turn(self) -> int:
        """One look and what fits of what is due; how many acts were done."""
        at = now()
        row = self._lease(at)
        if row is None or row.seed is None:
            return 0
        if row.asked:
            self._anew(Asked(row.asked))
            return 0
        paces = Paces.of(row.paces)
        if paces.now() == 0:
            self._last = at
            self._note()
            return 0
        town = self._of(row.seed)
        state = look(at, paces)
        due = [act for act in plan(state, self._dice) if self._rested(act)]
        fresh = self._arrivals(town, state, len(due))
        scene = Scene(Cast(Played(at).accounts, self._rng), self._dice, self._rng)
        done = self._do([*fresh, *due], scene)
        self._tally.behind = max(0, len(due) + len(fresh) - done)
        self._note()
        return done

    def _anew(self, what: Asked) -> None:
        """Begin anew, as asked for on a page; in one piece, with the lease held all along."""
        hold_for(self.holder, now() + ANEW_TAKES)
        try:
            begin_anew(what, lambda done, of: tell_progress(what, done, of))
        except Exception:
            forget_asked()  # nothing has changed; who asked may ask again
            raise
        finally:
            end_progress()
            self._row, self._last, self._resting = None, None, {}
            self._tally = Tally()

    def _lease(self, at: datetime) -> LivingCity | None:
        """The city's row as it is now; the lease is renewed every few seconds."""
        if time.monotonic() - self._kept >= KEEP_EVERY or self._row is None:
            self._row = take_lease(self.holder, at)
            self._kept = time.monotonic()
        elif self._row is not None:
            self._row = LivingCity.objects.filter(pk=1, holder=self.holder).first()
        return self._row

    def _of(self, seed: int) -> Town:
        if self._town is None or self._town.seed != seed:
            self._town = Town(generate_city(seed), seed, self._rng)
            self._dice = Dice(seed)
        return self._town

    def _arrivals(self, town: Town, state: State, behind: int) -> list[Act]:
        """What happens anew; nothing while the city is behind with what happened already."""
        since, self._last = self._last or state.at, state.at
        passed = state.passed(since)
        if behind > FULL or passed <= 0:
            return []
        told = [Act(What.TELL, 0, told=told) for told in town.tell(state.at, passed)]
        alarms = how_many(alarms_rate(), passed, self._rng)
        return told + [Act(What.ALARM, 0) for _ in range(alarms)]

    def _do(self, acts: list[Act], scene: Scene) -> int:
        """As many from the front as fit; how many were tried."""
        began, done = time.monotonic(), 0
        moved: set[int] = set()
        for act in acts:
            fresh = act.what is What.TELL  # has nowhere to wait
            if self.stopping.is_set():
                break
            if not fresh and (done >= MOST_ACTS or time.monotonic() - began > WORK_FOR):
                break
            if act.matter in moved:
                continue  # it may be another now: look again first
            moved.update({act.matter} - {0})
            self._try(act, scene)
            done += 1
        return done

    def _try(self, act: Act, scene: Scene) -> None:
        try:
            perform(act, scene)
        except MapleError as error:
            self._refused(act, error.code)
        except OperationalError:
            raise
        except Exception as error:
            log.error("act_failed", act=act.what.value, on=act.on, error=trace_of(error))
            self._refused(act, f"failed.{type(error).__name__}")
        else:
            self._resting.pop((act.what, act.on), None)
            self._tally.did(act)

    def _refused(self, act: Act, code: str) -> None:
        """Count it, say it once in the log, and leave this act alone for a while."""
        self._tally.refused[f"{act.what.value}: {code}"] += 1
        key = (act.what, act.on)
        before = self._resting.get(key, (0.0, AGAIN_AFTER / 2))[1]
        wait = min(before * 2, AGAIN_MOST)
        self._resting[key] = (time.monotonic() + wait, wait)
        if wait <= AGAIN_AFTER:
            log.info("living_refused", act=act.what.value, on=act.on, code=code)

    def _rested(self, act: Act) -> bool:
        return self._resting.get((act.what, act.on), (0.0, 0.0))[0] <= time.monotonic()

    def _note(self, *, force: bool = False) -> None:
        if not force and time.monotonic() - self._noted < NOTE_EVERY:
            return
        self._noted = time.monotonic()
        tally, self._tally = self._tally, Tally(behind=self._tally.behind)
        if tally.acts or tally.refused or force:
            note_lived(
                self.holder, acts=tally.acts, matters=tally.matters, behind=tally.behind,
                refused=dict(tally.refused),
            )  # fmt: skip
        if len(self._resting) > 2000:  # what has long been settled by others
            self._resting.clear()


class Tally:
    """What was done since it was written down last."""

    def __init__(self, behind: int = 0) -> None:
        self.acts = self.matters = 0
        self.behind = behind
        self.refused: Counter[str] = Counter()

    def did(self, act: Act) -> None:
        self.acts += 1
        self.matters += act.what in (What.TELL, What.ALARM)
