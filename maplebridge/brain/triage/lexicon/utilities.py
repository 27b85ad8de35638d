"""Social linkage: street order, utilities and transport."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.SOCIAL_LINKAGE
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "stall.occupying_road",
        _C,
        P3,
        """
        7 流动摊/摊位/摆摊/占道经营/出店/马路市场/摊点/夜市摊/烧烤摊/早餐车 .. 占/堵/车道/人行道/路/非机动车道/城管/清理/挡 & !摊位费/打起来/酒瓶
    """,
    ),
    Matter(
        "street_vendor",
        _C,
        P3,
        """
        6 卖水果/卖菜/小贩/摊贩/流动摊贩/摆摊/三轮车卖/地摊/卖袜子/卖早点 & 口子/车/堵/城管/路/走/占/门口/喇叭/垃圾
    """,
    ),
    Matter(
        "illegal_ads",
        _C,
        P4,
        """
        8 小广告/牛皮癣/乱贴/张贴/传单/贴满
    """,
    ),
    Matter(
        "green_belt_occupied",
        _C,
        P4,
        """
        8 绿化带/草坪/绿地/绿化/花坛 .. 种菜/菜地/菜/停车/占/毁/踩/砍/铲/浇农家肥/水泥/葱
        6 毁绿/种菜 & 小区/公共/楼下/一楼
    """,
    ),
    Matter(
        "illegal_construction",
        _C,
        P3,
        """
        8 违建/违章建筑/搭建/私搭/加盖/违章搭建/阳光房/彩钢棚/封阳台/挖地下室/承重墙/违法建筑/搭棚/加层
    """,
    ),
    Matter(
        "shared_bikes",
        _C,
        P4,
        """
        7 共享单车/共享电车/共享电动车/哈啰/美团单车
    """,
    ),
    Matter(
        "dog_keeping",
        _C,
        P4,
        """
        5 狗 .. 拉屎/粪/大小便/臭/养了好几/禁养
    """,
    ),
    Matter(
        "utility.power",
        _C,
        P3,
        """
        7 停电/断电/没电/电压/跳闸/供电/变压器/电费/电表 & !房东/租/火花/断了落/断落/漏电/手机没电/冒火/车没电/电瓶没电
        6 power_outage/no_electricity/blackout
    """,
    ),
    Matter(
        "utility.water_outage",
        _C,
        P3,
        """
        7 停水/断水/没水/水压/水小/水发黄/水浑/自来水/黄水/water_outage/no_water/爆管 & !房东/租客/消防栓
        6 水管/管道/水阀 .. 爆/漏/坏/冒水 & 路/街/小区/门口/一直
        5 burst_pipe/water_main/water_pipe
    """,
    ),
    Matter(
        "utility.water_meter",
        _C,
        P4,
        """
        7 水表/水费/抄表 & 快/多/高/不准/异常/坏/漏/查/怎么/收/一个月/算
        4 水表/水费/吨水/抄表
    """,
    ),
    Matter(
        "utility.gas",
        _C,
        P3,
        """
        6 停气/没气/燃气费/燃气表/通气/开通燃气/改燃气/燃气公司/气费 & !味/漏
    """,
    ),
    Matter(
        "utility.sewage",
        _C,
        P3,
        """
        8 下水道/化粪池/污水泵/污水管/粪水/大便水/下水管/地漏/污水井 .. 堵/反/冒/溢/漫/漏/坏/倒灌/满/外溢/涌/返
        7 化粪池/冒粪/粪水/大便水 & !鱼/塘/鸭棚/猪
        6 污水 .. 冒/溢/漫/外流/流到/倒灌 & !鱼/塘/河/厂
        5 sewage/sewer
    """,
    ),
    Matter(
        "drain_blocked",
        _C,
        P3,
        """
        7 桥下/桥孔/河道/水闸/涵洞/排水沟/沟渠/雨水口/雨水篦子/泵站 .. 堵/塞/淤/树枝/泡沫/垃圾/水位/杂物/清/没开
    """,
    ),
    Matter(
        "utility.telecom",
        _C,
        P4,
        """
        6 宽带/手机信号/没信号/断网/网络断/移动公司/电信公司/联通/话费
    """,
    ),
    Matter(
        "public_transport",
        _C,
        P4,
        """
        7 公交/末班车/班车/公交站/公交车/班次/地铁/站牌/校车/bus_service & 没来/等/晚点/甩站/改线/加/班次/不停/司机态度/线路/增开/末班/拒载/老年卡/站点
        6 出租车/网约车/滴滴 .. 拒载/绕路/不打表/乱收费/议价/绕
    """,
    ),
    Matter(
        "parking_facility",
        _C,
        P4,
        """
        5 停车场/停车位/泊位/车位/充电桩 .. 收费/不够/规划/增设/建/少/划线/坏/油车 & !撞/凹/捆绑
    """,
    ),
)
