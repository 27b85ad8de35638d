"""Road-traffic matters."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.TRAFFIC
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "collision_injury",
        _C,
        P2,
        """
        5 撞/撞了/撞到/撞上/碰/碰了/带倒/带了一下/刮倒/追尾/别倒/压到/轧/撞倒/撞飞 & {car} & {hurt}/倒地/坐在地上/躺/飞出去/吐/犯困/不动/夹住/卡在/困在
        5 车祸/交通事故/car_accident/traffic_accident & {hurt}/倒/死/昏/伤/injury/elder
        5 {child}/{elder}/行人/骑车的 .. 被 .. {car} .. 撞/带/轧/压/刮/带了一下
        5 accident/collision/crash & injury/injuries/injured/hurt/bleeding/hit/pedestrian/trapped
        6 ems:/fire: vehicle_accident
        4 翻车/侧翻/滚下/掉进沟/冲进河/连环
        5 {child}/{elder}/行人/骑车的/我 .. 撞倒/撞飞/撞伤/刮倒/轧到
        5 car/truck/scooter/e-bike .. hit/knocked .. me/man/woman/child/pedestrian/cyclist
        6 骑手/外卖员/快递员/摩托/{ebike}/车 .. 撞了我/把我撞/撞到我/撞了人/把人撞/撞了
    """,
        physical=True,
    ),
    Matter(
        "collision_damage",
        _C,
        P3,
        """
        4 撞/撞了/碰了/碰擦/追尾/刮擦/刮了/蹭了/剐蹭/剐/刮花/擦碰/蹭到/撞上/蹭 & {car} & !打起来
        4 车祸/交通事故/小事故/事故 & {car}/{road} & !认定书/赔偿/保险公司
        4 traffic:
        4 vehicle_accident/car_accident/fender_bender/collision/crash/traffic_accident
        3 定责/责任怎么分/快处/走保险
        4 车 .. 掉沟/翻沟/冲下/撞树/撞护栏/撞墙/自撞/冲进绿化带
    """,
    ),
    Matter(
        "hit_and_run",
        _C,
        P2,
        """
        6 撞/撞了/撞到/带倒/碰/刮倒/轧/追尾 & 跑了/逃逸/一脚油门/开走/逃走/肇事逃/溜了/跑掉 & 我/人/伤/擦破/倒/疼/血 & !车停/停着/停路边
        5 逃逸/肇事逃逸/hit-and-run/hit_and_run
        5 撞 & 留个电话就走/走了/没停/没下车/跑了 & 擦伤/伤/疼/我 & !车停/停着
    """,
        physical=True,
    ),
    Matter(
        "hit_and_run_damage",
        _C,
        P3,
        """
        6 车停/停在/停路边/停着/车位/停车 & 被撞/被人撞/被刮/被蹭/凹/撞了/刮了/蹭了/剐 & 没留/跑了/不知道谁/找不到/走了/监控/探头/逃
        4 停 .. 车 .. 被人 撞/刮/蹭/剐
    """,
    ),
    Matter(
        "blocked_road",
        _C,
        P3,
        """
        5 堵死/堵得/大堵/堵车/拥堵/堵了/堵成/动不了/瘫痪 & {road}/{car}/学校/路口 & !消防/下水/烟道/锁眼/管/单元/楼道
        4 {road} .. 堵住/堵死/过不去/走不了/中断/塌/倒了树/拦住
        4 车/大车/货车 .. 抛锚/坏在/坏路上/熄火/爆胎/停在路中间/趴窝 & !拖车 & !推了
        4 road_obstruction/disabled_vehicle/blocked_road/traffic_jam/broken_down
        3 信号灯/红绿灯 .. 坏/不亮/乱/一直红/不变/黄闪
    """,
    ),
    Matter(
        "signal_fault",
        _C,
        P2,
        """
        6 红绿灯/信号灯 .. 坏/不亮/灭/黄闪/失灵/一直红/不变/歪/倒 & !闯
        5 traffic_light .. out/broken/not_working
    """,
    ),
    Matter(
        "road_debris",
        _C,
        P2,
        """
        6 {road} .. 撒/洒/掉/散落/漏/一地/滴 .. 螺丝/钉子/石子/石头/油/货/玻璃/纸箱/木板/沙子/泥/渣土/瓷砖/柴油/机油/钢筋
        6 掉了/撒了/洒了/漏了/遗撒 .. {road}/车道/路上/路中
        5 debris/fluids_on_highway/oil_spill_on
        4 hazardous_road_conditions/icy_road/black_ice/leaking_fuel
        4 路面 .. 结冰/积油/油污/打滑
        6 掉了一地/撒了一地/洒了一地/散落一地/遗落 & {road}/车/桥
        6 {road} .. 掉了/掉着/有一根/有一块/横着/躺着 .. 钢管/木头/轮胎/石块/纸箱/树枝/铁皮/钢板/床垫/水泥块
        6 漏油/漏了一路/洒了一路/撒了一路/掉了一路/漏一地
    """,
    ),
    Matter(
        "drink_driving",
        _C,
        P2,
        """
        7 酒驾/醉驾/酒后驾/酒后开车/drunk_driving/drunk_driver/drink-driving/dui
        6 喝/喝了/喝醉/喝完/满身酒气/酒味 .. 开车/发动车/钥匙/上车/停车场/驾驶/骑摩托/开走/开着
    """,
        unsafe=True,
    ),
    Matter(
        "dangerous_driving",
        _C,
        P1,
        """
        6 逆行/逆向/开反/开在对面车道 & 高速/高架/大桥/快速/主路
        5 斗气/别车/互相别/路怒/撞来撞去/横冲直撞/蛇形/乱开/冲撞人群/road_rage
        6 老人/代步车/小孩/{ebike} & 上高速/上高架/逆行 & 高速/高架
    """,
        physical=True,
    ),
    Matter(
        "racing",
        _C,
        P3,
        """
        6 飙车/炸街/改装摩托/改装车/改装排气/鬼火/赛车/竞速/street_racing/drag_racing
        4 摩托/摩托车 .. 轰油门/来回/轰鸣/成群/噪音
    """,
    ),
    Matter(
        "truck_violation",
        _C,
        P3,
        """
        5 大车/货车/渣土车/泥头车/工程车/重型/搅拌车/水泥车 .. 闯红灯/超载/超速/遮/糊/不盖/闯禁/飞快/不减速/禁行/右转不停/开得快
        4 车牌/号牌 .. 遮/糊/挡/没挂/套牌
        4 闯红灯/超载/超速/超员
    """,
    ),
    Matter(
        "parking",
        _C,
        P4,
        """
        5 违停/乱停/乱停车/违章停车/僵尸车/停在人行道/占道停车/双排停/illegal_parking/illegally_parked & !消防/消防通道
        5 车/轿车/货车/私家车 .. 停 .. 人行道/盲道/公交站/校门口/斑马线/门口/车库口/路口 & !消防/撞
        5 挪车/堵了我的车/堵住我的车/堵我车/出不去了/出不来 & 车/停 & !水/火/困/被困
        3 停车位/车位 .. 被占/占用
        5 门口/车库/店门/通道 .. 停车/停着车/停了一辆/停满 & 出不去/进不来/堵/几天/电话
        4 parked .. blocking/driveway/entrance/sidewalk
    """,
    ),
    Matter(
        "child_on_carriageway",
        _C,
        P2,
        """
        6 {child} 机动车道/马路中间/马路上/路中间/车流/高速/快车道/隧道
        6 {child} .. 跑/走/骑/站/玩/坐 机动车道/马路中间/路中间/高速/快车道/隧道
        5 {child} .. 平衡车/滑板车/自行车 .. 马路/车道/机动车道
        5 {elder}/行人 .. 机动车道/高速/高架/快车道/隧道 & 走/骑/逛/站
        7 {child} .. 走在/在/沿着 高架/高速/马路中间/机动车道/快车道/隧道
        7 {child} 一个人 .. 高架/高速/马路/快车道/桥
    """,
        physical=True,
    ),
    Matter(
        "illegal_passenger_tricycle",
        _C,
        P3,
        """
        6 三轮/三轮车/电动三轮/摩的/黑车/面包车 .. 拉客/载客/揽客/坐人/超员/拉人/接送学生
        5 黑车/非法营运/摩的/黑校车
    """,
    ),
    Matter(
        "single_fall_injury",
        _C,
        P2,
        """
        9 骑/骑车/{ebike}/摩托 & 自己 & 摔/摔倒/摔了/滑倒/翻了/倒 & !他自己/撞了人
        4 摔倒/摔了/滑倒/滑了一跤 & {ebike}/骑 & {hurt}
    """,
        physical=True,
    ),
    Matter(
        "staged_collision_suspected",
        _C,
        P2,
        """
        6 碰瓷/自己倒下去/自己倒/故意撞/往我车上/倒我车头/倒车头
        5 {car}/开车 & 没碰到/没撞到/我没碰 & 要钱/给钱/赔/叫我给/五千/几千/私了
    """,
    ),
    Matter(
        "no_helmet_ebike",
        _C,
        P4,
        """
        4 不戴头盔/没戴头盔/载人/逆行 & {ebike} & !交警/民警/撞/被罚
    """,
    ),
    Matter(
        "sign_missing",
        _C,
        P4,
        """
        4 标志/标线/斑马线/减速带/反光镜/凸面镜/警示牌/限速牌/路牌 .. 没有/没/缺/看不清/模糊/建议/装/加/倒/坏/掉
        4 建议/希望/要求 .. 红绿灯/斑马线/减速带/探头/反光镜/测速
    """,
    ),
)
