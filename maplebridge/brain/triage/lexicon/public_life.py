"""Social linkage: housing, schools, food, markets and help."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.SOCIAL_LINKAGE
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "property_mgmt",
        _C,
        P4,
        """
        4 门禁/单元门/楼道灯/小区大门/道闸 .. 坏/不亮/修/没人管/失灵
        3 {manager} .. 不修/装死/不理/没人来/不作为
    """,
    ),
    Matter(
        "property_mgmt.roof_leak",
        _C,
        P3,
        """
        8 屋面/屋顶/楼顶/顶楼/天花板/外墙/卧室墙面 .. 漏水/渗漏/渗水/漏雨/发霉/霉 & !楼上邻居/楼上那家
        5 {manager} .. 漏水/渗水/不修/维修资金/路灯/绿化/保洁/脏/不管 & !电梯/污水/粪/消防
    """,
    ),
    Matter(
        "housing_certificate",
        _C,
        P3,
        """
        8 不动产权证/房产证/产权证/办证难/房本/不动产证 & 未/没/拿不到/开发商/三年/办不下来/交付/还没/不给/迟迟
    """,
    ),
    Matter(
        "housing_security",
        _C,
        P4,
        """
        6 公租房/廉租房/保障房/经适房/人才房/共有产权/公积金/住房补贴
    """,
    ),
    Matter(
        "school_fee",
        _C,
        P4,
        """
        7 {school}/老师/班级/课后/家委会 .. 收费/买/资料费/校服/平板/自愿/班费/交钱/费用/兴趣班/订奶 & !补课/补习班外/骗/冒充
    """,
    ),
    Matter(
        "school_meal",
        _C,
        P3,
        """
        8 食堂/营养餐/午餐/配餐/校餐/学生餐/中午那个鸡腿 .. 虫/血水/生/红的/变质/不新鲜/拉肚子/头发/异物/难吃/不熟/馊/吐/吃不饱 & 学校/小学/学生/孩子/老师/幼儿园/中学
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "school_general",
        _C,
        P4,
        """
        5 {school} .. 作业/早读/周末上课/补课/排课/师德/体罚/校车/分班/减负/晚自习/校服
    """,
    ),
    Matter(
        "food_hygiene",
        _C,
        P3,
        """
        7 吃/喝/菜/饭/奶茶/面/外卖/店里/饭店/餐馆/快餐/火锅店/早餐/盒饭 .. 小强/蟑螂/头发/虫/苍蝇/异物/变质/发霉/馊/老鼠/拉肚子/钢丝/创可贴/腹泻/臭了/过期/不卫生/脏 & !学校/食堂/举报内幕
        6 后厨/餐具/卫生差/地沟油 & 脏/看/查/卫生/蟑螂/小强
        5 food .. insect/hair/mould/mold/poison/dirty
        5 药店/药房/超市/便利店 .. 过期/变质/假药
    """,
    ),
    Matter(
        "market.short_weight",
        _C,
        P4,
        """
        8 缺斤少两/缺斤短两/少一斤/短秤/秤/一称/过秤/复称 .. 不准/少/斤/缺/短
        6 缺斤/短两/鬼秤/八两秤
        6 斤/两 .. 回家/回来 .. 一称/称/只有/少了
    """,
    ),
    Matter(
        "market.price",
        _C,
        P4,
        """
        6 哄抬/乱涨价/物价/价格欺诈/明码标价/天价/不标价/涨价 & !房东/房租/租金/拖车
        6 菜价/肉价/物价/药价/价格 .. 吓死人/离谱/太贵/太高/翻倍/乱/翻了/没人管
        5 菜价/肉价/油价
    """,
    ),
    Matter(
        "homeless_help",
        _C,
        P2,
        """
        8 流浪/乞讨/露宿/睡在桥洞/桥洞/睡在atm/睡在公园/流浪汉/无家可归/homeless & 人/阿公/阿婆/老/汉/男/女/他/救助/冷 & !狗/犬/猫
        6 救助站
    """,
        joint=True,
    ),
    Matter(
        "health_service",
        _C,
        P4,
        """
        5 {hospital}/挂号/卫生院/疫苗/体检 .. 排队/态度/挂不上/没号/等太久/服务差/收费/停诊/缺药
        4 控烟/室内抽烟/吸烟
    """,
    ),
    Matter(
        "agri",
        _C,
        P4,
        """
        5 农田/稻田/化肥/农机/种子/补贴/灌溉/农村合作/耕地/抛荒/惠农
        4 村务/村委会/村干部/村账/三资 & 公开/账/不公/贪/选举/低保
        4 村里/村委/村干部 & 路/水/补助/分红/账目/不公
    """,
    ),
    Matter(
        "culture_tourism",
        _C,
        P4,
        """
        5 图书馆/体育馆/游泳馆/公园/景区/健身步道/博物馆/文化馆/球场 & 开放/关门/脏/灯/建议/坏/收费/厕所
    """,
    ),
)
