"""Criminal matters."""

from __future__ import annotations

from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.records import Category, Urgency

_C = Category.CRIMINAL
P1, P2, P3, P4 = Urgency

MATTERS = (
    Matter(
        "theft",
        _C,
        P3,
        """
        4 被偷/被盗/失窃/遭窃/偷走/偷了/偷我/给人偷/stolen/theft
        3 偷 & 小偷/监控/探头/快递/手机/钱包/衣服/菜/货/电缆
        4 小偷/扒手/thief/pickpocket/shoplift/shoplifting
        3 快递/包裹/外卖 .. 没了/丢了/不见了/少了/拿走
        3 手机/钱包/首饰/货/电缆/狗/猫/鸡/鸭/鱼 被人 拿走/顺走/抱走
        2 探头/监控 .. 拍到
        4 stolen/steal/stole/burgled
        4 丢了/不见了 & 监控/偷/小偷/怀疑/被拿
        3 电缆/水表盖/铝合金/摩托车/货 被剪/被偷/少了
        4 车里/车上/后备箱/店里/家里/柜子/门口 .. 包没了/东西没了/没了/少了/不见了/被拿/丢了 & !人没了/水/电/井盖/老人
        4 少了/不见了 & 监控/盘点/怀疑
    """,
    ),
    Matter(
        "theft.burglary",
        _C,
        P2,
        """
        5 撬/撬了/撬开/撬门/撬锁/break-in/broke_into/burglary/burglar
        5 入室/翻窗/爬窗/翻墙 & 偷/少了/没了/盗/翻得/进来/进了
        4 家里/店里/屋里/抽屉/保险柜 被 翻/翻得/翻了/翻动
        4 锁/门/窗 .. 撬/被砸/被破 & 没了/少了/偷/香烟/现金/钱
    """,
    ),
    Matter(
        "theft.ebike",
        _C,
        P3,
        """
        4 {ebike}/自行车/摩托车 .. 被偷/偷了/偷走/不见了/没了/被盗 & !充电/冒烟/起火/鼓起来
        3 电瓶/电池 被 拆/卸/撬/拔
    """,
    ),
    Matter(
        "robbery_snatch",
        _C,
        P2,
        """
        6 抢劫/被抢/抢夺/抢走/给人抢/抢了我/抢我/夺走/飞车/robbed/robbery/mugged/snatched
        5 抢 手机/包/项链/金项链/耳环/钱/车/手提包 & !抢修/抢购
        6 堵在/拦住/围住/逼/要我 .. 交出/把钱/把手机/手机密码/掏钱
        6 掏出刀/亮出刀/架在脖子/劫持/挟持
    """,
        physical=True,
    ),
    Matter(
        "injury",
        _C,
        P1,
        """
        6 砍/砍人/砍伤/捅/捅了/捅伤/被刺/刺伤/被扎/stabbed/stabbing/shooting/shot
        5 打 .. 骨折/昏迷/缝针/住院/重伤/断了 & !电话
        3 轻伤/伤情鉴定/验伤/assault_victim
        6 捅/砍/划/刺 .. 一刀/两刀/几刀
        5 stabbed/slashed/shot
    """,
        physical=True,
    ),
    Matter(
        "sexual_offence",
        _C,
        P1,
        """
        6 强奸/强暴/性侵/迷奸/下药 & !{child}
        5 猥亵/摸我/摸胸/摸大腿/咸猪手/强吻/露阴/rape/raped/sexual_assault/groped & !{child}
        4 偷拍/裙底/针孔摄像 & !工位
    """,
        unsafe=True,
        physical=True,
    ),
    Matter(
        "sexual_offence_minor",
        _C,
        P2,
        """
        6 {minor} .. 猥亵/强奸/性侵/摸她/摸他/摸我女儿/侵犯/脱裤子/脱衣服/隐私部位/下体
        7 老师/教练/叔叔/伯伯/继父/保安/邻居 .. 摸她/摸他/摸我/抱她/亲她/脱 & {minor}
        5 不许告诉/不准说出去/不让告诉/小秘密 & {minor}
        4 裸照/私密照/大尺度 & {minor}
        3 洗澡洗很久/不肯去/下面疼/问她就哭 & {child}
        8 她爸/爸爸/继父/叔叔/舅舅/爷爷/老师/教练/邻居 .. 半夜进/进她房间/钻被窝/洗澡偷看/抱着睡/不让她穿/拍她 & {minor}/初一/初二/小学/女儿
        7 不敢睡觉/不敢回家/不敢一个人 & 爸/叔/老师/他 & {minor}/初一/初二/小学
    """,
        joint=True,
        unsafe=True,
        physical=True,
    ),
    Matter(
        "kidnapping_detention",
        _C,
        P1,
        """
        7 被绑/绑走/拐走/被拐/拐卖/人贩子/抢孩子/抱走孩子/拖上车/塞进车/拉上车/kidnap/kidnapped/abducted
        6 绑架 & !{spouse}
        5 非法拘禁/关起来/软禁/限制人身自由/不让我走/不让我出去/不放人/被扣住/被关/扣了身份证 & !{spouse}/{hospital}/出院/拘禁似的
        4 传销 .. 手机收了/不让出门/看着我/跑不出
        6 被控制/被看着/手机被收/手机收了/身份证被收/身份证收了/锁在宿舍/不让出去/逃不出来 & 我/人/他们/园区/工厂/宿舍
        6 held_against/locked_me_in/won't_let_me_leave
    """,
        lasting=True,
        physical=True,
    ),
    Matter(
        "extortion",
        _C,
        P2,
        """
        5 敲诈/勒索/敲竹杠/讹诈/blackmail/extortion
        5 保护费/收保护
        5 裸聊/裸照/视频截图 .. 转钱/要钱/发给/威胁/群发
        4 不给钱就/不给就/不转就 .. 曝光/发/砸/弄/打
        4 威胁 .. 给钱/转钱/要钱/赔
    """,
    ),
    Matter(
        "contract_fraud",
        _C,
        P2,
        """
        5 二房东 & 关机/跑/失联/几家/好几家/都说是/都讲是/租给/联系不上
        5 一房多租/一房二卖/合同诈骗/卷款/跑路 & !工资
        4 交了/付了/收了 .. 定金/押金/半年房租/货款/学费 .. 关机/跑路/失联/联系不上/人去楼空/拉黑
        4 假冒/冒充 .. 中介/公司/厂家 & 定金/货款/合同
        3 骗 & 合同/定金/工程/中介/装修款
    """,
    ),
    Matter(
        "embezzlement",
        _C,
        P3,
        """
        4 挪用/侵占/卷走/贪污 & 公款/货款/业主/维修资金/公司
        4 员工/会计/店员/出纳 .. 卷走/拿走/私吞 & 钱/货款
    """,
    ),
    Matter(
        "counterfeit_money",
        _C,
        P3,
        """
        5 假币/假钞/练功券/counterfeit
    """,
    ),
    Matter(
        "wildlife",
        _C,
        P3,
        """
        5 野生动物/捕鸟网/捕鸟/电鱼/毒鱼/炸鱼/打猎/穿山甲/保护动物/白鹭/禁渔
    """,
    ),
    Matter(
        "damage_intentional",
        _C,
        P2,
        """
        5 纵火/放火/投毒/下毒/泼汽油/arson
    """,
        physical=True,
    ),
)
