"""Role cards of the demonstration: sign in with one tap, in demo mode only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Sentence
from maplebridge.people.models import CompetenceRule, Post
from maplebridge.people.records import DemoLogin
from maplebridge.people.roles import Role

Chooser = Callable[[], int | None]  # → account id, or None for the usual one
_choosers: dict[str, Chooser] = {}


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    roles: tuple[str, ...]  # the first that somebody holds
    title: Sentence
    does: Sentence
    more: bool = False  # folded away: the first visit needs the twelve faces above


def _more(role: Role, does: Sentence, name: str = "") -> Card:
    return Card(name or role.value, (role,), role.label, does, more=True)


# Each says what the role can do today; where its room is not built, it says so.
MORE = (
    _more(Role.INSPECTORATE, _("Handle complaints about the police; the duty desk and stations"
                               " do not see them.")),
    _more(Role.AUXILIARY_OFFICER, _("See the matters of the own station and report back; deciding"
                                    " is for officers.")),
    _more(Role.POLICE_ASSISTANT, _("See what happens in the own grid, report for others, visit"
                                   " places.")),
    _more(Role.URBAN_ENFORCEMENT, _("Visit places of the station; accept, answer or return the"
                                    " orders of the enforcement agency.")),
    _more(Role.MARKET_SUPERVISOR, _("Visit places of the station; accept, answer or return the"
                                    " orders of market regulation.")),
    _more(Role.SOCIAL_ORG_MEMBER, _("Stand on the roster and report for others. Orders to"
                                    " organisations are not built yet.")),
    _more(Role.MEDIATOR, _("Read rosters and figures and report for others. The mediation room is"
                           " not built yet.")),
    _more(Role.CALL_TAKER, _("Take calls, assess, merge, call back; sending is for dispatchers.")),
    _more(Role.DISPATCHER, _("Assess and send; set aside what is not valid with a second person.")),
    _more(Role.SENTINEL_LEADER, _("Raise an alarm and answer those of the own team.")),
    _more(Role.SENTINEL, _("Raise an alarm and answer those of the own team."), "sentinel_guard"),
    _more(Role.OPERATOR, _("Report something as everybody does. A page for one's own premises is"
                           " not built yet.")),
    _more(Role.EVALUATOR, _("Read figures and their method. Samples to evaluate are not built"
                            " yet.")),
    _more(Role.PRIVACY_OFFICER, _("Read in the journal who looked at what. Requests of residents"
                                  " arrive on paper; their room is not built yet.")),
    _more(Role.AUDIT_ADMIN, _("Nothing on pages yet: keeps the settings of the audit trail on the"
                              " server and reads no matter.")),
    _more(Role.SEC_ADMIN, _("Nothing on pages yet: keys and rights are kept in settings and"
                            " commands of the server.")),
)  # fmt: skip


CARDS = (
    Card("resident", (), _("Resident"), _("Report something and follow what becomes of it.")),
    Card(
        "duty_desk",
        (Role.DUTY_CHIEF, Role.DISPATCHER, Role.CALL_TAKER),
        _("Duty desk"),
        _("Take in, assess, send, merge, call back."),
    ),
    Card("police_officer", (Role.POLICE_OFFICER,), _("Police officer"),
         _("Get the order of the unit, arrive, take over, settle.")),
    Card("volunteer", (Role.VOLUNTEER,), _("Volunteer"),
         _("Accept a call nearby, help within limits, hand over.")),
    Card("team_captain", (Role.TEAM_CAPTAIN,), _("Team captain"),
         _("Look after one volunteer team and its skills.")),
    Card("sentinel", (Role.SENTINEL_LEADER, Role.SENTINEL), _("Sentinel"),
         _("Raise an alarm from the park gate with one tap.")),
    Card("grid_worker", (Role.GRID_WORKER,), _("Grid worker"),
         _("See what happens in the own grid, report for others, visit places.")),
    Card("agency_clerk", (Role.AGENCY_CLERK,), _("Agency clerk"),
         _("Accept, answer or return the orders of one agency.")),
    Card("station_chief", (Role.STATION_CHIEF,), _("Station chief"),
         _("Keep the roster and the zones of a station.")),
    Card("leader", (Role.LEADER,), _("Leader on duty"),
         _("See the wall and the figures, and no personal data.")),
    Card("auditor", (Role.AUDITOR,), _("Auditor"),
         _("Read the journal: who did what, and who looked at what.")),
    Card("sys_admin", (Role.SYS_ADMIN,), _("System administrator"),
         _("Keep the zones of stations. Grids and imports have no page yet; no case content.")),
    *MORE,
)  # fmt: skip


def register_demo_choice(role: str, chooser: Chooser) -> None:
    """Let another room choose who a newcomer becomes: `chooser() -> account id | None`."""
    _choosers[role] = chooser


def demo_accounts() -> list[DemoLogin]:
    """The cards somebody stands behind; empty outside the demonstration."""
    if not settings.MAPLEBRIDGE.demo:
        return []
    held = [_login(card) for card in CARDS]
    return [login for login in held if login is not None]


def demo_login(name: str) -> DemoLogin | None:
    """The card of this name, with the person a newcomer becomes right now."""
    card = next((c for c in CARDS if c.name == name), None)
    if card is None or not settings.MAPLEBRIDGE.demo:
        return None
    return _login(card)


def _login(card: Card) -> DemoLogin | None:
    if not card.roles:
        return DemoLogin(card.name, card.title, card.does, card.name, None, None, "", card.more)
    post = _chosen(card) or _usual(card)
    if post is None:
        return None
    return DemoLogin(
        card.name,
        card.title,
        card.does,
        post.role,
        post.account_id,
        post.id,
        post.account.title,
        card.more,
    )


def _posts(roles: tuple[str, ...]) -> list[Post]:
    found = Post.objects.filter(
        role__in=roles, active=True, account__is_active=True, account__is_demo=True
    )
    ordered = found.select_related("account", "agency").order_by("code")[:400]
    # Those with a place to act in come first: a unit, then a cell.
    return sorted(ordered, key=lambda p: (p.unit_id is None, p.cell_id is None, p.code))


def _chosen(card: Card) -> Post | None:
    for role in card.roles:
        account = _choosers[role]() if role in _choosers else None
        if account is not None:
            mine = Post.objects.filter(
                account_id=account, role__in=card.roles, active=True, account__is_demo=True
            )
            return mine.select_related("account").order_by("id").first()
    return None


def _usual(card: Card) -> Post | None:
    posts = _posts(card.roles)
    if Role.AGENCY_CLERK in card.roles:
        posts.sort(key=_busiest_agency(posts))
    posts.sort(key=lambda p: card.roles.index(p.role))
    return posts[0] if posts else None


def _busiest_agency(posts: list[Post]) -> Callable[[Post], int]:
    """Order key: clerks of the agency that leads the most kinds of matters come first."""
    rules = CompetenceRule.objects.filter(valid_to=None, lead__in={p.agency_id for p in posts})
    leads = dict(
        rules.filter(~Q(lead__kind="police")).values_list("lead_id").annotate(n=Count("id"))
    )
    return lambda post: -leads.get(post.agency_id or 0, 0)
