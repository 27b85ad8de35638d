"""Times as people say them, counted from when they said it. See docs/algorithms/facts.md, step 2.

A phrase is a day (昨天, 上周三, 11月3号), a part of the day (下午, 半夜), a clock (三点半, 15:40), or
several of them in this order; or a distance back (十分钟前, 刚才).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from maplebridge.brain.facts.clockwork import PARTS, Moment, day_of, on_clock
from maplebridge.brain.facts.numerals import NUMBER, parse
from maplebridge.brain.facts.records import Fact, FactKind

ZONE = ZoneInfo("Asia/Shanghai")
_CN = "[零〇一二两三四五六七八九十]"
_N = rf"(?:\d{{1,2}}|{_CN}{{1,3}})"
_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_DAY = (
    r"(?P<rel>大前[天日]|前[天日]|昨[天日]|今[天日儿]|当[天日]|明[天日]|后[天日])"
    r"|(?P<fused>昨[晚夜]|今[早晨晚]|前[晚夜]|明[早晚])"
    r"|(?P<week>上上|上|这|本|下)?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])"
    rf"|(?:(?P<year>\d{{4}}|[二]{_CN}{{3}})年)?(?P<month>{_N})月(?P<dom>{_N})[日号]?"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    rf"|(?P<lone>{_N})[日号](?=[早上下中晚凌清傍半夜深]|{_N}点)"
)
# "点" is also a dot, a bit, an item of a list: what follows decides.
_NOT_CLOCK = r"(?!水|建议|意见|要求|问题|原因|希望|诉求|疑问|说明|情况|内容|理由|方面|式|一线|都|也|儿|不|没|小|事|心|点|火|头|名|菜|外卖|单|击|赞|评|余)"
_CLOCK = (
    rf"(?P<h>{_N})点(?:(?P<half>半)|(?P<q>[一三])刻|过?(?P<m>\d{{2}}|零?{_CN}{{1,3}})分(?!之)|(?P<m2>\d{{2}}|[二三四五]?十{_CN}?|零{_CN})(?![块元万公米度%％倍几个百千])|(?P<sharp>整|钟|来钟|多钟))?"
    rf"{_NOT_CLOCK}(?P<about>多|左右|不到|前后|许)?"
    r"|(?<![\d:.：])(?P<hh>[01]?\d|2[0-3])[:：](?P<mm>[0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])(?: ?(?P<ampm>[ap]m))?"
)
_PHRASE = re.compile(
    rf"(?:(?:{_DAY})的?[ ,，]?(?:大概|大约|差不多)?)?(?P<part>{_PART})?的?(?:大概|大约|差不多|约)?(?:{_CLOCK})?"
)
_UNTIL = re.compile(rf"(?:到|至|-|~|—)(?P<h>{_N})点(?P<half>半)?")
_UNIT_S = {
    "秒": 1, "分": 60, "刻": 900, "小时": 3600, "钟头": 3600, "天": 86400, "日": 86400, "周": 604800,
    "星期": 604800, "礼拜": 604800, "月": 2_592_000, "年": 31_536_000,
}  # fmt: skip
_AGO = re.compile(
    rf"(?:刚才|刚刚|大概|大约|差不多|约)?(?P<n>半|{NUMBER})(?P<more>[多来]?个?多?)(?P<half>半)?"
    rf"(?P<u>秒|分|刻|小时|钟头|天|周|星期|礼拜|月|年)钟?(?P<more2>多)?(?:之?前|以前)"
)
_NOW = re.compile(r"刚才|刚刚|刚(?=[被有把转给发看在]|才)|方才|这会儿|just now")
_EN_AGO = re.compile(
    r"\b(?:about )?(?P<n>\d{1,3}|a|an|half an|one|two|three|four|five|ten|twenty|thirty)\s"
    r"(?P<u>second|minute|hour|day|week)s?\sago\b",
    re.IGNORECASE,
)
_EN_NUMBER = {"a": 1, "an": 1, "half an": 0.5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
              "ten": 10, "twenty": 20, "thirty": 30}  # fmt: skip
_EN_UNIT_S = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_EN = re.compile(
    r"\b(?:(?P<day>yesterday|today|tonight|last night|this (?:morning|afternoon|evening))"
    r"(?: (?P<part>morning|afternoon|evening|night))?)?(?:(?:^|\s)?(?:at|around|about) "
    r"(?P<h>\d{1,2})(?::(?P<m>\d{2}))?\s?(?P<ap>am|pm|a\.m\.|p\.m\.|o'clock)?)?",
    re.IGNORECASE,
)


def times(text: str, reported_at: datetime) -> Iterator[Fact]:
    """Every time said; `reported_at` is aware. Days and hours are those of the town."""
    here = reported_at.astimezone(ZONE)
    for found in _PHRASE.finditer(text):
        if found[0].strip() and (fact := _phrase(text, found, here)):
            yield fact
    yield from _ago(text, here)
    for found in _NOW.finditer(text):
        yield _fact(FactKind.TIME, text, found.span(), here - timedelta(minutes=5), 10)
    yield from _english(text, here)


def _fact(
    kind: FactKind, text: str, span: tuple[int, int], at: datetime, margin: int, ahead: bool = False
) -> Fact:
    start, end = span
    return Fact(
        kind, start, end, text[start:end], at=at, margin_min=margin, rough=margin > 1, ahead=ahead
    )


def _phrase(text: str, found: re.Match[str], here: datetime) -> Fact | None:
    day = day_of(found, here)
    has_clock = bool(found["h"] or found["hh"])
    if day is None and not has_clock:
        return None  # "下午" alone is a habit as often as a time
    if has_clock and day is None and not found["part"] and not _is_clock(text, found):
        return None
    if day is None and found["lone"]:
        return None
    moment = on_clock(found, day, here) if has_clock else _whole_part(found, day, here)
    if moment is None:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip(" ,，的"))
    end = found.end() - (len(found[0]) - len(found[0].rstrip(" ,，的大概约差不多")))
    if has_clock and (until := _UNTIL.match(text, end)):
        moment, end = _spread(moment, until), until.end()
    ahead = moment.at - timedelta(minutes=moment.margin_min) > here
    return _fact(FactKind.TIME, text, (start, end), moment.at, moment.margin_min, ahead)


def _spread(first: Moment, until: re.Match[str]) -> Moment:
    """六点到七点半: the middle, with half the stretch as margin."""
    last = parse(until["h"])
    hours = ((last.low if last else 0) + (0.5 if until["half"] else 0) - first.at.hour) % 12
    minutes = hours * 60 - first.at.minute
    if minutes <= 0:
        return first
    return Moment(
        first.at + timedelta(minutes=minutes / 2), max(first.margin_min, int(minutes / 2))
    )


def _is_clock(text: str, found: re.Match[str]) -> bool:
    """A clock without day or part of day: 15:40, 三点半, 三点钟; not 一点, 两点, "这一点"."""
    if found["hh"]:
        return True
    before = text[found.start() - 1 : found.start()]
    if before in ("第", "这", "那", "有", "几", "差", "快", ".", "早", "晚") or before.isdigit():
        return False
    said_more = any(found[name] for name in ("half", "q", "m", "m2", "sharp"))
    number = parse(found["h"])
    return said_more or bool(found["about"] and number and number.low >= 2)


def _whole_part(found: re.Match[str], day: Moment | None, here: datetime) -> Moment | None:
    """昨天下午, 上周三晚上, 昨天: the middle of it, with half its length as margin."""
    if day is None:
        return None
    if not found["part"] and not day.part:
        return day
    first, last = PARTS[found["part"] or day.part]
    middle = day.at.replace(hour=0, minute=0) + timedelta(hours=(first + last) / 2)
    return Moment(middle, int((last - first) * 30), day.part)


def _ago(text: str, here: datetime) -> Iterator[Fact]:
    for found in _AGO.finditer(text):
        number = parse(found["n"]) if found["n"] != "半" else None
        amount = 0.5 if found["n"] == "半" else (number.low + number.high) / 2 if number else None
        if amount is None:
            continue
        if found["half"]:
            amount += 0.5
        unit = _UNIT_S[found["u"]]
        rough = bool(found["more"].strip("个") or found["more2"]) or (
            number is not None and number.rough
        )
        if rough:
            amount += 0.3
        seconds = amount * unit
        margin = max(seconds * (0.4 if rough else 0.15), unit / 2 if unit > 3600 else 60)
        at = here - timedelta(seconds=seconds)
        yield _fact(FactKind.TIME, text, found.span(), at, round(margin / 60))


def _english(text: str, here: datetime) -> Iterator[Fact]:
    for found in _EN_AGO.finditer(text):
        said = found["n"].lower()
        seconds = float(_EN_NUMBER.get(said) or said) * _EN_UNIT_S[found["u"].lower()]
        at = here - timedelta(seconds=seconds)
        yield _fact(FactKind.TIME, text, found.span(), at, max(1, round(seconds * 0.15 / 60)))
    for found in _EN.finditer(text):
        moment = _english_phrase(found, here)
        if moment is not None:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            span = (start, found.end())
            yield _fact(FactKind.TIME, text, span, moment.at, moment.margin_min, moment.at > here)


def _english_phrase(found: re.Match[str], here: datetime) -> Moment | None:
    day = (found["day"] or "").lower()
    if not day and not (found["h"] and found["ap"]):
        return None
    back = 1 if day in ("yesterday", "last night") else 0
    midnight = (here - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)
    part = (found["part"] or day.rpartition(" ")[2]).lower()
    if not found["h"]:
        first, last = {
            "morning": (6, 12), "afternoon": (12, 18), "evening": (17, 22), "night": (19, 26),
            "tonight": (18, 24),
        }.get(part, (0, 24))  # fmt: skip
        middle = midnight + timedelta(hours=(first + last) / 2)
        return Moment(middle, (last - first) * 30)
    hour, mark = int(found["h"]), (found["ap"] or "").lower().replace(".", "")
    if hour > 23:
        return None
    late = part in ("afternoon", "evening", "night", "tonight")
    if hour < 12 and (mark == "pm" or (mark != "am" and late)):
        hour += 12
    if hour == 12 and mark == "am":
        hour = 0
    at = midnight + timedelta(hours=hour, minutes=int(found["m"] or 0))
    return Moment(at, 1 if found["m"] else 10)
