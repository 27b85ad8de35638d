"""Social linkage: fire hazards at places, and the environment."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.SOCIAL_LINKAGE
P1, P2, P3, P4 = Urgency

FIRE_HAZARDS = (
    Matter(
        "hazard.fire_lane_blocked",
        _C,
        P3,
        """
        8 消防通道/消防车道/生命通道/消防登高/安全出口/疏散通道/消防门/逃生门/逃生通道 .. {block}/锁/停/关/杂物/焊
        6 {block}/锁/停 .. 消防通道/安全出口/疏散通道/生命通道
        5 救护车/消防车 .. 进不来/进不去/开不进 & 车/停/通道
        6 fire_lane/fire_exit .. blocked/locked
    """,
        joint=True,
    ),
    Matter(
        "hazard.ebike_indoor_charging",
        _C,
        P3,
        """
        8 {ebike} & 充电/充/飞线 & 楼道/屋里/家里/提上/室内/楼上/上楼/门口/拉线/飞线/走廊/电梯/客厅/地下室 & !冒烟/着火/起火/鼓/滋滋/爆炸了
        7 飞线充电/飞线/私拉电线/拉线充电 & !冒烟/着火
    """,
        joint=True,
    ),
    Matter(
        "hazard.combustible_storage",
        _C,
        P3,
        """
        7 楼道/走廊/楼梯/过道/门口/架空层/楼梯间/地下室/阳台 .. 堆/码/捡/杂物/纸板/破烂/废品/泡沫/柴/垃圾/鞋柜 & !小广告/外卖
        5 囤/堆 .. 纸板/废品/泡沫/柴火/油桶/酒精 & !工人
    """,
        joint=True,
    ),
    Matter(
        "hazard.three_in_one",
        _C,
        P2,
        """
        8 三合一/住人 & 仓库/作坊/加工/店/厂/手工/堆/楼
        7 自建房/民房/厂房/出租房/店铺 & 作坊/加工/手工/堆 & 住/睡/工人/小孩 & 逃生/防盗/焊/木楼梯/抽烟/堆到顶
        5 群租/隔断/群租房 & 消防/人/插线板
    """,
        joint=True,
    ),
    Matter(
        "hazard.fire_equipment",
        _C,
        P3,
        """
        7 灭火器/消防栓/消火栓/喷淋/烟感/消防水带/应急灯/消防设施/消防器材 .. 过期/没水/坏/空/没有/锈/少/压力/丢/失效/不亮/不响
        4 消防隐患/安全隐患/火灾隐患
        8 灭火器/消防栓/消火栓/喷淋/应急灯 .. 过期/没水/坏/空/红区/压力/生锈/锁/遮挡
    """,
    ),
    Matter(
        "hazard.gas_cylinder_expired",
        _C,
        P3,
        """
        7 煤气瓶/煤气罐/液化气瓶/液化气罐/钢瓶/气瓶/煤气管/软管/燃气管 .. 锈/过期/超期/老化/龟裂/掉渣/裂/没字/检验/换/存/放/堆 & !味/漏/味道
        6 gas_cylinder .. rusty/expired/old
    """,
    ),
    Matter(
        "hazard.electrical_wiring",
        _C,
        P3,
        """
        6 电表箱/配电箱/电箱/电线/插座/插线板 .. 老化/裸露/乱拉/破皮/烧焦/乱/缠/敞开/没盖/发烫
    """,
    ),
    Matter(
        "multi_issue_shop",
        _C,
        P3,
        """
        6 油烟/噪音/音响 & 占道/人行道/消防/摆到/桌子 & 店/烧烤/餐馆/饭店/夜宵
        9 一个部门管一样/谁都不牵头/没人牵头
        9 油烟 & 占道/人行道 & 消防/噪音/音响
    """,
        joint=True,
    ),
)


ENVIRONMENT = (
    Matter(
        "environment.river",
        _C,
        P3,
        """
        7 河/河水/溪/水渠/塘河/江/龙渠/沟 .. 奶茶色/变色/发黑/黑臭/泡沫/死鱼/翻肚/农药味/油污/臭/排污/污水/红色/乳白/垃圾漂/漂 & !赔/栏杆
        5 偷排/排污口/直排/排到河/倒进河/排放污水
        5 river .. polluted/polluting/pollution/foam/dead_fish/black/smell
    """,
        joint=True,
    ),
    Matter(
        "environment.air",
        _C,
        P3,
        """
        6 厂/工厂/车间/塑料厂/喷漆/印刷厂/垃圾站/焚烧/垃圾中转/猪场 .. {stink}/废气/黑烟/粉尘/味道
        5 烧垃圾/焚烧垃圾/烧秸秆/烧塑料/焚烧秸秆
    """,
    ),
    Matter(
        "environment.base_station",
        _C,
        P4,
        """
        8 基站/辐射/信号塔/变电站/高压塔
    """,
    ),
    Matter(
        "noise.factory",
        _C,
        P3,
        """
        7 厂/工厂/风机/冷却塔/车间/空压机/机器/水泵/空调外机/变压器/发电机/热泵 .. {noise}
        6 嗡嗡/低频/轰鸣 & !摩托/改装
    """,
    ),
    Matter(
        "noise.broadcast",
        _C,
        P4,
        """
        7 广播/大喇叭/喇叭/进行曲/课间操/铃声/高音 .. 放/吵/响/准时/学校/早上/暑假
    """,
    ),
    Matter(
        "noise.business",
        _C,
        P3,
        """
        6 ktv/酒吧/歌舞厅/夜宵/烧烤/饭店/清吧/大排档/舞厅/商铺/健身房 .. 噪音/吵/音响/重低音/扰民/唱歌/喧哗/睡 & !打起来/酒瓶
    """,
    ),
    Matter(
        "oil_fume",
        _C,
        P3,
        """
        8 油烟/烟道/油烟管/烤串烟/烧烤烟
        4 烧烤/饭店/餐馆 .. 烟/味/熏 & !酒瓶/打
    """,
    ),
    Matter(
        "garbage",
        _C,
        P4,
        """
        6 垃圾/垃圾桶/建筑垃圾/装修垃圾/大件垃圾/渣土 .. 没人清/堆/臭/满/乱倒/偷倒/没人管/溢/苍蝇/清运/分类/倒在
        4 公厕/厕所/卫生间 .. 脏/臭/没水/没纸/坏
        4 dumping/garbage/trash/litter & !fire
        5 养鸡/公鸡/鸡叫/养鸭/养猪/鸽子 & 小区/楼顶/居民/隔壁/味/臭/叫
    """,
    ),
    Matter(
        "pest",
        _C,
        P4,
        """
        7 老鼠/蟑螂/白蚁/蚊子/苍蝇/鼠患/四害/跳蚤/红火蚁 & !店/后厨/餐/饭店/奶茶/老鼠药/菜里/吃了
    """,
    ),
    Matter(
        "stray_dogs",
        _C,
        P3,
        """
        8 流浪狗/野狗/狗群/流浪犬/流浪猫/捕犬/stray_dog & !咬了/咬伤
    """,
    ),
    Matter(
        "animal_help",
        _C,
        P4,
        """
        8 狗/猫/鸟/流浪狗/黄狗/小狗/鹅/鹭 .. 被车撞/受伤/腿断/卡住/困在/掉进/下不来/被压 & !咬/我/孩子/人被
        6 猫/狗 .. 上了树/在树上/井里/下水道/墙缝/引擎盖
    """,
    ),
    Matter(
        "dead_animal",
        _C,
        P4,
        """
        7 死猪/死鸡/死狗/死猫/死羊/动物尸体/死家禽
    """,
    ),
)


MATTERS = FIRE_HAZARDS + ENVIRONMENT
