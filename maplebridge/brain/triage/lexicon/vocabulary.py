"""Named word sets that cues may use as ``{name}``."""

from __future__ import annotations

VOCABULARY: dict[str, str] = {
    "child": "小孩/孩子/小朋友/娃/宝宝/婴儿/儿子/女儿/孙子/孙女/外孙/小学生/女孩/男孩/小姑娘/小男孩/幼儿/"
    "小宝/婴幼儿/child/kid/baby/toddler/infant/daughter/son/boy/girl/<child_age>",
    "minor": "{child}/学生/初中/高中/中学生/职高/未成年/未成年人/<minor_age>",
    "elder": "老人/老人家/老太太/老太/老爷爷/老奶奶/老伯/老头/大爷/大妈/阿婆/阿公/奶奶/爷爷/外婆/外公/阿妈/阿爸/我妈/我爸/"
    "老年人/elderly/grandmother/grandfather/grandma/grandpa/old_man/old_woman/my_mother/my_father/<elder_age>",
    "woman_near": "老婆/妻子/我媳妇/我老婆",
    "man_near": "老公/丈夫/男人/我男的/孩子爸/孩子他爸/他爸/husband/boyfriend",
    "spouse": "老公/丈夫/老婆/妻子/前夫/前妻/孩子爸/我男人/husband/wife/boyfriend/男朋友/女婿/公公/婆婆/partner",
    "ex": "前男友/前女友/前夫/前妻/以前谈的/分手/ex-boyfriend/ex-husband/前任",
    "beat": "打/打我/打人/打他/打她/殴打/动手/拳打/踢我/扇/耳光/掐/家暴/揪/拽/砸我/揍",
    "gas": "煤气/燃气/天然气/液化气/瓦斯/煤气瓶/煤气罐/液化气瓶/钢瓶/气瓶/gas",
    "fire": "着火/起火/失火/火灾/冒烟/浓烟/明火/火光/烧起来/燃起来/烧着/自燃/火苗/过火/on fire/flames/burning/smoke",
    "ebike": "电瓶车/电动车/电动自行车/电摩/电驴/电瓶/锂电池/电池/e-bike/ebike",
    "car": "车/汽车/轿车/货车/大货车/面包车/出租车/公交车/公交/大车/小车/卡车/摩托/摩托车/三轮/三轮车/suv/电瓶车/电动车/"
    "骑手/外卖员/快递员/自行车/平衡车/渣土车/工程车/car/truck/vehicle/bus/motorbike",
    "weapon": "刀/菜刀/砍刀/匕首/水果刀/西瓜刀/拿刀/持刀/棍子/铁棍/棍棒/钢管/橡胶棍/球棒/棒球棍/酒瓶/扳手/方向盘锁/斧头/斧子/"
    "锄头/铁锹/榔头/铁锤/砖头/枪/弩/knife/gun/machete/weapon",
    "bleed": "出血/流血/嘴角出血/头破/血流/满脸是血/一地血/全是血/bleeding",
    "hurt": "受伤/腿疼/胳膊/骨折/擦破/流血/出血/摔伤/撞伤/疼/动不了/抬不起来/起不来/站不起来/爬不起来/救护车/injured/injury/injuries/hurt/"
    "被压/压在/头晕/吐了/昏/蹭破/破皮/扭伤",
    "neighbor": "楼上/楼下/隔壁/邻居/对门/对面那家/邻里/neighbour/neighbor",
    "landlord": "房东/二房东/中介/租客/租户/承租/出租房/landlord/tenant",
    "rent": "租金/押金/房租/租约/租房/退租/转租/租赁/租店面/续租/合租/租的房/rent/deposit/lease",
    "boss": "老板/老板娘/公司/厂里/工厂/单位/包工头/工头/项目部/承包商/劳务公司/厂长/组长/人事/employer/boss",
    "wage": "工资/薪水/工钱/血汗钱/工程款/加班费/提成/薪资/wage/salary/wages",
    "police": "警察/民警/交警/派出所/辅警/公安/出警/接警/officer/police",
    "shop": "店/店家/商家/超市/商场/饭店/餐馆/店里/卖家/老板/平台/主播/直播间/网店/理发店/健身房/影楼/4s店/shop/store/seller",
    "school": "学校/小学/初中/高中/幼儿园/老师/校门/班级/校方/教育局/班主任/校长/school/teacher",
    "hospital": "医院/医生/护士/卫生院/诊所/手术/hospital/doctor/clinic",
    "manager": "物业/物管/业委会/业主委员会/物业公司/property management",
    "road": "路/路口/马路/车道/机动车道/大桥/高架/公路/街/隧道/桥/road/street/highway/bridge",
    "block": "堵/堵住/堵死/占/占用/占着/占道/挡/挡住/塞满/堆满/封/锁",
    "ask": "怎么办/怎么弄/要什么手续/需要什么材料/要带什么/带什么/哪里办/在哪办/哪办/能不能办/可以办/怎么申请/怎么开/开证明/"
    "到哪里开/去哪里/哪个窗口/要不要本人/多少天/几天能/要多久/如何办理/怎么办理/想问/问一下/问问/咨询/请问/想了解/能不能/"
    "可以吗/行不行/条件/流程/要预约/手续/what documents/how do i/how can i/where do i/where can i",
    "missing": "不见了/走丢/走失/失踪/找不到人/找不着人/人不见/人没了/没回来/没到家/没回家/失联/联系不上/走散/跑丢/不知去向/missing/"
    "没接到/找不到了",
    "now": "现在/正在/马上/快来/快点/赶紧/救命/救救/help/快/刚才/<just_now>/今晚/还在/right now/hurry/in progress",
    "transfer": "转/转账/转过去/转出/汇/打款/打钱/付/付款/垫/投/投了/交/充/充值/保证金/存了/验证码/支付密码/扫码/安全账户/账户/"
    "transfer/transferred/wired",
    "stink": "臭/恶臭/臭味/异味/刺鼻/气味/熏/臭气/难闻/smell/stink",
    "noise": "噪音/吵/噪声/响/声音/轰鸣/嗡嗡/扰民/睡不着/无法入睡/震动/低音炮/noise/noisy/loud",
    "secret": "别说是我/莫说是我/别讲是我/不要说是我/别说我/别查我/匿名/勿提/保密/不敢说名字/不想讲名字/别暴露/请保密/怕报复/"
    "怕被报复/不要透露/别透露/谢绝回访/别让他知道/anonymous/don't say it was me",
}
