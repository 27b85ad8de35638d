"""Social linkage: public facilities, environment, hazards at places, city order."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.SOCIAL_LINKAGE
P1, P2, P3, P4 = Urgency

FACILITIES = (
    Matter("facility.manhole", _C, P3, """
        8 井盖/窨井/雨水井/manhole & 不见/没了/松/响/哐/坏/破/丢/缺/掉/陷/被偷/塌/翘/敞/没盖/断/missing/loose/open
        4 井盖/窨井盖/雨水井/下水井/窨井/manhole
    """),
    Matter("facility.street_light", _C, P3, """
        6 路灯/street_light/streetlight & 不亮/坏/灭/黑/闪/没有/装/瞎/out/broken/dark
        4 路灯/景观灯/高杆灯
    """),
    Matter("facility.cable", _C, P2, """
        6 网线/光纤/通信线/电话线/光缆/宽带线/线缆 .. 掉/挂/垂/乱/断/勒/绊/拖
        5 不是电线
        4 cable .. hanging/down/loose & !power
    """),
    Matter("facility.elevator", _C, P3, """
        5 电梯 & 坏/停运/维修/检修/停用/年检/关门/下坠/一坠/抖/异响 & !被困/困在/困住
        4 elevator/lift .. broken/out_of_order
    """),
    Matter("facility.railing", _C, P3, """
        6 栏杆/扶手/护栏/围栏 .. 断/松/坏/没有/缺/倒/锈 & !小孩子就往下跳/山/弯/公路/村道/河
        4 健身器材/滑梯/秋千/长椅 .. 坏/断/松/锈
    """),
    Matter("road_guardrail", _C, P2, """
        7 护栏/防撞栏/波形护栏/隔离栏 .. 撞/掉/断/倒/缺/弯 & 路/弯/山/公路/村道/国道/省道/桥
        5 公路/国道/省道/县道/村道 .. 坑/塌/裂/落石/滑坡/路面
        5 guardrail
    """),
    Matter("road_surface", _C, P3, """
        6 路面/马路/人行道/地砖/路/盲道 .. 坑/坑洼/破/塌/裂/翘/积水/不平/拱起/下沉/凹陷 & !天坑/公路/国道/有人掉
        4 pothole
    """),
    Matter("tree", _C, P3, """
        6 树/树枝/大树/行道树/树干/树根 .. 倒/断/枯/掉/压/挡/修剪/砸/歪/太密/虫/遮/拦 & !推了/砍/赔/桥下/果
        5 fallen_tree/tree_down
    """),
    Matter("station_facility", _C, P4, """
        6 警务站/驿站/站里/志愿者驿站 .. 饮水机/充电宝/厕所/热水/空调/雨伞/插座/微波炉/座椅/血压计/自助机/打印机/药箱 & !身份证
    """),
    Matter("hazard.facade", _C, P2, """
        7 瓷砖/外墙/墙皮/墙面/保温层/玻璃幕墙/水泥块/空调外机/广告牌/店招/雨棚/花盆 .. 掉/脱落/松/坠/剥落/晃/摇/砸/翘 & !卧室/卫生间/装修队
        5 falling_tile/facade/billboard_loose
    """, joint=True),
    Matter("hazard.elevator", _C, P2, """
        7 电梯 .. 滑/坠/下坠/掉/冲顶/蹲底/直接滑/急停/夹人/抖/失控
    """, joint=True),
    Matter("construction.crane", _C, P2, """
        7 塔吊/吊车/吊臂/起重机/吊着/吊钢筋/吊篮/crane
    """, joint=True),
    Matter("construction.safety", _C, P2, """
        6 工地/施工/基坑/脚手架/围挡/在建/施工队 .. 没有防护/没防护/没围挡/倒/塌/裸露/没警示/掉东西/安全帽/没戴/安全网/坍/钢管/围挡倒/裂缝/违规
        5 房子/房屋/楼/墙 .. 开裂/裂缝/倾斜/下沉/危房 & !车/瓷砖
    """),
    Matter("construction.dust_noise", _C, P3, """
        6 工地/施工/打桩/挖机/渣土/搅拌站/混凝土/装修 .. 噪音/吵/扬尘/灰尘/灰/半夜/夜间/凌晨/扰民/泥浆/粉尘/睡
        5 半夜/夜间/凌晨/晚上 .. 施工/打桩/挖机/电钻/浇筑/切割
        5 construction .. noise/dust/night
    """),
    Matter("hazard.drowning_spot", _C, P3, """
        7 河/水库/池塘/河步头/埠头/江边/海边/水塘/河埠/溪 .. 栏杆/警示牌/牌子/游泳/往下跳/玩水/野泳/救生圈/戏水/洗澡 & !掉下去/落水/死鱼/脏
    """),
    Matter("hazard.shelter_closed", _C, P2, """
        8 避灾点/避灾安置/避险点/安置点/避难所/避灾/文化礼堂 .. 锁/关/没人/没开/没有人/水/电
        6 shelter .. locked/closed
    """),
    Matter("hazard.flood_point", _C, P3, """
        6 积水/内涝/水淹/低洼 .. 路/小区/地道/涵洞/车库/下穿/门口 & !进水约/转移
        4 下雨/暴雨/台风 .. 积水/淹/排水
    """),
)

FIRE_HAZARDS = (
    Matter("hazard.fire_lane_blocked", _C, P3, """
        8 消防通道/消防车道/生命通道/消防登高/安全出口/疏散通道/消防门/逃生门/逃生通道 .. {block}/锁/停/关/杂物/焊
        6 {block}/锁/停 .. 消防通道/安全出口/疏散通道/生命通道
        5 救护车/消防车 .. 进不来/进不去/开不进 & 车/停/通道
        6 fire_lane/fire_exit .. blocked/locked
    """, joint=True),
    Matter("hazard.ebike_indoor_charging", _C, P3, """
        8 {ebike} & 充电/充/飞线 & 楼道/屋里/家里/提上/室内/楼上/上楼/门口/拉线/飞线/走廊/电梯/客厅/地下室 & !冒烟/着火/起火/鼓/滋滋/爆炸了
        7 飞线充电/飞线/私拉电线/拉线充电 & !冒烟/着火
    """, joint=True),
    Matter("hazard.combustible_storage", _C, P3, """
        7 楼道/走廊/楼梯/过道/门口/架空层/楼梯间/地下室/阳台 .. 堆/码/捡/杂物/纸板/破烂/废品/泡沫/柴/垃圾/鞋柜 & !小广告/外卖
        5 囤/堆 .. 纸板/废品/泡沫/柴火/油桶/酒精 & !工人
    """, joint=True),
    Matter("hazard.three_in_one", _C, P2, """
        8 三合一/住人 & 仓库/作坊/加工/店/厂/手工/堆/楼
        7 自建房/民房/厂房/出租房/店铺 & 作坊/加工/手工/堆 & 住/睡/工人/小孩 & 逃生/防盗/焊/木楼梯/抽烟/堆到顶
        5 群租/隔断/群租房 & 消防/人/插线板
    """, joint=True),
    Matter("hazard.fire_equipment", _C, P3, """
        7 灭火器/消防栓/消火栓/喷淋/烟感/消防水带/应急灯/消防设施/消防器材 .. 过期/没水/坏/空/没有/锈/少/压力/丢/失效/不亮/不响
        4 消防隐患/安全隐患/火灾隐患
    """),
    Matter("hazard.gas_cylinder_expired", _C, P3, """
        7 煤气瓶/煤气罐/液化气瓶/液化气罐/钢瓶/气瓶/煤气管/软管/燃气管 .. 锈/过期/超期/老化/龟裂/掉渣/裂/没字/检验/换/存/放/堆 & !味/漏/味道
        6 gas_cylinder .. rusty/expired/old
    """),
    Matter("hazard.electrical_wiring", _C, P3, """
        6 电表箱/配电箱/电箱/电线/插座/插线板 .. 老化/裸露/乱拉/破皮/烧焦/乱/缠/敞开/没盖/发烫
    """),
    Matter("multi_issue_shop", _C, P3, """
        6 油烟/噪音/音响 & 占道/人行道/消防/摆到/桌子 & 店/烧烤/餐馆/饭店/夜宵
        9 一个部门管一样/谁都不牵头/没人牵头
        9 油烟 & 占道/人行道 & 消防/噪音/音响
    """, joint=True),
)

ENVIRONMENT = (
    Matter("environment.river", _C, P3, """
        7 河/河水/溪/水渠/塘河/江/龙渠/沟 .. 奶茶色/变色/发黑/黑臭/泡沫/死鱼/翻肚/农药味/油污/臭/排污/污水/红色/乳白/垃圾漂/漂 & !赔/栏杆
        5 偷排/排污口/直排/排到河/倒进河/排放污水
        5 river .. polluted/polluting/pollution/foam/dead_fish/black/smell
    """, joint=True),
    Matter("environment.air", _C, P3, """
        6 厂/工厂/车间/塑料厂/喷漆/印刷厂/垃圾站/焚烧/垃圾中转/猪场 .. {stink}/废气/黑烟/粉尘/味道
        5 烧垃圾/焚烧垃圾/烧秸秆/烧塑料/焚烧秸秆
    """),
    Matter("environment.base_station", _C, P4, """
        8 基站/辐射/信号塔/变电站/高压塔
    """),
    Matter("noise.factory", _C, P3, """
        7 厂/工厂/风机/冷却塔/车间/空压机/机器/水泵/空调外机/变压器/发电机/热泵 .. {noise}
        6 嗡嗡/低频/轰鸣 & !摩托/改装
    """),
    Matter("noise.broadcast", _C, P4, """
        7 广播/大喇叭/喇叭/进行曲/课间操/铃声/高音 .. 放/吵/响/准时/学校/早上/暑假
    """),
    Matter("noise.business", _C, P3, """
        6 ktv/酒吧/歌舞厅/夜宵/烧烤/饭店/清吧/大排档/舞厅/商铺/健身房 .. 噪音/吵/音响/重低音/扰民/唱歌/喧哗/睡 & !打起来/酒瓶
    """),
    Matter("oil_fume", _C, P3, """
        8 油烟/烟道/油烟管/烤串烟/烧烤烟
        4 烧烤/饭店/餐馆 .. 烟/味/熏 & !酒瓶/打
    """),
    Matter("garbage", _C, P4, """
        6 垃圾/垃圾桶/建筑垃圾/装修垃圾/大件垃圾/渣土 .. 没人清/堆/臭/满/乱倒/偷倒/没人管/溢/苍蝇/清运/分类/倒在
        4 公厕/厕所/卫生间 .. 脏/臭/没水/没纸/坏
        4 dumping/garbage/trash/litter & !fire
    """),
    Matter("pest", _C, P4, """
        7 老鼠/蟑螂/白蚁/蚊子/苍蝇/鼠患/四害/跳蚤/红火蚁 & !店/后厨/餐/饭店/奶茶/老鼠药/菜里/吃了
    """),
    Matter("stray_dogs", _C, P3, """
        8 流浪狗/野狗/狗群/流浪犬/流浪猫/捕犬/stray_dog & !咬了/咬伤
    """),
    Matter("dead_animal", _C, P4, """
        7 死猪/死鸡/死狗/死猫/死羊/动物尸体/死家禽
    """),
)

CITY_ORDER = (
    Matter("stall.occupying_road", _C, P3, """
        7 流动摊/摊位/摆摊/占道经营/出店/马路市场/摊点/夜市摊/烧烤摊/早餐车 .. 占/堵/车道/人行道/路/非机动车道/城管/清理/挡 & !摊位费/打起来/酒瓶
    """),
    Matter("street_vendor", _C, P3, """
        6 卖水果/卖菜/小贩/摊贩/流动摊贩/摆摊/三轮车卖/地摊/卖袜子/卖早点 & 口子/车/堵/城管/路/走/占/门口/喇叭/垃圾
    """),
    Matter("illegal_ads", _C, P4, """
        8 小广告/牛皮癣/乱贴/张贴/传单/贴满
    """),
    Matter("green_belt_occupied", _C, P4, """
        8 绿化带/草坪/绿地/绿化/花坛 .. 种菜/菜地/菜/停车/占/毁/踩/砍/铲/浇农家肥/水泥/葱
        6 毁绿/种菜 & 小区/公共/楼下/一楼
    """),
    Matter("illegal_construction", _C, P3, """
        8 违建/违章建筑/搭建/私搭/加盖/违章搭建/阳光房/彩钢棚/封阳台/挖地下室/承重墙/违法建筑/搭棚/加层
    """),
    Matter("shared_bikes", _C, P4, """
        7 共享单车/共享电车/共享电动车/哈啰/美团单车
    """),
    Matter("dog_keeping", _C, P4, """
        5 狗 .. 拉屎/粪/大小便/臭/养了好几/禁养
    """),
    Matter("utility.power", _C, P3, """
        7 停电/断电/没电/电压/跳闸/供电/变压器/电费/电表 & !房东/租/火花/断了落/断落/漏电/手机没电/冒火/车没电/电瓶没电
        6 power_outage/no_electricity/blackout
    """),
    Matter("utility.water_outage", _C, P3, """
        7 停水/断水/没水/水压/水小/水发黄/水浑/自来水/黄水/water_outage/no_water/爆管 & !房东/租客/消防栓
    """),
    Matter("utility.water_meter", _C, P4, """
        7 水表/水费/抄表 & 快/多/高/不准/异常/坏/漏/查/怎么/收/一个月/算
        4 水表/水费/吨水/抄表
    """),
    Matter("utility.gas", _C, P3, """
        6 停气/没气/燃气费/燃气表/通气/开通燃气/改燃气/燃气公司/气费 & !味/漏
    """),
    Matter("utility.sewage", _C, P3, """
        8 下水道/化粪池/污水泵/污水管/粪水/大便水/下水管/地漏/污水井 .. 堵/反/冒/溢/漫/漏/坏/倒灌/满/外溢/涌/返
        7 化粪池/冒粪/粪水/大便水 & !鱼/塘/鸭棚/猪
        6 污水 .. 冒/溢/漫/外流/流到/倒灌 & !鱼/塘/河/厂
        5 sewage/sewer
    """),
    Matter("drain_blocked", _C, P3, """
        7 桥下/桥孔/河道/水闸/涵洞/排水沟/沟渠/雨水口/雨水篦子/泵站 .. 堵/塞/淤/树枝/泡沫/垃圾/水位/杂物/清/没开
    """),
    Matter("utility.telecom", _C, P4, """
        6 宽带/手机信号/没信号/断网/网络断/移动公司/电信公司/联通/话费
    """),
    Matter("public_transport", _C, P4, """
        7 公交/末班车/班车/公交站/公交车/班次/地铁/站牌/校车/bus_service & 没来/等/晚点/甩站/改线/加/班次/不停/司机态度/线路/增开/末班/拒载/老年卡/站点
        6 出租车/网约车/滴滴 .. 拒载/绕路/不打表/乱收费/议价/绕
    """),
    Matter("parking_facility", _C, P4, """
        5 停车场/停车位/泊位/车位/充电桩 .. 收费/不够/规划/增设/建/少/划线/坏/油车 & !撞/凹/捆绑
    """),
    Matter("property_mgmt.roof_leak", _C, P3, """
        8 屋面/屋顶/楼顶/顶楼/天花板/外墙/卧室墙面 .. 漏水/渗漏/渗水/漏雨/发霉/霉 & !楼上邻居/楼上那家
        5 {manager} .. 漏水/渗水/不修/维修资金/路灯/绿化/保洁/脏/不管 & !电梯/污水/粪/消防
    """),
    Matter("housing_certificate", _C, P3, """
        8 不动产权证/房产证/产权证/办证难/房本/不动产证 & 未/没/拿不到/开发商/三年/办不下来/交付/还没/不给/迟迟
    """),
    Matter("housing_security", _C, P4, """
        6 公租房/廉租房/保障房/经适房/人才房/共有产权/公积金/住房补贴
    """),
    Matter("school_fee", _C, P4, """
        7 {school}/老师/班级/课后/家委会 .. 收费/买/资料费/校服/平板/自愿/班费/交钱/费用/兴趣班/订奶 & !补课/补习班外/骗/冒充
    """),
    Matter("school_meal", _C, P3, """
        8 食堂/营养餐/午餐/配餐/校餐/学生餐/中午那个鸡腿 .. 虫/血水/生/红的/变质/不新鲜/拉肚子/头发/异物/难吃/不熟/馊/吐/吃不饱 & 学校/小学/学生/孩子/老师/幼儿园/中学
    """, joint=True, unsafe=True),
    Matter("school_general", _C, P4, """
        5 {school} .. 作业/早读/周末上课/补课/排课/师德/体罚/校车/分班/减负/晚自习/校服
    """),
    Matter("food_hygiene", _C, P3, """
        7 吃/喝/菜/饭/奶茶/面/外卖/店里/饭店/餐馆/快餐/火锅店/早餐/盒饭 .. 小强/蟑螂/头发/虫/苍蝇/异物/变质/发霉/馊/老鼠/拉肚子/钢丝/创可贴/腹泻/臭了/过期/不卫生/脏 & !学校/食堂/举报内幕
        6 后厨/餐具/卫生差/地沟油 & 脏/看/查/卫生/蟑螂/小强
        5 food .. insect/hair/mould/mold/poison/dirty
    """),
    Matter("market.short_weight", _C, P4, """
        8 缺斤少两/缺斤短两/少一斤/短秤/秤/一称/过秤/复称 .. 不准/少/斤/缺/短
        6 缺斤/短两/鬼秤/八两秤
    """),
    Matter("market.price", _C, P4, """
        6 哄抬/乱涨价/物价/价格欺诈/明码标价/天价/不标价/涨价 & !房东/房租/租金/拖车
    """),
    Matter("homeless_help", _C, P2, """
        8 流浪/乞讨/露宿/睡在桥洞/桥洞/睡在atm/睡在公园/流浪汉/无家可归/homeless & 人/阿公/阿婆/老/汉/男/女/他/救助/冷 & !狗/犬/猫
        6 救助站
    """, joint=True),
    Matter("health_service", _C, P4, """
        5 {hospital}/挂号/卫生院/疫苗/体检 .. 排队/态度/挂不上/没号/等太久/服务差/收费/停诊/缺药
        4 控烟/室内抽烟/吸烟
    """),
    Matter("agri", _C, P4, """
        5 农田/稻田/化肥/农机/种子/补贴/灌溉/农村合作/耕地/抛荒/惠农
        4 村务/村委会/村干部/村账/三资 & 公开/账/不公/贪/选举/低保
    """),
    Matter("culture_tourism", _C, P4, """
        5 图书馆/体育馆/游泳馆/公园/景区/健身步道/博物馆/文化馆/球场 & 开放/关门/脏/灯/建议/坏/收费/厕所
    """),
)

MATTERS = FACILITIES + FIRE_HAZARDS + ENVIRONMENT + CITY_ORDER
