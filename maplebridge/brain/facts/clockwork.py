"""Days, parts of a day and clocks → a moment. Which 三点 is meant is decided here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from maplebridge.brain.facts.numerals import parse

# Hours from the day's midnight, first and last; beyond 24 is the night after.
PARTS: dict[str, tuple[float, float]] = {
    "凌晨": (0, 5), "清晨": (5, 8), "早晨": (5, 9), "早上": (6, 10), "大清早": (5, 8), "一大早": (5, 9),
    "早": (6, 10), "上午": (8, 12), "中午": (11, 14), "午后": (12, 15), "下午": (12, 18),
    "傍晚": (17, 20), "晚上": (18, 24), "晚间": (18, 24), "夜里": (21, 29), "夜间": (21, 29),
    "半夜": (23, 28), "深夜": (22, 27), "大半夜": (23, 28), "后半夜": (24, 29), "晚": (18, 24),
}  # fmt: skip
_NIGHT = frozenset({"夜里", "夜间", "半夜", "深夜", "大半夜", "后半夜"})
_FUSED = {"昨晚": (-1, "晚上"), "昨夜": (-1, "夜里"), "今早": (0, "早上"), "今晨": (0, "清晨"),
          "今晚": (0, "晚上"), "前晚": (-2, "晚上"), "前夜": (-2, "夜里"), "明早": (1, "早上"),
          "明晚": (1, "晚上")}  # fmt: skip
_RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_WEEKS = {"上上": -14, "上": -7, "这": 0, "本": 0, "下": 7}
_SMALL_HOURS = 4  # up to here "今晚" is the evening before


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime  # of a day: its noon
    margin_min: int
    part: str = ""  # a part of the day that the word for the day brings along


def day_of(found: re.Match[str], here: datetime) -> Moment | None:
    noon = here.replace(hour=12, minute=0, second=0, microsecond=0)
    if found["rel"]:
        return Moment(noon + timedelta(days=_RELATIVE[found["rel"][:-1]]), 720)
    if found["fused"]:
        back, part = _FUSED[found["fused"]]
        if found["fused"] == "今晚" and here.hour < _SMALL_HOURS:
            back = -1  # said at one in the night of the evening that just was
        return Moment(noon + timedelta(days=back), 720, part)
    if found["wd"]:
        return _weekday(found, noon)
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
        return _date(noon, year, month, day)
    if found["month"]:
        return _month_day(found, noon)
    if found["lone"]:
        day = _int(found["lone"])
        moment = _date(noon, noon.year, noon.month, day)
        if moment and moment.at.date() > noon.date():
            last = noon.replace(day=1) - timedelta(days=1)
            moment = _date(noon, last.year, last.month, day)
        return moment
    return None


def _weekday(found: re.Match[str], noon: datetime) -> Moment:
    monday = noon - timedelta(days=noon.weekday())
    day = monday + timedelta(days=_WEEKS.get(found["week"] or "这", 0) + _WEEKDAYS[found["wd"]])
    if not found["week"] and day > noon:
        day -= timedelta(days=7)  # "周三" said on Tuesday of what was: the last one
    if found["wd"] == "末":
        return Moment(day + timedelta(hours=12), 1440)
    return Moment(day, 720)


def _month_day(found: re.Match[str], noon: datetime) -> Moment | None:
    year = _int(found["year"]) if found["year"] else noon.year
    moment = _date(noon, year, _int(found["month"]), _int(found["dom"]))
    if moment and not found["year"] and moment.at > noon + timedelta(days=31):
        return _date(noon, year - 1, _int(found["month"]), _int(found["dom"]))
    return moment


def _date(noon: datetime, year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(noon.replace(year=year, month=month, day=day), 720)
    except ValueError:
        return None  # 2月30号, 13月


def _int(words: str) -> int:
    number = parse(words)
    return int(number.low) if number else -1


def on_clock(found: re.Match[str], day: Moment | None, here: datetime) -> Moment | None:
    hour, minute, margin = _clock(found)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    part = found["part"] or (day.part if day else "")
    midnight = (day.at if day else here).replace(hour=0, minute=0, second=0, microsecond=0)
    shift = _shift(part, hour, found, day)
    at = midnight + timedelta(hours=hour + shift, minutes=minute)
    if shift or part or hour > 12:
        return Moment(_not_ahead(at, day, here), margin)
    return Moment(_likely(at, day, here), margin)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    """Hour, minute, margin in minutes."""
    if found["hh"]:
        hour = int(found["hh"])
        if found["ampm"] == "pm" and hour < 12:
            hour += 12
        return hour, int(found["mm"]), 1
    hour = _int(found["h"])
    about = 20 if found["about"] else 0
    if found["half"]:
        return hour, 30, about or 5
    if found["q"]:
        return hour, 15 * _int(found["q"]), about or 5
    said = found["m"] or found["m2"]
    if said:
        return hour, _int(said.lstrip("零") or "0"), about or 1
    return hour, 0, about or 10


def _shift(part: str, hour: int, found: re.Match[str], day: Moment | None) -> int:
    """Hours to add to what the clock says: twelve after noon, a day after midnight."""
    if part in _NIGHT or (part in ("晚上", "晚") and (hour == 12 or hour <= 4)):
        early_named = found["part"] == "凌晨"
        if hour == 12:
            return 12
        if hour <= 5 and not early_named:
            return 24 if day is None or day.part or part in _NIGHT | {"晚上"} else 0
        return 12 if hour < 12 else 0
    if part == "凌晨":
        # 昨晚凌晨两点 is the night of yesterday, so it is already today.
        base = 24 if day is not None and day.part in ("晚上", "夜里") else 0
        return base - 12 if hour == 12 else base
    if part in ("下午", "午后", "傍晚", "晚上", "晚间", "晚") and hour < 12:
        return 12
    if part == "中午" and hour <= 2:
        return 12
    return 0


def _not_ahead(at: datetime, day: Moment | None, here: datetime) -> datetime:
    """凌晨两点 said in the morning is today's; 晚上八点 said at noon without a day was yesterday's."""
    if day is None and at > here + timedelta(minutes=30):
        return at - timedelta(days=1)
    return at


def _likely(at: datetime, day: Moment | None, here: datetime) -> datetime:
    """Which half of the day a bare 三点 means: the latest that has already been."""
    later = at + timedelta(hours=12) if at.hour < 12 else at
    if day is not None and day.at.date() != here.date():
        return later if at.hour in range(1, 7) else at  # 昨天三点: rather in the afternoon
    soon = here + timedelta(minutes=30)
    if later <= soon:
        return later
    if at <= soon:
        return at
    return later - timedelta(days=1) if day is None else at
