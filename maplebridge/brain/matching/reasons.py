"""Every reason code of matching with its sentence in Chinese and English."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "match.text": ("都说到“{phrases}”。", "Both speak of “{phrases}”."),
    "match.text_none": ("用词没有相同之处。", "They share no words."),
    "match.distance": ("相距{metres}米。", "{metres} m apart."),
    "match.time": ("相隔{minutes}分钟。", "{minutes} min apart."),
    "match.place_words": ("都提到地点“{words}”。", "Both name the place “{words}”."),
    "match.place_words_differ": ("提到的地点不同。", "They name different places."),
    "match.subtype": ("类别和小类都相同。", "Same category and subtype."),
    "match.category": ("类别相同。", "Same category."),
    "match.family": ("类别相近（{mine}、{theirs}）。", "Related categories ({mine}, {theirs})."),
    "match.category_differ": (
        "类别不同（{mine}、{theirs}）。",
        "Different categories ({mine}, {theirs}).",
    ),
    "match.contact": ("同一个电话。", "The same telephone."),
}
