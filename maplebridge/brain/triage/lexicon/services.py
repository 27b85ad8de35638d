"""Consultations: services a person can ask for, and plain questions."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.CONSULTATION
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "service.id_card",
        _C,
        P4,
        """
        6 身份证/id_card & 补/补办/办/换/丢/找不到/不见/过期/临时/领/挂失/掉了/到期/renew/lost/replace & !扣身份证/扣了身份证/冒充/快递/转账/包被
        4 临时身份证
    """,
    ),
    Matter(
        "service.hukou_birth",
        _C,
        P4,
        """
        7 户口/上户口/报户口/入户口 .. 出生/新生儿/孙子/宝宝/孩子/小孩/报/随父/随母/爸爸/妈妈 & !迁/改名/改姓/上学/跟我姓
        6 出生/新生儿/刚生 & 户口/上户
    """,
    ),
    Matter(
        "service.hukou_move",
        _C,
        P4,
        """
        6 户口 .. 迁/迁入/迁出/投靠/落户/分户/注销/集体户/迁移/转
        5 落户/迁户口/户口迁移/户口本/户口簿/hukou & !离婚协议
        6 销户/注销户口/死亡注销/去世 & 办/带什么/手续/户口/材料
    """,
    ),
    Matter(
        "service.name_change",
        _C,
        P4,
        """
        8 改名/改姓/改成跟/跟我姓/变更姓名/更名/改名字
    """,
    ),
    Matter(
        "service.residence_permit",
        _C,
        P4,
        """
        7 居住证/居住登记/暂住证/签注/新居民 & 办/续/到期/积分/怎么/要/补/过期/登记/搬 & !上学/一年级/入学
        6 residence_permit
    """,
    ),
    Matter(
        "service.foreigner_registration",
        _C,
        P4,
        """
        8 外国人/外籍/老外/意大利/韩国/法国/美国/越南/护照/签证/foreigner/visa/passport & 登记/住/临时住宿/24小时/签证/派出所/居留/registration/register/stay
    """,
    ),
    Matter(
        "service.passport",
        _C,
        P4,
        """
        7 护照/港澳/通行证/出入境/赴台/往来港澳/出国签注/passport & 办/换/过期/补/多久/自助/签注/预约/要/renew/apply & !外籍/外国人
    """,
    ),
    Matter(
        "service.no_crime_cert",
        _C,
        P4,
        """
        8 无犯罪/无犯罪记录/无犯罪证明/犯罪证明/无违法
    """,
    ),
    Matter(
        "service.dog_registration",
        _C,
        P4,
        """
        8 狗证/养犬证/犬证/养犬登记/犬只登记/dog_licence/dog_license
        7 养 & 狗/犬 & 办证/登记/要不要办/上牌/疫苗本/年审
    """,
    ),
    Matter(
        "service.driving_licence",
        _C,
        P4,
        """
        7 驾驶证/驾照/行驶证/车管所/年检/年审/违章/扣分/上牌/电瓶车上牌/过户/驾校/科目/满分学习/六年免检 & 办/换/怎么/过期/查/交/要/考/补/消/处理/预约/体检/罚款 & !狗/拍我
        5 上牌/年检/临牌 & 能否/怎么/哪里/咨询
    """,
    ),
    Matter(
        "service.marriage",
        _C,
        P4,
        """
        7 领证/结婚登记/结婚证/离婚登记/离婚证/婚姻登记/民政局/离婚冷静期/520 & 抢号/预约/哪里/户口/要/办/补/能/材料/跨省/怎么 & !孙子/出生/改
    """,
    ),
    Matter(
        "service.notary",
        _C,
        P4,
        """
        7 公证/委托书/公证处/notary
    """,
    ),
    Matter(
        "service.legal_aid",
        _C,
        P4,
        """
        6 法律援助/找律师/打官司/起诉/法院立案/律师/法律咨询/legal_aid
    """,
    ),
    Matter(
        "service.power_capacity",
        _C,
        P4,
        """
        8 三相电/增容/报装/装电表/新装电表/用电申请/动力电/充电桩 & 办/手续/申请/多少/装/拉/要
    """,
    ),
    Matter(
        "service.business_licence",
        _C,
        P4,
        """
        7 营业执照/个体户/食品经营许可/经营许可/注册公司/工商/开店/开个 & 办/手续/申请/要什么/注销/怎么/变更/材料 & !三相/没证/无证
    """,
    ),
    Matter(
        "service.social_security",
        _C,
        P4,
        """
        6 社保/养老金/退休/医保/公积金/失业金/生育津贴/灵活就业/新农合/异地报销/社保卡/补缴/断缴/养老保险/待遇认证 & 办/怎么/交/查/报销/领/转/补/断/条件/多少/异地/激活/停 & !入学/一年级/上学/积分/骗/自称/冒充/出院
        4 养老/退休/医保/社保/工伤保险/生育 .. 待遇/标准/办理/年限/基数/报销/比例
    """,
    ),
    Matter(
        "service.temporary_relief",
        _C,
        P4,
        """
        8 临时救助/低保/困难补助/大病救助/救助金/特困/低收入/慈善/残疾证/残疾补贴/高龄补贴/优抚/退役军人/抚恤/申请补助 & !捡/破烂/楼道/村干部
    """,
    ),
    Matter(
        "service.school_enrolment",
        _C,
        P4,
        """
        8 入学/上一年级/一年级/学位/转学/幼升小/小升初/积分入学/随迁子女/公办/中考报名/上幼儿园/插班 & !联名信/递/征求意见/产权证/房产证/志愿/巡逻/集合/护栏
    """,
    ),
    Matter(
        "service.elder_care",
        _C,
        P4,
        """
        6 养老/居家养老/助餐/食堂/老年食堂/老年卡/敬老卡/适老化/护理补贴/长护险 & 申请/办/怎么/哪里/条件/补贴/吃/送餐 & !骗/理财/投/淤青
    """,
    ),
    Matter(
        "anti_lost_bracelet",
        _C,
        P4,
        """
        9 手环/防走失/定位卡/黄手环 & !偷
    """,
    ),
    Matter(
        "fire_certificate",
        _C,
        P4,
        """
        9 火灾事故认定书/火灾认定/火灾证明/消防手续/消防验收/消防备案
    """,
    ),
    Matter(
        "fraud_check",
        _C,
        P4,
        """
        6 是不是骗/是真的吗/是不是真的/是真是假/骗子多/有没有诈/是诈骗吗/靠谱吗/不会是骗/要不要信/怎么核实/接还是不接/is_this_a_scam & !转了/转过去/已经转/转出/还有最后/监管账户
        5 没要我转钱/没转钱/还没转/还没按他/没点/没给 & 骗子/真的/自称/电话/链接/短信
        6 还没转/没转/没付/没汇/没点/没填/没操作 & 怪怪的/不对劲/真的/假的/骗/领导/新微信/客服/自称
        5 怪怪的/不对劲/拿不准/核实一下 & 转/账户/链接/验证码/汇款/微信
    """,
    ),
    Matter(
        "recovered_property",
        _C,
        P4,
        """
        8 追回/找回来了/破案/领回/返还/抓到人 & 领/什么时候/哪天/发票/感谢/手续 & !要求
    """,
    ),
    Matter(
        "case_progress",
        _C,
        P4,
        """
        6 案子/报过案/立案/报警回执/办案/上次报警 & 进展/怎么样/结果/多久/没消息/查到/到哪一步 & !不作为
        5 报案/报警/案件/立案 .. 进度/进展/查得/怎么样了/有消息
    """,
    ),
    Matter(
        "counselling",
        _C,
        P4,
        """
        7 心理/心理咨询/心理老师/心理辅导/情绪低落/抑郁/莫名想哭/失眠 & 约/咨询/老师/免费/热线/怎么/医生 & !自杀/不想活/跳/遗书
        5 想哭/矫情 & 约/咨询/老师
    """,
    ),
    Matter(
        "volunteer_signup",
        _C,
        P4,
        """
        8 志愿者/志愿队/巡逻队/众队/红马甲/平安巡防/义警/巡逻 & 报名/加入/参加/怎么/哪里/年纪/要求/积分 & !16岁/高一/未成年/老人不见
    """,
    ),
    Matter(
        "volunteer_minor",
        _C,
        P4,
        """
        9 志愿/巡逻队/巡逻/义工/红马甲 & <minor_age>/高一/高二/未成年/初中生/学生/综评
    """,
    ),
    Matter(
        "permit_event",
        _C,
        P4,
        """
        6 大型活动/放烟花/庙会/开学典礼/游行/灯会/龙舟/演出/无人机报备 & 申请/报备/审批/备案/手续
    """,
    ),
    Matter(
        "lost_found",
        _C,
        P4,
        """
        5 捡到/拾到/招领/掉了/落在/丢在/遗失/lost_property & 钱包/手机/包/身份证/雨伞/耳机/钥匙/出租车/公交/wallet/phone & !偷/抢
        5 手机/钱包/包/耳机/书包/证件 .. 忘在/落在/掉在/丢在 & 出租车/网约车/公交/车上/店/地铁
    """,
    ),
    Matter(
        "tax",
        _C,
        P4,
        """
        6 个税/个人所得税/发票/税务/契税/退税/纳税 & 怎么/办/申报/查/退/交/偷税/汇算 & !提现/投/平台/直播/拖车
    """,
    ),
    Matter(
        "policy_question",
        _C,
        P4,
        """
        3 政策/规定/补贴/什么时候/规划/几号/公示/文件/实施/标准 & {ask}/了解/出台/想知道
        2 咨询/请问/想问一下/想了解/问一下/问问
        2 {ask} & 手续/证/证明/材料/办理/窗口/预约/补助
        1 {ask}
        3 what_documents/papers
        3 how_to apply/register/renew
        2 opening_hours/office_hours/几点上班/几点开门/周末上班/上班时间
    """,
    ),
)
