"""“It is the same one” [是同一个]: a resident follows a matter that is known already.

Their report is stored like any other, with a code of its own; then it is merged by the verb the
desk uses, which the desk can undo. The link the page gives out is sealed and grows old: it names
a matter to this program and to nobody else, so it opens nothing.
"""

from __future__ import annotations

from django.core import signing

from maplebridge.incidents.actions.merging import merge_incidents
from maplebridge.incidents.advisor.overheard import overhear, still_public
from maplebridge.incidents.records import Intake, Received
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict, NotFound, Refused

SALT = "maplebridge.incidents.same"
GOOD_FOR = 2 * 3600  # seconds; whoever writes longer is asked anew by the desk
BY_WORD = SYSTEM("same_by_resident")


def seal_same(incident_id: int) -> str:
    """A link that only `join_same` can read."""
    return signing.dumps(incident_id, salt=SALT)


def _unsealed(link: str) -> int | None:
    try:
        found = signing.loads(link, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def join_same(received: Received, link: str, intake: Intake) -> bool:
    """Merge a fresh report into the matter its sender said it is; False leaves it to the desk.

    Words that are graver than what is known are never tucked away under a calmer matter.
    """
    wanted = _unsealed(link)
    master = still_public(wanted) if wanted is not None else None
    if master is None or master.pk == received.incident_id:
        return False
    heard = overhear(intake.narrative, intake.place_words, intake.point, now())
    if heard is None or not heard.public or _graver(heard.urgency, master.queue_urgency):
        return False
    try:
        merge_incidents(master.code, received.code, actor=BY_WORD)
    except (Conflict, NotFound, Refused):
        return False  # the desk was first; both are in its queue
    return True


def _graver(mine: str, known: str) -> bool:
    return bool(mine) and mine < known
