"""Fire, rescue and urgent help."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_F = Category.FIRE_RESCUE
_H = Category.URGENT_HELP
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "fire",
        _F,
        P1,
        """
        6 着火/起火/失火/着了火/烧起来/火光/火苗/浓烟/烧着了/火势/窜火/on_fire/flames & !山/后山/林
        5 冒烟/冒黑烟/冒浓烟/烧焦味/焦糊味/糊味/烟味很大/冒火花/smoke/burning_smell & !瘾/汽车尾气/烟囱/抽烟
        5 building_fire/structure_fire/vehicle_fire/appliance_fire/electrical_fire/unknown_type_fire/dumpster_fire/house_fire/apartment_fire
        4 fire alarm/alarms/investigation/police
        2 火灾/fire
        4 fire:
        4 burn_victim
        4 烟感/火警/火灾报警 .. 响/报警
        5 烧了/烧着/烧着了 & 厨房/仓库/屋/家/店/车/火
        6 蹿出来/窜出来/噼里啪啦/火舌/起了火/着了/锅烧干/锅烧糊/灶没关/短路冒 & 火/烟/烧/厨房/焦/锅/冒
        6 砰/嘭/一声巨响/爆炸 & 烟/灰/火/玻璃碎/冒/震
    """,
        joint=False,
        physical=True,
    ),
    Matter(
        "ebike_battery_smoking",
        _F,
        P1,
        """
        8 {ebike} .. 冒烟/冒白烟/冒黑烟/起火/着火/自燃/鼓起来/滋滋/炸/爆/烧起来/烧着/发烫
    """,
        physical=True,
    ),
    Matter(
        "wildfire",
        _F,
        P1,
        """
        8 山/后山/山上/林/草/田/坟/竹林/秸秆/芦苇/森林/树林/草丛 着火/起火/明火/过火/冒烟/烧起来/火光
        7 山火/火烧山/森林火灾/过火面积
        7 woods/field_fire/brush_fire/forest_fire/grass_fire
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "gas_leak",
        _F,
        P1,
        """
        8 {gas} .. 味/味道/漏/泄漏/泄露/嘶嘶/臭/气味/跑气/挖破/挖断/漏气/没关/喷
        8 闻到/一股/好大/很浓 .. 煤气味/燃气味/煤气/燃气/天然气/瓦斯
        7 管/管子/管道/阀门 .. 嘶嘶/漏气/喷气/断了 & 气/挖/味 & !水表
        8 gas-odor/leak & gas-odor
        8 gas leak/smell/odor/odour/leaking
        6 smell/smells/smelling .. gas
        8 臭鸡蛋/臭鸡蛋味/臭蛋味
        8 煤气报警器/燃气报警器/可燃气体报警 & 响/叫/报
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "hazmat",
        _F,
        P1,
        """
        8 槽罐/罐车/化学品/危化/氨气/氯气/硫酸/盐酸/液氯/液氨/油罐 .. 漏/泄/滴/冒/味/翻/洒/刺鼻/倒
        6 hazardous_materials/chemical_spill/hazmat/ammonia_leak/chlorine
        5 刺鼻 & 流眼泪/白气/咳/呛/头晕/喉咙 & !油烟/河/垃圾
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "trapped_limb",
        _F,
        P1,
        """
        8 手/脚/头/手指/胳膊/腿/戒指/身子 卡住/夹住/拔不出/拿不出来/卡在/卡进/绞进/取不下来
        8 戒指/手铐/铁环/钢管/瓶子 & 手指/手/肿/头 & 拔不下/取不下/拿不下/卡
        7 拔不下来/取不下来/拿不下来 & 手指/戒指/手/头/脚
        8 传送带/机器/搅拌机/绞肉机/和面机/齿轮/电扇/自动扶梯/扶梯/门/铁门 .. 绞住/绞进/绞了/卷进/卷住/夹住/夹到/轧住/压住/咬住
        8 手/脚/腿/头发/胳膊/衣服 .. 绞/卷进/绞住/绞进 & 机/传送/扶梯/齿轮
    """,
        physical=True,
    ),
    Matter(
        "trapped_elevator",
        _F,
        P1,
        """
        8 电梯 .. 困住/被困/关在/卡在/卡住/出不来/停在半/门开不了 & 人/我/里面/老人/孩子/们/娃
        7 rescue_-_elevator
        7 stuck_in/trapped_in elevator/lift
        6 elevator/lift .. stuck/trapped
    """,
        physical=True,
    ),
    Matter(
        "trapped_person",
        _F,
        P1,
        """
        7 被困/困住/困在/出不来/压在下面/埋在/压住/掉进/掉到/掉下/卡在 .. 井/坑/洞/河/沟/山/废墟/楼顶/屋顶/阳台/下水道/冷库/机器/车里/窨井
        6 rescue_-_general/rescue_-_technical/person_trapped/trapped_in/trapped_inside
        5 塌方/坍塌/倒塌/塌了/墙倒 & 人/埋/压/困/工人
        8 叉车/吊车/货物/墙/架子/石头/树/拖拉机/挖机 .. 压住/压着/砸中/砸到/埋住/压到 .. 人/工人/腿/脚
        8 脚踩空/踩空/滑下去/摔下去/跌下去 & 山/崖/坡/井/坑/沟/石头
    """,
        physical=True,
    ),
    Matter(
        "bees_snakes",
        _F,
        P3,
        """
        5 马蜂/马蜂窝/蜂窝/黄蜂/蛇/蟒/野猪/猴子 & 家/楼/窗/院/树/进/窜/咬/蜇/校/门
        5 一条蛇/有蛇/毒蛇/眼镜蛇/蜂/马蜂 & 院/家/厨房/楼道/树/窗/幼儿园/阳台/草丛
        4 snake/hornet/wasp
    """,
    ),
    Matter(
        "child_locked_in_car",
        _H,
        P1,
        """
        9 车里/车内/车厢/汽车里/轿车里 .. 锁着/锁了/反锁/被锁/关着/锁在 .. {child} & !电梯/电瓶车钥匙
        9 {child} .. 锁在/反锁/关在/困在/被锁 .. 车里/车内/车上/汽车里
        8 child/baby/infant/toddler .. locked .. car/vehicle
    """,
        physical=True,
    ),
    Matter(
        "child_locked_in",
        _H,
        P1,
        """
        8 {child} .. 反锁/锁在/关在/锁里面/一个人在屋里/爬窗台/爬上窗/爬阳台/窗台上
        8 门 反锁/锁上/锁住/锁了/被锁/从里面反锁 & 里面/娃/宝/煤气/火/灶/炉/汤 & {child}/灶上/炉/煤气开 & !老公/砸/打
        8 {child} .. 坐在/爬到/站在/趴在 .. 空调外机/窗台/窗外/阳台栏杆/护栏外
        8 空调外机/窗台/阳台外 & {child} & 坐/爬/站/抱着
    """,
        physical=True,
    ),
    Matter(
        "missing_child",
        _H,
        P1,
        """
        8 {child} .. 走丢/走失/失踪/没回来/没到家/没回家/没接到/走散/跑丢/失联/离家出走/不知去向
        8 {child} 不见了/不见/找不到了/找不到人/人没了/找不着
        8 走丢/走失/没接到/跑丢/走散 .. {child}
        8 missing child/boy/girl/kid/student
        8 {child} is_missing/went_missing/has_not_come_home/got_lost
        8 {child} .. 找不到/找不着/没影/没出来 & 放学/超市/商场/公园/菜市场/人多/幼儿园/小区
        7 {minor} .. 网友/离家/跑出去/出走/几天没回家/没回家/手机关机 & 走/跟/关机/条/网吧/哪
        7 留了张纸条/留了封信 & {minor}
    """,
        lasting=True,
        physical=True,
    ),
    Matter(
        "missing_elder",
        _H,
        P1,
        """
        8 {elder}/老年痴呆/阿尔茨海默/痴呆/老伴/失智/记性不好 .. 走丢/走失/失踪/没回来/没回家/人没了/走散/找不到人/找不着人/不知去向/失联 & !手环/送回/情况稳定
        8 {elder}/老伴 不见了/不见/找不到了/人不见 & !身份证/手机/钥匙/钱包/存折/医保卡
        7 missing elderly/grandmother/grandfather/old
        8 {elder} is_missing/went_missing/has_not_come_home/got_lost/wandered_off
        8 {elder}/老伴 .. 出去/出门/散步/买菜 .. 没回/不回来/找不到/联系不上
        7 家在哪/住哪/叫什么 .. 说不清/不记得/想不起/答不上/讲不清 & {elder}/老/腕带
        7 {elder} .. 迷路/找不到家/找不到回家/不认得回家/回不了家/认不得路/不认得家/不认得路/不记得家
    """,
        lasting=True,
        physical=True,
    ),
    Matter(
        "missing_person",
        _H,
        P2,
        """
        6 失踪/失联/联系不上/离家出走/几天没消息/找不到人/missing_person & 人/朋友/弟弟/哥哥/姐/妹/同事/室友/儿子/老婆/老公/工友 & !包工头/骗/中介/老板/妈妈联系/房东
    """,
        lasting=True,
        physical=True,
    ),
    Matter(
        "self_harm",
        _H,
        P1,
        """
        9 自杀/轻生/寻短见/不想活/活着没意思/想死/割腕/喝农药/吞安眠药/吃了一瓶/烧炭/遗书/suicide/suicidal/kill_myself/kill_himself/kill_herself/self-harm/self_harm & !没有想不开
        9 跳楼/跳河/跳桥/跳江/跳海/站在楼顶/坐在楼顶/坐在天台/天台边/站在桥/翻过栏杆/桥栏杆外/要跳/想不开/jump_off/jumping_off & !价/小孩子就往下跳
        6 别找我/对不起爸妈/下辈子/照顾好自己/再见了/解脱
        8 栏杆外/翻到栏杆/翻过护栏/坐在桥/坐在楼顶/坐在窗台/站在窗台/爬上塔吊/爬塔吊/楼顶边
        8 活够了/活不下去/撑不下去/不想活了/了断/结束自己/后事/一走了之/活着太累/没有活下去/遗言/药都准备好
        8 交代后事/银行卡密码告诉/托付给你/去陪他/去陪她/睡过去就/东西都送人/买了炭/鞋子放在/放在栏杆
        6 桥上/楼顶/天台/河边/窗台 & 哭/徘徊/来回走/不对劲/喝酒/鞋/一个人坐/劝
    """,
        lasting=True,
        physical=True,
    ),
    Matter(
        "drowning",
        _H,
        P1,
        """
        9 落水/溺水/掉河里/掉进河/掉水里/掉进水/掉进海/沉下去/淹了/淹着/在水里扑腾/掉江里/被水冲/drowning/rescue_-_water/in_the_water/fell_into_the_river & !前年/去年/栏杆
        9 车/轿车/面包车 掉进/掉到/冲进/冲到/开进/翻到 河/江/水/塘/沟
        9 有人/小孩/老人/人 .. 掉下河/掉下水/跳下河/沉下去/被浪卷/被水冲走
    """,
        physical=True,
    ),
    Matter(
        "medical_emergency",
        _H,
        P1,
        """
        8 叫不醒/昏迷/昏倒/晕倒/倒地不起/没呼吸/没有呼吸/没意识/心梗/心脏病发/心脏骤停/抽搐/抽筋吐沫/口吐白沫/中风/脑梗/大出血/休克/喘不上气/窒息/噎住/呛住/中暑/热射病/抽风/呼吸困难/胸口疼/胸痛/羊水/要生了/难产/猝死/倒在地上
        7 cardiac/respiratory/unconscious/unresponsive/syncopal/seizure/stroke/cva/stroke/hemorrhaging/overdose/choking/diabetic_emergency/heart_attack/not_breathing/allergic_reaction/electrocution/amputation/drowning/heat_exhaustion/passed_out/collapsed/chest_pain
        4 ems:
        5 head_injury/altered_mental_status/medical_emergency/maternity/medical_alert_alarm/labor_pains/labour_pains
        5 救护车/120/急救 .. 叫/打不通/占线/快来/帮忙 & !进不来/堵
        5 摔/摔倒/跌倒/摔了 & {elder} & 动不了/起不来/骨折/血/头
        3 晕/头晕/不舒服/站不稳 & {elder}/倒/脸色/出冷汗
        7 倒在/倒地/栽倒/瘫倒/晕过去/昏过去/叫她没反应/叫他没反应/嘴唇发紫/脸色发青/呼吸很弱
        6 having_a heart_attack/stroke/seizure
        6 ambulance
        8 噎着/噎到/噎住/呛着/呛到/卡喉咙/鱼刺卡/异物卡 & 说不出话/紫/喘/咳/脸/喉/呼吸
        8 脸都紫/脸发紫/脸发青/没脉搏/翻白眼/摸不到脉/神志不清/叫不应/身体冰凉/嘴歪/说话含糊/手抬不起来/半边身子/大汗淋漓/胸口像压/见红/胎动/脐带/喉咙肿/哮喘/吐血/便血
        7 血流/流血/出血 .. 很多/止不住/一地/不停/好大一滩
        7 雷击/蛇咬/毒蛇咬/药吃多/吃过量/药物过量
    """,
        physical=True,
    ),
    Matter(
        "medical_help",
        _H,
        P2,
        """
        6 subject_in_pain/fall_victim/abdominal_pains/nausea/vomiting/dizziness/back_pains/fracture/lacerations/fever/general_weakness/dehydration/eye_injury
        4 发烧/肚子疼/扭伤/崴脚/流鼻血/低血糖 & 送医院/救护车/120/帮忙/老人/一个人
        6 烫伤/开水烫/烧伤/烫到/割伤/扎破/鱼刺/崴脚/骨头断/摔断 & {child}/{elder}/我/人/流血/医院 & !医药费/赔/责任/协商/认定
        5 hurt/fell/twisted .. ankle/leg/arm/hip
    """,
        physical=True,
    ),
    Matter(
        "co_poisoning",
        _H,
        P1,
        """
        9 一氧化碳/煤气中毒/carbon_monoxide
        9 热水器/炭火/煤炉/烧炭/取暖/火盆/炭盆/洗澡/煤气 & 头晕/晕/恶心/叫不醒/腿软/脸红/想吐/叫也叫不 & !上课
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "poisoning",
        _H,
        P1,
        """
        9 老鼠药/农药/洗洁精/消毒液/纽扣电池/磁力珠/药片/安眠药/清洁剂/毒蘑菇/酒精/百草枯/干燥剂/杀虫剂 .. 吃/吞/喝/误食/误服/咽
        9 吃/吃了/吞/喝/误食/误服/吞了 .. 老鼠药/农药/洗洁精/消毒液/纽扣电池/磁力珠/药片/一瓶药/清洁剂/毒蘑菇/百草枯/干燥剂
        7 食物中毒/中毒/上吐下泻/poisoning/poisoned & !似的/电脑/病毒
    """,
        physical=True,
    ),
    Matter(
        "live_wire_down",
        _H,
        P1,
        """
        9 电线/高压线/电缆 断/掉/垂下/落/漏电/冒火花/火花/触电/带电 & !网线/不是电线/光纤
        8 漏电/触电/被电到/被电了/被电击/电死了/电麻/electrocuted/downed_wire/power_line_down/wires_down & !误
        7 电线杆/变压器/配电箱 .. 倒/歪/爆/冒火/火花/炸/裸露/开着
        8 漏电/电了一下/麻了/麻手/被电 & 洗衣机/热水器/水/卫生间/冰箱/插座/灯杆/路灯杆/栏杆/铁门
        8 {child}/人/钓鱼/鱼竿/风筝/吊车/树枝 .. 高压线/电线/变压器 .. 钩/碰/挂/缠/压
        8 钩到/挂到/缠到/碰到/压到 高压线/电线
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "flood_evacuation",
        _H,
        P1,
        """
        8 进水/水位/涨水/洪水/水漫/淹/内涝/积水/倒灌/flood/flooding/flooded .. 转移/困/孕妇/老人/出不去/无法通行/走不了/腰/膝盖/二楼/上涨/上升/trapped/stranded
        6 一楼/屋里/家里/厂房/地下室/车库 .. 进水/淹了/水漫 & 雨/台风/涨/河/升/倒灌
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "utility_danger",
        _H,
        P1,
        """
        6 爆管/水管爆/喷水/路面塌/塌陷/地陷/天坑/沉降 & 路/人/车/水/深/坑/井
        6 要倒/要塌/快倒/快塌/摇摇欲坠 & 人/风/台风/路/下面/车
        6 广告牌/脚手架/围墙/大树 .. 倒下来/砸下来/快掉/吹倒/要掉
        6 水管/自来水管/供水管 .. 爆/喷/冲/涌 & 路/马路/街/淹/车
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "locked_out",
        _H,
        P4,
        """
        4 忘带钥匙/钥匙忘/锁外面/进不了门/开锁/门锁坏/locked_out & !{child}/炉/煤气/灶
    """,
    ),
    Matter(
        "stranded",
        _H,
        P2,
        """
        6 迷路/登山/爬山/山上/驴友/滩涂/礁石/海滩/孤岛/涨潮 .. 下不来/找不到路/困/走不出/腿/没电/迷路/出不来/淹
        5 渔船/船/快艇 .. 失去动力/搁浅/进水/漂/翻/没油/联系不上
        5 stranded/lost_hiker
        6 船/渔船/快艇/游艇/小船 .. 坏/发动机/熄火/漂/没动力/浪/失控/进水/搁浅
        6 外海/海上/礁石/浪 & 船/困/人/漂
    """,
        physical=True,
    ),
    Matter(
        "person_in_distress",
        _H,
        P2,
        """
        5 独居/一个人住/好几天/几天 .. 没见/没出门/没人应/敲门/不开门/电话不接/没动静 & {elder}/老人/她/他/邻居
        5 welfare_check
        6 {elder}/独居/一个人住/空巢/阿姨/大叔/租客/室友 .. 没见出门/没出门/没见到/没见人/没人应/敲门不开/没动静/不接电话/电话不接/有异味
        5 三天/几天/两天/一个星期 没见/没出门/没看到 & 敲门/电话/没人应/报纸/牛奶
    """,
        physical=True,
    ),
)
