"""Every reason code of triage with its sentence in Chinese and English.

Templates take the evidence's ``params`` plus ``{text}``, the words it stands on. Rendering is the
caller's; the brain only names codes.
"""

from __future__ import annotations

from maplebridge.brain.assignment.pre_handling import BLOCK_SENTENCES

REASONS: dict[str, tuple[str, str]] = {
    "words.matter": (
        "“{text}”是这类事项常用的话。",
        "“{text}” is how people speak of this matter.",
    ),
    "words.learned": (
        "类似的来话中，“{text}”多属这一类。",
        "In texts like this, “{text}” mostly speaks for this answer.",
    ),
    "rule.maybe_emergency": (
        "不能排除特急，就高不就低。",
        "An emergency can not be ruled out; in doubt, up.",
    ),
    "words.figure": (
        "“{text}”像是口头说法，未计入。",
        "“{text}” looks like a figure of speech; not counted.",
    ),
    "words.negated": ("“{text}”前有否定，未计入。", "“{text}” is negated; not counted."),
    "words.secret": ("“{text}”表示不愿被人知道。", "“{text}” asks for confidence."),
    "words.runaround": (
        "“{text}”说明多个部门互相推。",
        "“{text}” says that bodies pass it around.",
    ),
    "words.none": (
        "没有听出可判断的话，请人工研判。",
        "No words to judge by; please triage by hand.",
    ),
    "rule.category": ("按类别“{category}”的常规。", "Usual for the category “{category}”."),
    "rule.matter_urgency": (
        "这类事项通常为{urgency}。",
        "Matters of this kind are usually {urgency}.",
    ),
    "rule.doubt_up": (
        "也可能是“{matter}”，就高不就低。",
        "It may also be “{matter}”; in doubt, up.",
    ),
    "rule.competence": (
        "权责表第{rule_id}条：由{lead}牵头。",
        "Competence row {rule_id}: {lead} leads.",
    ),
    "rule.no_competence": ("权责表没有对应的一条。", "No row of the competence table covers this."),
    "rule.competence_label": (
        "权责表第{rule_id}条给出警务属性。",
        "Competence row {rule_id} gives the police label.",
    ),
    "rule.tension": (
        "听出“{signal}”，可能升级，需要民警。",
        "“{signal}” was heard; it may escalate, police needed.",
    ),
    "rule.joint": ("权责表注明须联合处置。", "The competence table calls for joint handling."),
    "rule.several_leads": ("涉及{count}个牵头单位。", "{count} lead bodies are concerned."),
    "rule.injury": ("有人受伤或不适，卫健协同。", "Somebody is hurt or unwell; health assists."),
    "rule.safe_kind": ("这类事项的报告人须保护。", "Reporters of this kind need protection."),
    "rule.volunteers_allowed": (
        "在群众力量可派清单内。",
        "On the list of matters civilians may take.",
    ),
    "place.name": ("“{text}”是地名“{name}”。", "“{text}” is the place “{name}”."),
    "place.number": ("门牌“{text}”在册。", "The street number “{text}” is on the register."),
    "place.interpolated": (
        "门牌“{text}”按相邻门牌推算。",
        "“{text}” is placed between neighbouring numbers.",
    ),
    "place.pin": (
        "取自设备定位，误差约{metres}米。",
        "From the device position, about {metres} m.",
    ),
    "distance.agree": (
        "与设备定位相距{metres}米，相符。",
        "{metres} m from the device position; they agree.",
    ),
    "distance.disagree": (
        "与设备定位相距{metres}米，不符。",
        "{metres} m from the device position; they disagree.",
    ),
    "channel.silent": ("来话无声，按紧急处理。", "A silent call; treated as an emergency."),
    "channel.trusted": ("岗哨在现场上报。", "Reported from the scene by a guard."),
    "safety.life": ("“{text}”：可能危及生命。", "“{text}”: a life may be in danger."),
    "safety.trapped": ("“{text}”：有人被困。", "“{text}”: somebody is trapped."),
    "safety.fire": ("“{text}”：可能着火。", "“{text}”: there may be a fire."),
    "safety.gas": (
        "“{text}”：可能有燃气或一氧化碳。",
        "“{text}”: there may be gas or carbon monoxide.",
    ),
    "safety.hazard_to_many": (
        "“{text}”：可能危及多人。",
        "“{text}”: many people may be in danger.",
    ),
    "safety.violence": ("“{text}”：可能正在发生暴力。", "“{text}”: violence may be in progress."),
    "safety.weapon": (
        "“{text}”：有可作凶器的物品。",
        "“{text}”: something that can be a weapon.",
    ),
    "safety.self_harm": ("“{text}”：可能轻生。", "“{text}”: possible self-harm."),
    "safety.child": ("“{text}”：孩子可能有危险。", "“{text}”: a child may be in danger."),
    "safety.child_harm": (
        "“{text}”：孩子可能受到伤害。",
        "“{text}”: a child may have been harmed.",
    ),
    "safety.elder_missing": (
        "“{text}”：老人可能走失。",
        "“{text}”: an old person may be missing.",
    ),
    "safety.poison": ("“{text}”：可能中毒。", "“{text}”: possible poisoning."),
    "safety.money_transfer": (
        "“{text}”：钱可能正在转出。",
        "“{text}”: money may be on its way out.",
    ),
    "safety.silent_call": (
        "“{text}”：报警人可能不便出声。",
        "“{text}”: the caller may be unable to speak.",
    ),
    "safety.flood": ("“{text}”：可能被水围困。", "“{text}”: people may be cut off by water."),
    "safety.injury": ("“{text}”：有人受伤。", "“{text}”: somebody is hurt."),
    "safety.vulnerable": (
        "“{text}”：老幼病弱者受影响。",
        "“{text}”: a vulnerable person is affected.",
    ),
    "safety.crowd": ("“{text}”：有人群聚集。", "“{text}”: people are gathering."),
    "safety.threat": ("“{text}”：有威胁。", "“{text}”: a threat was made."),
    "safety.evidence_lost": (
        "“{text}”：证据可能很快灭失。",
        "“{text}”: evidence may soon be lost.",
    ),
    "safety.public_danger": (
        "“{text}”：可能伤到路人。",
        "“{text}”: passers-by may be hurt.",
    ),
    "safety.loss_soon": (
        "“{text}”：短时间内可能有大损失。",
        "“{text}”: a great loss may come soon.",
    ),
    "safety.cold_or_storm": (
        "“{text}”：天气可能危及身体。",
        "“{text}”: the weather may harm somebody.",
    ),
    **{f"prehandling.{code}": sentences for code, sentences in BLOCK_SENTENCES.items()},
}
