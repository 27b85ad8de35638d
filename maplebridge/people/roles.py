"""Role codes, and which of them 2+5+X counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    POLICE_OFFICER = "police_officer", _("Police officer")
    AUXILIARY_OFFICER = "auxiliary_officer", _("Auxiliary officer")
    POLICE_ASSISTANT = "police_assistant", _("Police assistant")
    GRID_WORKER = "grid_worker", _("Grid worker")
    URBAN_ENFORCEMENT = "urban_enforcement", _("Administrative enforcement")
    MARKET_SUPERVISOR = "market_supervisor", _("Market supervision")
    SOCIAL_ORG_MEMBER = "social_org_member", _("Safety social organisation")
    AGENCY_CLERK = "agency_clerk", _("Agency clerk")
    CALL_TAKER = "call_taker", _("Call taker")
    DISPATCHER = "dispatcher", _("Dispatcher")
    DUTY_CHIEF = "duty_chief", _("Duty chief")
    MEDIATOR = "mediator", _("Mediator")
    STATION_CHIEF = "station_chief", _("Station chief")
    VOLUNTEER = "volunteer", _("Volunteer")
    TEAM_CAPTAIN = "team_captain", _("Team captain")
    SENTINEL = "sentinel", _("Sentinel")
    SENTINEL_LEADER = "sentinel_leader", _("Sentinel leader")
    OPERATOR = "operator", _("Shop or hotel operator")
    EVALUATOR = "evaluator", _("Evaluator")
    AUDITOR = "auditor", _("Auditor")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    SYS_ADMIN = "sys_admin", _("System administrator")
    SEC_ADMIN = "sec_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")
    INSPECTORATE = "inspectorate", _("Police inspectorate")
    LEADER = "leader", _("Leader on duty")


# The five partner roles [五大员] of a station.
PARTNER_ROLES: tuple[Role, ...] = (
    Role.GRID_WORKER,
    Role.URBAN_ENFORCEMENT,
    Role.MARKET_SUPERVISOR,
    Role.POLICE_ASSISTANT,
    Role.SOCIAL_ORG_MEMBER,
)


def role_label(role: str) -> str:
    """The role in the active language; an unknown code stays as it is."""
    return str(Role(role).label) if role in Role.values else role
