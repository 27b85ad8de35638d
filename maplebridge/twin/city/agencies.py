"""Competent bodies of the city and who leads for which kind of incident."""

from __future__ import annotations

from typing import get_args

from maplebridge.brain.assignment.pre_handling import Allowed, judge_volunteers
from maplebridge.brain.triage import DEFAULT_COMPETENCE
from maplebridge.twin.city.kinds import KINDS
from maplebridge.twin.city.records import Agency, CompetenceRow, PoliceLabel

_ROWS: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("PSB", "公安局", "Public Security Bureau", "police", None),
    ("PSB-HH", "公安局户政", "Household Registration Police", "police", "PSB"),
    ("PSB-EE", "公安局出入境", "Exit and Entry Police", "police", "PSB"),
    ("PSB-TP", "公安局交警", "Traffic Police", "police", "PSB"),
    ("PSB-AF", "公安局反诈中心", "Anti-Fraud Centre", "police", "PSB"),
    ("PSB-INSP", "公安局督察", "Police Inspectorate", "police", "PSB"),
    ("CMD", "情指联勤中心", "Joint Command Centre", "police", "PSB"),
    ("FIRE", "消防救援大队", "Fire and Rescue", "department", None),
    ("HRSS", "人力资源和社会保障局", "Human Resources and Social Security", "department", None),
    ("AMR", "市场监督管理局", "Market Regulation", "department", None),
    ("UMLE", "综合行政执法局", "Comprehensive Administrative Enforcement", "department", None),
    ("HCD", "住房和城乡建设局", "Housing and Construction", "department", None),
    ("GAS", "燃气管理中心", "Gas Administration", "utility", "HCD"),
    ("EEB", "生态环境分局", "Ecology and Environment", "department", None),
    ("HEALTH", "卫生健康局", "Health and Emergency Medicine", "department", None),
    ("EDU", "教育局", "Education", "department", None),
    ("WATER", "水务集团", "Water Services", "utility", None),
    ("POWER", "供电公司", "Power Supply", "utility", None),
    ("TRANSPORT", "交通运输局", "Transport", "department", None),
    ("CIVIL", "民政局", "Civil Affairs", "department", None),
    ("WF", "妇女联合会", "Women's Federation", "department", None),
    ("COMM", "社区", "Community", "community", None),
    ("JUST", "司法局", "Justice", "department", None),
    ("EMA", "应急管理局", "Emergency Management", "department", None),
    ("PETITION", "信访局", "Petitions", "department", None),
    ("NATRES", "自然资源和规划局", "Natural Resources and Planning", "department", None),
    ("AGRI", "农业农村和渔业局", "Agriculture and Fisheries", "department", None),
    ("MEDINS", "医疗保障局", "Medical Insurance", "department", None),
    ("HOTLINE", "12345政务服务热线", "12345 Service Hotline", "department", None),
    ("INSP-COORD", "执法统筹办", "Inspection Coordination Office", "department", None),
    ("STATION", "联勤警务站", "Joint-Duty Station", "station", None),
)


def agencies() -> tuple[Agency, ...]:
    """All agencies in a stable order."""
    return tuple(Agency(*row) for row in _ROWS)


def competence() -> tuple[CompetenceRow, ...]:
    """Competence list (事权清单): the city's own rows, then the common table for the rest."""
    rows = [
        CompetenceRow(
            category=kind.category,
            subtype=kind.subtype,
            lead=kind.lead,
            co=kind.co,
            police_label=kind.police,
            volunteer_ok=kind.volunteer_ok,
            basis_zh=f"枫港市事权清单第{number}项",
            basis_en=f"Fenggang competence list, item {number}",
        )
        for number, kind in enumerate(KINDS, start=1)
    ]
    own = {(row.category, row.subtype) for row in rows}
    for rule in DEFAULT_COMPETENCE:
        if (rule.category, rule.subtype) not in own:
            rows.append(
                CompetenceRow(
                    category=rule.category,
                    subtype=rule.subtype,
                    lead=rule.lead,
                    co=rule.co,
                    police_label=_label(rule.police_label),
                    volunteer_ok=isinstance(judge_volunteers(rule.category, rule.subtype), Allowed),
                    basis_zh="通用事权清单",
                    basis_en="Common competence list",
                )
            )
    return tuple(rows)


def _label(code: str | None) -> PoliceLabel:
    for label in get_args(PoliceLabel):
        if label == code:
            return label  # type: ignore[no-any-return] # one of the literals by construction
    return "mixed"  # doubt goes up: a rule that does not say brings the police along
