"""Figures of speech and negation: words that do not mean what they say.

See docs/algorithms/triage.md, step 2. A word inside a figure counts for nothing; an event word
behind a negation counts for nothing. Both stay visible as evidence, so the desk sees why.
"""

from __future__ import annotations

import re

from maplebridge.brain.triage.scan import Span
from maplebridge.brain.wordlist import words

_DIE = "吓 笑 急 累 热 烦 吵 气 饿 冷 渴 困 愁 臭 恨 痒 难看 难吃 忙 闷 熏 震 冻 贵 酸 堵 憋 坑 晒 辐射"
_HIT_NOT = (
    "打电话 打个电话 打过电话 打过来 打过去 打进来 打不通 打不进 打了好几个 打错 打招呼 打个招呼 打听 打水 打针 打车 "
    "打的士 打折 打扫 打算 打印 打卡 打麻将 打牌 打工 打包 打游戏 打游击 打球 打篮球 打羽毛球 打扰 打开 打烊 打捞 打理 "
    "打盹 打呼 打雷 打磨 打桩 打气 打视频 打官司 打交道 打赏 打假 打钱 打款 打到账 打卡机 打酱油 打消 打消念头 打滑 "
    "打样 打饭 打药 打胎 打疫苗 打点滴 打吊针 打井 打地铺 打瞌睡 打比方 打110 打120 打119 打12345 打热线 打投诉 打鼓 "
    "打拳 打太极 打隔断 打地基 打墙 打孔 打洞 打钻 打过招呼 打过预防针 打报告 打证明 打欠条 打借条 打白条 打流水"
)
_OTHER = (
    "吓死人 要了命 要命 要我的命 要老命 要人命的价 人命关天 出人命的价 救命稻草 谋财害命 拼命 没命地 死活 死贵 死沉 该死 "
    "死角 死循环 死机 死胡同 死板 死缠烂打 半死不活 爱死 开火车 火车 火锅 火气 发火 恼火 火大 火爆 红火 火速 窝火 上火 "
    "火腿 火龙果 火车站 火灾事故认定书 火灾认定 灭火器 防火门 消防栓 烽火 冒火的价 炸鸡 油炸 炸串 炸锅 群都炸了 群里炸了 "
    "炸了锅 肺都气炸 气炸 爆炸头 爆满 爆款 爆单 爆料 爆改 火爆 抢号 抢购 抢票 抢修 抢单 抢红包 抢座 抢车位 抢生意 抢客 "
    "抢答 偷懒 偷偷 偷工减料 偷听 偷税 偷跑 打劫啊 抢劫啊 抢钱啊 跟抢钱 跟打劫 像抢劫 明抢 简直是抢 简直就是抢 "
    "强盗 毒舌 有毒吧 中毒了似的 病毒 毒鸡汤 天塌了 天都塌了 绑架消费 道德绑架 捆绑 绑定 绑卡 绑在一起 杀价 杀毒 杀猪 "
    "宰客 宰人 被宰 挨宰 砍价 砍一刀 刀削面 刀子嘴 跳楼价 跳楼甩卖 跳楼大甩卖 血汗 血压 血糖 血本无归 吐血 出血本 放血价 "
    "心在滴血 流血价 大出血促销 失火的脸 烧烤 烧钱 烧脑 发烧友 燃眉之急 炮轰 撞衫 撞大运 撞上好 撞见 枪手 枪版 水枪 "
    "玩具枪 胶枪 喷枪 电钻 气枪钉 手枪腿 战争 打仗一样 像打仗 爆表 轰炸 电话轰炸 短信轰炸 信息轰炸 狂轰滥炸 咬牙 咬定 "
    "咬紧 拿我的脸当人质 当人质 人质一样 谋杀 不来就是 杀人诛心 要死要活 烦得要死 吵得要死 想死的心 臭得要死 笑死 气得跳 "
    "kill time dead battery dead end dead-end fire sale fired from to die for drop dead gorgeous"
)
_DIE_FORMS = ("{}死", "{}得要死", "{}都要{}死")

FIGURES: frozenset[str] = frozenset(
    [form.format(verb, verb) for verb in _DIE.split() for form in _DIE_FORMS]
    + _HIT_NOT.split()
    + [w for w in _OTHER.split() if not w.isascii()]
    + ["fire sale", "dead battery", "dead end", "fired from", "fire drill", "to die for"]
)

# Event words that a negation in front undoes. Nouns of a topic are not here: "没有工资" is about pay.
NEGATABLE: frozenset[str] = words(
    "味 味道 气味 异味 煤气味 打 打人 打我 打他 打她 打架 打起来 动手 动刀 受伤 伤 出血 流血 着火 起火 爆炸 漏 漏气 泄漏 咬 咬到 咬伤 咬了 "
    "想不开 自杀 绑 绑架 偷 抢 骗 被骗 撞 撞到 碰到 转钱 转账 付钱 昏迷 晕 中毒 被困 困住 呛 烧 冒烟 推 砸 伤人 "
    "炸 爆 冲突 威胁 报复 强奸 猥亵 摸 死 死亡 出人命 大事 拿刀 喝酒 烫伤 摔伤 骨折 呼吸 意识 报案 报警 跑 逃 聚集 堵 危险 "
    "injury injuries injured fire smoke weapon gun knife hurt bleeding breathing conscious trapped leak"
)

_NEGATED = re.compile(
    r"(?:(?<![有淹])没(?![完了事钱办法命着])有?|未|(?<!有)无人?|没人|不是|不曾|(?<![要能得])不|并未|并没有?|从来没有?|不会|不要|别)"
    r"(?:真的?|怎么|再|见|看到|看见|发现|听说|人|什么|任何|给|明显|造成|发生|去|把他|往里)?$"
)
_NEGATED_EN = re.compile(
    r"\b(?:no|not|without|denies|never|isn't|nobody|none|no longer)\b(?:\s\w+)?\s*$"
)
_CLAUSE = re.compile(r"[，。！？；、,.!?;:：…\s]")
_BACKGROUND = re.compile(
    # long ago, or somewhere else
    r"上个月|上月|去年|前年|以前|从前|那年|几年前|年前|曾经|曾|上次|上回|前天|上周|上礼拜|上星期|上半年|新闻里|电视上|电视里|"
    r"网上看到|听说别|last (?:month|year|week)|years? ago|months? ago|"
    # again and again: a grievance, not an alarm
    r"经常|时常|常常|每天|天天|每晚|每到|每次|每周|长期|常年|多年|一直以来|有时|屡次|屡屡|频繁|多次|动不动|often|every (?:day|night)|"
    # not yet, perhaps never
    r"一旦|如果|万一|假如|倘若|以防|避免|防止|预防|要是|若是|存在|隐患|可能会|容易|建议|if |in case"
)
_NOT_NOW = re.compile(r"不是现在|已经灭|灭掉|早就好了|演练|演习|培训|宣传|讲座|drill|exercise")
_NOW = re.compile(
    r"现在|正在|快来|快点|赶紧|救命|救救|刚才|刚刚|马上|今天|又着|又打|躲在|还没|至今|到现在|今早|今晚|right now|help|hurry|just now"
)
_IF_EVER = re.compile(r"(?:真|真的|真要|要真|哪天|将来)$")
_SENTENCE = re.compile(r"[。！？!?\n…]")


def drop_figures(
    hits: dict[str, list[Span]], figures: dict[str, list[Span]]
) -> dict[str, list[Span]]:
    """Hits that do not lie inside a figure of speech."""
    covers = [span for spans in figures.values() for span in spans]
    if not covers:
        return hits
    kept: dict[str, list[Span]] = {}
    for word, spans in hits.items():
        left = [s for s in spans if not any(_inside(s, c) for c in covers)]
        if left:
            kept[word] = left
    return kept


def _inside(span: Span, cover: Span) -> bool:
    """Part of a longer figure; a word that is the whole figure keeps its own meaning."""
    return cover.start <= span.start and span.end <= cover.end and span != cover


def drop_negated(
    text: str, hits: dict[str, list[Span]]
) -> tuple[dict[str, list[Span]], list[Span]]:
    """Hits without event words behind a negation, and the spans that were dropped."""
    kept: dict[str, list[Span]] = {}
    dropped: list[Span] = []
    for word, spans in hits.items():
        if word not in NEGATABLE:
            kept[word] = spans
            continue
        left: list[Span] = []
        for span in spans:
            (dropped if is_negated(text, span.start) else left).append(span)
        if left:
            kept[word] = left
    return kept, dropped


def is_negated(text: str, start: int) -> bool:
    """True when the words just before ``start``, in the same clause, negate what follows."""
    before = text[max(0, start - 16) : start]
    clause = _CLAUSE.split(before)[-1] if not before.isascii() else before
    return bool(_NEGATED.search(clause[-6:]) or _NEGATED_EN.search(before))


def is_background(text: str, span: Span, *, lasting: bool = False) -> bool:
    """True when the sentence tells of the past, of a habit, of a fear, of a drill or of the news.

    A word for "now" close by always wins: doubt goes up. A danger that lasts (``lasting``) is not
    past because it began last week; only a drill or "not now" undoes it.
    """
    left = max((m.end() for m in _SENTENCE.finditer(text, 0, span.start)), default=0)
    after = _SENTENCE.search(text, span.end)
    right = after.start() if after else len(text)
    before = text[max(left, span.start - 24) : span.start]
    around = text[max(left, span.start - 16) : min(right, span.end + 16)]
    if _NOT_NOW.search(around) or _IF_EVER.search(before):
        return True
    if lasting:
        return False
    return bool(_BACKGROUND.search(before)) and not _NOW.search(around)
