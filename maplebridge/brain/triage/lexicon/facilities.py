"""Social linkage: public facilities and hazards at places."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.SOCIAL_LINKAGE
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "facility.manhole",
        _C,
        P3,
        """
        8 井盖/窨井/雨水井/manhole & 不见/没了/松/响/哐/坏/破/丢/缺/掉/陷/被偷/塌/翘/敞/没盖/断/碎/裂/歪/missing/loose/open/broken
        4 井盖/窨井盖/雨水井/下水井/窨井/manhole
    """,
    ),
    Matter(
        "facility.street_light",
        _C,
        P3,
        """
        6 路灯/street_light/streetlight & 不亮/坏/灭/黑/闪/没有/装/瞎/out/broken/dark
        4 路灯/景观灯/高杆灯
    """,
    ),
    Matter(
        "facility.cable",
        _C,
        P2,
        """
        6 网线/光纤/通信线/电话线/光缆/宽带线/线缆 .. 掉/挂/垂/乱/断/勒/绊/拖
        5 不是电线
        4 cable .. hanging/down/loose & !power
    """,
    ),
    Matter(
        "facility.elevator",
        _C,
        P3,
        """
        5 电梯 & 坏/停运/维修/检修/停用/年检/关门/下坠/一坠/抖/异响 & !被困/困在/困住
        4 elevator/lift .. broken/out_of_order
    """,
    ),
    Matter(
        "facility.railing",
        _C,
        P3,
        """
        6 栏杆/扶手/护栏/围栏 .. 断/松/坏/没有/缺/倒/锈 & !小孩子就往下跳/山/弯/公路/村道/河
        4 健身器材/滑梯/秋千/长椅 .. 坏/断/松/锈
    """,
    ),
    Matter(
        "road_guardrail",
        _C,
        P2,
        """
        7 护栏/防撞栏/波形护栏/隔离栏 .. 撞/掉/断/倒/缺/弯 & 路/弯/山/公路/村道/国道/省道/桥
        5 公路/国道/省道/县道/村道 .. 坑/塌/裂/落石/滑坡/路面
        5 guardrail
    """,
    ),
    Matter(
        "road_surface",
        _C,
        P3,
        """
        6 路面/马路/人行道/地砖/路/盲道 .. 坑/坑洼/破/塌/裂/翘/积水/不平/拱起/下沉/凹陷 & !天坑/公路/国道/有人掉
        4 pothole
    """,
    ),
    Matter(
        "tree",
        _C,
        P3,
        """
        6 树/树枝/大树/行道树/树干/树根 .. 倒/断/枯/掉/压/挡/修剪/砸/歪/太密/虫/遮/拦 & !推了/砍/赔/桥下/果
        5 fallen_tree/tree_down
    """,
    ),
    Matter(
        "station_facility",
        _C,
        P4,
        """
        6 警务站/驿站/站里/志愿者驿站 .. 饮水机/充电宝/厕所/热水/空调/雨伞/插座/微波炉/座椅/血压计/自助机/打印机/药箱 & !身份证
    """,
    ),
    Matter(
        "hazard.facade",
        _C,
        P2,
        """
        7 瓷砖/外墙/墙皮/墙面/保温层/玻璃幕墙/水泥块/空调外机/广告牌/店招/雨棚/花盆 .. 掉/脱落/松/坠/剥落/晃/摇/砸/翘 & !卧室/卫生间/装修队
        5 falling_tile/facade/billboard_loose
    """,
        joint=True,
    ),
    Matter(
        "hazard.elevator",
        _C,
        P2,
        """
        7 电梯 .. 滑/坠/下坠/掉/冲顶/蹲底/直接滑/急停/夹人/抖/失控
    """,
        joint=True,
    ),
    Matter(
        "construction.crane",
        _C,
        P2,
        """
        7 塔吊/吊车/吊臂/起重机/吊着/吊钢筋/吊篮/crane
    """,
        joint=True,
    ),
    Matter(
        "construction.safety",
        _C,
        P2,
        """
        6 工地/施工/基坑/脚手架/围挡/在建/施工队 .. 没有防护/没防护/没围挡/倒/塌/裸露/没警示/掉东西/安全帽/没戴/安全网/坍/钢管/围挡倒/裂缝/违规
        5 房子/房屋/楼/墙 .. 开裂/裂缝/倾斜/下沉/危房 & !车/瓷砖
    """,
    ),
    Matter(
        "construction.dust_noise",
        _C,
        P3,
        """
        6 工地/施工/打桩/挖机/渣土/搅拌站/混凝土/装修 .. 噪音/吵/扬尘/灰尘/灰/半夜/夜间/凌晨/扰民/泥浆/粉尘/睡
        5 半夜/夜间/凌晨/晚上 .. 施工/打桩/挖机/电钻/浇筑/切割
        5 construction .. noise/dust/night
    """,
    ),
    Matter(
        "hazard.drowning_spot",
        _C,
        P3,
        """
        7 河/水库/池塘/河步头/埠头/江边/海边/水塘/河埠/溪 .. 栏杆/警示牌/牌子/游泳/往下跳/玩水/野泳/救生圈/戏水/洗澡 & !掉下去/落水/死鱼/脏
    """,
    ),
    Matter(
        "hazard.shelter_closed",
        _C,
        P2,
        """
        8 避灾点/避灾安置/避险点/安置点/避难所/避灾/文化礼堂 .. 锁/关/没人/没开/没有人/水/电
        6 shelter .. locked/closed
    """,
    ),
    Matter(
        "hazard.flood_point",
        _C,
        P3,
        """
        6 积水/内涝/水淹/低洼 .. 路/小区/地道/涵洞/车库/下穿/门口 & !进水约/转移
        4 下雨/暴雨/台风 .. 积水/淹/排水
    """,
    ),
)
