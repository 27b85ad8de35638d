"""Tip-offs, complaints about police, petitions, mass incidents, praise, nuisance."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_T = Category.TIP_OFF
P1, P2, P3, P4 = Urgency

TIP_OFFS = (
    Matter(
        "suspicious_behaviour",
        _T,
        P3,
        """
        6 拉车门/试门把手/撬锁/踩点/门上做记号/门口做标记/鬼鬼祟祟/形迹可疑/偷偷摸摸
        4 可疑 & 人/男的/车/包/小区/楼道
        4 suspicious person/man/car/people
        7 学校门口/校门口/幼儿园门口/小区 .. 发糖/问小孩/转了/搭讪孩子/跟着孩子/拍孩子/徘徊 & 男/人/陌生/车
        7 发糖/给糖/搭讪 & 小孩/孩子/学生
    """,
        unsafe=True,
    ),
    Matter(
        "drugs",
        _T,
        P2,
        """
        8 贩毒/卖毒/毒品/上头电子烟/烟弹/k粉/冰毒/交货/依托咪酯/笑气/种大麻/罂粟/聪明药/drugs/drug_dealing
        5 卖 & 电子烟 & 上头/傻笑/站不住/抽一口
        9 电子烟 & 上头/神志/晕/傻
        6 上头 .. 电子烟/烟弹/烟油
        8 高压锅/煮/熬/提炼 & 味道怪/怪味/刺鼻/窗户糊/排风扇/整夜 & 出租屋/房/租客/屋里
    """,
        unsafe=True,
    ),
    Matter(
        "illegal_gas_filling",
        _T,
        P2,
        """
        9 大罐倒小罐/倒罐/充气点/黑气点/非法灌装/黑煤气/黑气/私自充装
        7 煤气罐/煤气瓶/液化气 & 半夜/面包车/小院子/拉/倒 & 大罐/小罐/院子/面包车/黑/没证
        10 大罐 .. 小罐/倒/灌
        9 灌煤气/灌液化气/倒煤气/充煤气 & 半夜/私/院/巷/偷/无证
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "pyramid_selling",
        _T,
        P2,
        """
        9 传销/拉人头/拉人有提成/直销/上课洗脑/喊口号/睡地铺/交三千九/下线
        6 拉人/发展下线 & 提成/产品/上课/交
        6 非法集资/养老公寓集资/庞氏/高息揽储
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "unlicensed_clinic",
        _T,
        P3,
        """
        8 黑诊所/无证行医/瘦脸针/溶脂针/玻尿酸/打针/水光针/水光/没有行医/假医生/美容针/肉毒/非法行医 & 没证/家里/朋友圈/无证/没有/假/居民楼/接单/肿/冰箱/出租房/美容/工作室
        7 黑诊所/无证行医/非法行医
    """,
        unsafe=True,
    ),
    Matter(
        "food_adulteration",
        _T,
        P3,
        """
        8 过期肉/换日期/改日期/换过日期/袋子换/鸭肉/泡的/假羊肉/病死猪/工业盐/添加剂/地沟油/注水/换标/冻肉过期/僵尸肉/甲醛泡/毒豆芽/死猪肉 & !网购/直播
        5 我在 后厨/厨房/厂里/车间 & 过期/换/日期/假
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "paid_tutoring",
        _T,
        P3,
        """
        8 在职老师/有偿补课/违规补课/补课班/老师补课/办班/托管班 & 补课/收/一学期/现金/写字楼/家里/无证/学生
    """,
        unsafe=True,
    ),
    Matter(
        "suspicious_equipment",
        _T,
        P2,
        """
        9 自己在拨号/几十部手机/几十台手机/手机架/两排架子/猫池/设备/电费异常/伪基站/信号屏蔽/群发器 & 手机/线/拨/锡纸/插/退租/窗/出租/亮/嗡
    """,
        unsafe=True,
    ),
    Matter(
        "unsafe_production",
        _T,
        P2,
        """
        7 举报/反映/有家/有个 .. 作坊/小厂/仓库/化工/烟花/油漆/酒精/汽油/柴油/黑加油 & 私自/无证/偷偷/存/半夜/囤/黑/没有资质/流动加油
        7 黑加油/流动加油车/私藏烟花/私存汽油
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "illegal_fishing",
        _T,
        P3,
        """
        7 电鱼/毒鱼/炸鱼/禁渔期/地笼/盗采/挖沙/采砂/盗挖/滥伐/偷砍
    """,
        unsafe=True,
    ),
    Matter(
        "corruption",
        _T,
        P3,
        """
        7 贪污/受贿/行贿/吃回扣/以权谋私/公款吃喝/村干部贪/吃拿卡要
    """,
        unsafe=True,
    ),
    Matter(
        "child_labour",
        _T,
        P2,
        """
        8 童工/雇未成年/未成年工/暑假工 & 厂/店/上夜班/干活/<minor_age>/<child_age>
        8 雇/招/用/让 .. 初中生/未成年/童工/小孩/学生 & 干/上班/夜/打工/店/厂
        7 初中生/未成年/<minor_age>/<child_age> .. 打工/上班/干活/上夜班/干到
    """,
        unsafe=True,
    ),
    Matter(
        "illegal_business",
        _T,
        P3,
        """
        6 无证/没证/没有执照/黑作坊/假烟/假酒/走私/冒牌/山寨/贴牌/侵权/偷税/无照/非法经营/三无 & 卖/开/店/厂/经营/举报/加工/窝点/生产/查
        4 举报 & !打击报复
    """,
        unsafe=True,
    ),
    Matter(
        "anonymous_tip",
        _T,
        P3,
        """
        3 {secret}
    """,
        unsafe=True,
    ),
)

OTHERS = (
    Matter(
        "inaction",
        Category.COMPLAINT_ON_POLICE,
        P2,
        """
        8 {police} .. 不作为/不出警/不立案/不管/推诿/没有笔录/没做笔录/不处理/没来/等了/和稀泥/不受理/拖着/不给回执/置之不理 & 反映/投诉/三次/报警/报案/要求/派出所/换/怎么办/多次
        6 投诉/反映 .. {police}
        6 报警/报了警/报案/打110 .. 没人来/一直没来/不来/不管/不处理/不立案
    """,
        joint=True,
        unsafe=True,
    ),
    Matter(
        "attitude",
        Category.COMPLAINT_ON_POLICE,
        P3,
        """
        8 {police} .. 态度/骂/凶/没文化/推我/吼/侮辱/打人/拍我/不文明/爆粗/讽刺/摔/不出示/说脏话 & 投诉/我/反映/讲/执法/当着
        7 交警/民警/辅警 .. 骂我/吼我/推我/骂人/推搡
    """,
        unsafe=True,
    ),
    Matter(
        "procedure",
        Category.COMPLAINT_ON_POLICE,
        P3,
        """
        7 罚单/处罚决定/罚款/扣车/扣分/执法 .. 不服/乱罚/没告知/没证件/不合理/错了/申诉/复议/程序 & !{boss}/商家
    """,
    ),
    Matter(
        "gathering",
        Category.COLLECTIVE_PETITION,
        P2,
        """
        8 横幅/静坐/围堵/堵大门/聚集 & 管委会/政府/大厅/市政府/信访局/教育局/售楼部/售楼处/<crowd> & !广场舞
        6 集体上访/请愿/联名信/集体 & <crowd> & 现在/明天/今天/准备/正在/商量/政府门口
        7 <crowd> .. 管委会/政府门口/信访局/教育局/大厅/市政府 .. 坐/堵/站/围/情绪/拉
        4 集体上访/递联名信
    """,
        joint=True,
    ),
    Matter(
        "market_relocation",
        Category.COLLECTIVE_PETITION,
        P2,
        """
        10 菜场/市场/摊位/商户 .. 拆/搬迁/摊位费/搬/翻一番/改造/关停 & 管委会/坐/横幅/<crowd>/集体/大厅/拍板/政府
    """,
        joint=True,
    ),
    Matter(
        "school_zone",
        Category.COLLECTIVE_PETITION,
        P3,
        """
        10 学区/划片/分校/学校调整 & 联名/代表/教育局/家长 & <crowd>/联名信/递/集体/商量好
    """,
        joint=True,
    ),
    Matter(
        "wage_group",
        Category.COLLECTIVE_PETITION,
        P2,
        """
        10 {wage} & <crowd>/农民工/工友/横幅 & 堵/聚/坐/拉/爬塔吊/围/政府/项目部门口/讨薪
    """,
        joint=True,
    ),
    Matter(
        "crowd_conflict",
        Category.MASS_INCIDENT,
        P1,
        """
        8 几十/上百/几百/一百多/<crowd> .. 打砸/冲击/械斗/堵路/堵桥/围攻/冲突/对峙/持械/烧车/推搡/封路/堵国道/堵高速
        6 riot/mob
    """,
        joint=True,
        physical=True,
    ),
    Matter(
        "praise",
        Category.OTHER,
        P4,
        """
        8 表扬/感谢/锦旗/点赞你们/点个赞/谢谢你们/表示感谢/帮我谢谢/praise & !追回/领/要求/点赞任务/配合
    """,
    ),
    Matter(
        "suggestion",
        Category.OTHER,
        P4,
        """
        3 建议/希望能/能不能考虑/提个意见/提个建议
    """,
    ),
    Matter(
        "misdirected",
        Category.OTHER,
        P4,
        """
        6 打错了/打错/发错/按错/误拨/误触/孩子乱按/wrong_number & !有没有/没有啊/吧/会不会
        6 回来吃饭/晚上带/带块豆腐/买菜回来/几点下班/带瓶酱油/晚饭/老婆晚上带 & !打/不见/没回来/失踪/中毒/还没
        4 test_call/测试一下
    """,
    ),
    Matter(
        "nuisance_call",
        Category.NUISANCE,
        P4,
        """
        6 无聊/陪我聊/聊聊天/唱首歌/骂你们/孤独 & 110/你们/接线 & !不想活/想死
    """,
    ),
)

MATTERS = TIP_OFFS + OTHERS
