"""Invented nicknames: a nature word with a small or an old before it, never twice."""

from __future__ import annotations

import numpy as np

WORDS = tuple(
    "青满槐潮帆禾竹松榕枫荷兰桂梅杏桃橘茶麦稻棉桑柳柏椿楠桐苇芦萍莲菱藕笋菇薯豆姜葱蒜"
    "鱼虾蟹贝螺鸥鹭雁燕鹤雀鹊蝉萤蛙月星云雨雪霜露雾虹风浪汐澜溪泉湖石岩沙泥岭坡岛屿礁"
    "灯锚缆桨舟网渡港湾塘晨暮春夏秋冬谷芒霁暖"
)
FORMS = {
    "": ("阿{}", "小{}", "老{}", "大{}", "{}哥", "{}姐", "{}叔", "{}姨"),
    "渔嫂": ("{}嫂", "{}姐", "{}婶", "{}妹"),
    "岗": ("岗{}",),
}
FIXED = ("阿青", "小满", "老槐")


class Aliases:
    """Hands out each alias once; a digit follows when the plain ones are used up."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._taken = set(FIXED)
        self._next: dict[str, int] = {}
        self._pool: dict[str, list[str]] = {
            style: [forms[i % len(forms)].format(WORDS[i // len(forms)]) for i in order]
            for style, forms in FORMS.items()
            for order in [rng.permutation(len(WORDS) * len(forms)).tolist()]
        }

    def take(self, style: str = "") -> str:
        """Take the next free alias of a style."""
        pool = self._pool[style]
        while True:
            at = self._next.get(style, 0)
            self._next[style] = at + 1
            turn = at // len(pool)
            alias = pool[at % len(pool)] + (str(turn + 1) if turn else "")
            if alias not in self._taken:
                self._taken.add(alias)
                return alias
