"""Public-order matters."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.PUBLIC_ORDER
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "fighting",
        _C,
        P2,
        """
        5 打架/打起来/打人/打群架/斗殴/殴打/互殴/约架/围殴/拳打脚踢/厮打/扭打/动起手/fight/fighting/assault/brawl & !{spouse}
        4 打/打了/打我/被打/扇/耳光/揍/推倒/动手/打成 & 流血/出血/受伤/老板/同事/客人/司机/保安/邻居/男的/他们/几个人/喝了酒/醉 & !{spouse}/电话
        5 {weapon} .. 对峙/下来/冲/追/抄/拿着/挥/要打
        5 拿着/抄/抄起/手里拿/举着/提着 {weapon} & !{spouse}
        4 拉不住/拉开/隔开/劝不住 & 打/打架/打起来/动手
        3 {weapon} & 打/吵/冲突/两个/几个/别/斗气
        6 knife/machete & chasing/attack/threaten/swinging/waving
        5 punched/kicked/hit_me/attacked/beaten_up
        6 {weapon} .. 追人/砍人/追着/乱挥/挥舞
        6 按在地上/围着打/围住打/用脚踹/抡/操起/见血了/砸破头/被打破头/掐住脖子 & !{spouse}
        5 推搡/推推搡搡/扭在一起/撕扯/动了手
    """,
        physical=True,
    ),
    Matter(
        "property_damage",
        _C,
        P3,
        """
        5 砸玻璃/砸车/砸店/砸门/划车/划了/被划/扎胎/扎了轮胎/扎破/泼油漆/泼漆/泼粪/喷漆/塞胶水/堵锁眼/vandalism/smashed & !{spouse}/家里
        4 砸/砸了/毁坏/损坏/破坏/推倒 .. 玻璃/车/店/摄像头/监控/招牌/围墙/门 & 故意/报复/有人/半夜/醉/仇
        5 车玻璃/车窗/玻璃/门/摄像头/广告牌/轮胎 被/被人/给人 .. 砸/划/扎/踢/敲/毁
        5 故意 砸/划/扎/毁/破坏/剪
        4 vandal/vandals/vandalised/vandalized/scratched_my_car
        5 砸了/摔了/掀了/踢翻/打碎 .. 店/镜子/柜台/玻璃/桌子/货架/招牌/电脑 & 客人/顾客/人/骂/还在/闹/不走
    """,
    ),
    Matter(
        "gambling",
        _C,
        P3,
        """
        5 赌博/聚赌/赌场/牌九/开赌/赌钱/推牌/老虎机/捕鱼机/赌球/网赌/炸金花/gambling
        4 棋牌室/麻将 .. 输赢/几万/抽头/赌/抽水/打得大/每把
    """,
        unsafe=True,
    ),
    Matter(
        "prostitution",
        _C,
        P3,
        """
        5 卖淫/嫖娼/嫖/招嫖/色情/小卡片/特殊服务/站街/失足/楼凤/prostitution
        4 按摩店/足浴/会所/发廊 .. 特殊/全套/不正规/粉灯/拉客/色情
    """,
        unsafe=True,
    ),
    Matter(
        "drug_use",
        _C,
        P2,
        """
        5 吸毒/冰毒/吸食/溜冰/k粉/大麻/海洛因/overdose_drug
    """,
        unsafe=True,
    ),
    Matter(
        "domestic_violence",
        _C,
        P2,
        """
        7 家暴/家庭暴力/domestic_violence/domestic_abuse
        6 {spouse} .. 打我/打了我/又打/打她/打孩子/掐/动手/砸门/踢我/扇/揪/拿刀/砸东西/打老婆/打得/推我/打/beat/hit/beating & !电话
        6 被 {spouse} .. 打
        5 把我/把她/他把 .. 反锁/锁在/关在 & {spouse}/他/砸/打
        9 掐 & 脖子/喘不上/印子 & {spouse}/他
        5 他会看我手机/躲在厕所/躲在卫生间/我在卫生间/躲在柜/躲在房间 & 他/砸/打/打我/门
        5 {neighbor} .. 女的/女人/老婆/孩子 .. 惨叫/哭喊/喊救命/求饶/尖叫/被打/一直在叫
        5 爸/爸爸/我爸/继父/后爸 .. 打我妈/打妈妈/打我/打死
        4 儿子/媳妇/女婿 .. 打/推 .. 我/老人/老妈/婆婆 & !电话/工
        8 husband/boyfriend/partner .. hit/hits/hitting/beat/beats/beating/choked/attacked/threw
        6 公公/婆婆/岳父/小叔 .. 打我/动手/拿刀
    """,
        joint=True,
        unsafe=True,
        physical=True,
    ),
    Matter(
        "elder_abuse_suspected",
        _C,
        P2,
        """
        6 护理院/养老院/敬老院/护工/保姆/老年公寓/福利院 .. 淤青/瘀青/打/绑/虐/手指印/捆/掐/喂药/不给饭/饿
        5 虐待/打骂 .. {elder}
        5 {elder} .. 被虐待/淤青/瘀青/锁在家/没人管没饭/关在/不给饭吃
        7 保姆/护工/护理员 .. 烫/扇/骂/饿/推/拽/打/掐 .. {elder}/我妈/我爸/老人/录
    """,
        joint=True,
        unsafe=True,
        physical=True,
    ),
    Matter(
        "child_abuse_suspected",
        _C,
        P1,
        """
        6 {child} .. 淤青/瘀青/烟头烫/烫伤疤/虐待/遍体/浑身是伤/捆起来/跪/皮带抽/衣架打/吊起来/关在外面
        5 幼儿园/老师/保育 .. 扎/打/推/虐/关小黑屋 .. {child}
        5 打孩子/打小孩/虐童/child_abuse
        4 {child} .. 天天哭/惨叫/哭喊 & 打/骂/邻居/隔壁
        5 弃婴/丢弃婴儿/被遗弃
        6 打小孩/打孩子/骂孩子/孩子哭/哭得撕心裂肺 & 皮带/衣架/棍/隔壁/邻居/不是第一次/惨
        6 {child} .. 烫/针扎/捆/绑/不给饭/关在/罚跪 & 爸/妈/后妈/老师/保姆/阿姨
    """,
        joint=True,
        unsafe=True,
        physical=True,
    ),
    Matter(
        "school_bullying",
        _C,
        P2,
        """
        6 霸凌/欺凌/校园暴力/bullying/bullied
        6 宿舍/同学/班里/学校/高年级 .. 烟头烫/学狗叫/扇耳光/脱裤子/打我/围着打/逼/孤立/勒索/收钱/扒衣服/打耳光/拍视频/欺负/排挤
        4 不敢上学/不肯上学/不想去学校 & 打/欺负/同学
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "disturbing_order",
        _C,
        P2,
        """
        5 喝醉/醉酒/发酒疯/耍酒疯/酒鬼/醉汉/喝多了/drunk .. 躺/闹/吐/骂/推/不走/赖/砸/踹门/不肯走/睡/大喊/敲门/拦车/脱
        4 闹事/寻衅/滋事/捣乱/撒泼/拦车/起哄/强行/冲进 & !{manager}
        4 堵门/堵在门口/堵大门/围堵 & 人/要债/医闹/不让
        4 在医院/诊所/急诊 .. 推护士/骂护士/打砸/闹/骂医生/打医生
        4 假警/谎报/恶搞
        3 霸座/不付钱/吃霸王餐/不给车钱/逃单
        5 敲门/踹门/按门铃 & 醉/喝多/酒味/认错门/陌生
        5 车费/饭钱/打车钱/ktv钱 & 不给/不付/赖/跑
    """,
    ),
    Matter(
        "objects_from_height",
        _C,
        P1,
        """
        7 高空抛物/高空坠物/高空扔
        6 楼上/阳台/窗户/号楼/宿舍楼/天台 .. 扔/往下扔/抛/丢下来/砸下来/掉下来 .. 瓶/椅/烟头/垃圾/花盆/东西/砖/菜刀/玻璃/酒瓶
        5 往下扔/从楼上扔/往楼下扔/扔下来/丢下楼
    """,
        physical=True,
    ),
    Matter(
        "dog_injury",
        _C,
        P2,
        """
        6 狗/犬/dog .. 咬/咬了/咬伤/咬到/扑倒/追着咬/抓伤/bit/bite & !没咬到/没咬
        5 被 狗 咬/扑/抓 & !没咬到
        4 animal_bite/dog_bite
        4 大型犬/烈性犬/恶犬/藏獒/斗牛犬/罗威纳 .. 不牵/没牵/没拴/乱跑/扑/没戴/嘴套
    """,
    ),
    Matter(
        "dog_unleashed",
        _C,
        P4,
        """
        4 遛狗 .. 不牵/没牵/不拴/没拴/绳
        4 狗 .. 不牵绳/没牵绳/不拴绳/没拴绳/没绳/乱跑
        3 狗叫/狗一直叫/狗吠
    """,
    ),
    Matter(
        "stalking_harassment",
        _C,
        P2,
        """
        6 跟踪/尾随/跟着我/跟在我后面/stalking/followed_me/following_me & !公车
        5 {ex} .. 门口等/天天等/骚扰/堵/找到/照片/纠缠/发短信/威胁/上门
        5 骚扰/纠缠/骚扰电话/骚扰短信/反复加我/harass/harassing/harassment
        4 总/天天/一直/老是 .. 门口/楼下/窗户 .. 等我/盯/看我/偷看/拍我
        4 偷窥/偷看/门缝/猫眼 & 洗澡/睡/我家/女
    """,
        unsafe=True,
    ),
    Matter(
        "illegal_intrusion",
        _C,
        P2,
        """
        8 坐在我家/住进我家/赖在我家/赖着不走/闯进/闯入/强行进/撬开我家/睡我家/私闯/进我家/trespass/intruder/prowler
        5 讨债/要债/催债/收账/催收 .. 上门/坐/堵/家里/泼/喷/喇叭/不走/睡/门口
        5 欠/高利贷 .. 坐在/坐了/赖/不走 & 家
        6 陌生人/陌生男/不认识的人 .. 家里/屋里/院子/阳台/门口 .. 进来/翻/撬/试密码/开门/不走
        6 in_my_house/in_my_apartment/broke_in
        6 上门/来家/到家里 .. 搬走/拿走/砸/要债/讨债 & 欠/债/钱/还说
        5 赌债/高利贷/网贷 .. 上门/堵门/电话/搬
    """,
        unsafe=True,
    ),
    Matter(
        "threat",
        _C,
        P2,
        """
        5 威胁/恐吓/扬言/放狠话/说要杀/要弄死/弄死我/要砍/要杀/要我好看/等着瞧/让我全家/threaten/threatened/threatens
        5 发短信/打电话/微信 .. 弄死/砍/杀/要你好看/小心点
        6 堵在巷子/围住我/堵住我/拦住我 & 手机/密码/交出/要钱/跑/躲/威胁
    """,
    ),
    Matter(
        "insult_defamation",
        _C,
        P4,
        """
        4 造谣/诽谤/网暴/人肉/辱骂/侮辱/p图/散布谣言/名誉 & !{police}
    """,
    ),
    Matter(
        "fireworks",
        _C,
        P4,
        """
        5 烟花/爆竹/鞭炮/放炮仗/fireworks
    """,
    ),
    Matter(
        "minor_protection",
        _C,
        P2,
        """
        5 ktv/酒吧/网吧/夜店/酒店/旅馆/宾馆/电竞酒店/纹身/烟/酒 .. {minor} & 初中/未成年/小孩/孩子/学生/<minor_age>/<child_age>
        5 {minor} .. 网吧/酒吧/开房/酒店/夜店/纹身/陪酒/旅馆
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "dangerous_goods",
        _C,
        P2,
        """
        5 管制刀具/弓弩/仿真枪/雷管/炸药/手榴弹/炮弹/可疑包裹/可疑物/bomb/explosive
        6 包/箱子/盒子/袋子 .. 线头/滴答/没人拿/无人认领/电线露/可疑/冒烟 & !外卖/快递/电瓶
    """,
        physical=True,
    ),
    Matter(
        "drone",
        _C,
        P3,
        """
        5 无人机/drone & 偷拍/窗/飞/拍/禁飞
    """,
    ),
)
