"""The one door to people: who acts, what roles may do, agencies, units, rosters."""

from __future__ import annotations

from maplebridge.people.actions import (
    change_own_password,
    change_post,
    clear,
    deactivate_account,
    drop_demo_accounts,
    enrol,
    link_sentinels,
    link_volunteers,
    load_people,
    mark_presence,
    note_signed_in,
    note_signed_out,
    open_account,
    plan_duty,
    set_password,
)
from maplebridge.people.advisor import competence
from maplebridge.people.checks import refuse_demo_accounts
from maplebridge.people.demo import demo_accounts, demo_login, register_demo_choice
from maplebridge.people.entering import enter_demo
from maplebridge.people.policies import MATRIX, may_change_roster, may_see_roster, role_may
from maplebridge.people.queries import (
    active_posts,
    actor_for,
    actor_in,
    agencies,
    agency,
    demo_account_count,
    post_label,
    roster,
    units,
    units_on_duty,
)
from maplebridge.people.records import (
    AgencyInfo,
    Compliance,
    DemoLogin,
    Member,
    NewAccount,
    Part,
    RosterLine,
    UnitOnDuty,
)
from maplebridge.people.roles import PARTNER_ROLES, Role, role_label
from maplebridge.people.roster import (
    compliance_of,
    register_partner_force,
    roster_compliance,
)
from maplebridge.people.shifts import shift_at, shift_label

__all__ = [
    "MATRIX",
    "PARTNER_ROLES",
    "AgencyInfo",
    "Compliance",
    "DemoLogin",
    "Member",
    "NewAccount",
    "Part",
    "Role",
    "RosterLine",
    "UnitOnDuty",
    "active_posts",
    "actor_for",
    "actor_in",
    "agencies",
    "agency",
    "change_own_password",
    "change_post",
    "clear",
    "competence",
    "compliance_of",
    "deactivate_account",
    "demo_account_count",
    "demo_accounts",
    "demo_login",
    "drop_demo_accounts",
    "enrol",
    "enter_demo",
    "link_sentinels",
    "link_volunteers",
    "load_people",
    "mark_presence",
    "may_change_roster",
    "may_see_roster",
    "note_signed_in",
    "note_signed_out",
    "open_account",
    "plan_duty",
    "post_label",
    "refuse_demo_accounts",
    "register_demo_choice",
    "register_partner_force",
    "role_label",
    "role_may",
    "roster",
    "roster_compliance",
    "set_password",
    "shift_at",
    "shift_label",
    "units",
    "units_on_duty",
]
