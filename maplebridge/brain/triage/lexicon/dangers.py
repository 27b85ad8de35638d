"""Dangers the safety screen listens for, whatever the matter is."""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.brain.triage.records import Urgency

P1, P2 = Urgency.P1, Urgency.P2


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """One danger: its code, the urgency it demands at least, and its cues, one per line."""

    code: str
    urgency: Urgency
    cues: str


# Last until somebody ends them: a missing child of last week is still missing.
LASTING = frozenset(
    {
        "child",
        "child_harm",
        "elder_missing",
        "trapped",
        "silent_call",
        "money_transfer",
        "self_harm",
    }
)

RULES = (
    SafetyRule(
        "life",
        P1,
        """
        叫不醒/昏迷/昏倒/晕倒/没呼吸/没有呼吸/没意识/失去意识/心跳停/大出血/抽搐/口吐白沫/窒息/噎住/喘不上气 & !就那么几秒
        休克/倒地不起/不省人事/奄奄一息/快不行了/快死了/热射病/中暑/心梗/脑梗/羊水/要生了/触电/溺水/落水/掉河里/掉水里
        叫也叫不/规律腹痛/呼吸困难/胸口疼/胸痛/胸闷得
        摔/撞/碰/带了一下/砸/打到头 & 犯困/想睡/吐了/吐了一口/一直吐/说胡话/意识模糊/耳朵流
        unconscious/unresponsive/not_breathing/cardiac_arrest/cardiac_emergency/respiratory_emergency/choking/overdose/seizure/stroke/cva/stroke/heart_attack/drowning/syncopal/hemorrhaging/electrocution/amputation/anaphylaxis/passed_out
        掉河里/掉进河/掉下河/冲进河/沉下去/在水里扑腾/被浪卷/被水冲走
        嘴唇发紫/晕过去/昏过去/呼吸很弱/脸色发青
        heart_attack/unconscious/not_responding/collapsed
        噎着/噎到/呛着/呛到/卡喉咙 & 说不出话/紫/喘/呼吸
        脸都紫/脸发紫/没脉搏/翻白眼/摸不到脉/神志不清/叫不应/嘴歪/说话含糊/手抬不起来/半边身子/胸口像压/见红/胎动/脐带/吐血
        血流/流血/出血 .. 很多/止不住/一地/好大一滩
        雷击/蛇咬/毒蛇咬/药吃多/药物过量
    """,
    ),
    SafetyRule(
        "trapped",
        P1,
        """
        被困/困在/困住/压在下面/下不去/逃不出 & 人/我们/孩子/娃/老人/火/烟/水/电梯/呼救/里面/有个
        手/脚/头/手指/胳膊/腿/身体 卡住/卡在/夹住/拔不出/拿不出
        埋在/压在/压住 & 工人/呼救/下面有人/塌/好几个人
        电梯/屋里/房间/井里/坑里/车里 出不来/困住/卡住 & 人/我/孩子/老人/救/快
        trapped/stuck_in_elevator
        车里/车内 .. 锁/反锁 .. {child}
        {child} .. 反锁/锁在/锁里/爬窗台/爬上窗台
        拔不下来/取不下来 & 肿/发紫/手指/头/疼
        绞住/绞进/卷进/卷住/轧住 & 手/腿/脚/头发/衣服/人
        叉车/货物/墙/架子/石头/树/挖机 .. 压住/压着/砸中/埋住 .. 人/工人/腿/脚
        踩空/滑下去/摔下去 & 山/崖/坡/井/坑/沟/石头
        """,
    ),
    SafetyRule(
        "fire",
        P1,
        """
        着火/起火/失火/着了火/火势/浓烟/明火/火光/冒黑烟/冒白烟/烧起来/燃起来/自燃/窜火 & !白气
        {ebike} .. 冒烟/滋滋/鼓起来/炸了 & !公司发的不会
        on_fire/flames/building_fire/vehicle_fire/house_fire/burning_building/woods/field_fire
        火 困/逃/烧到/好大/很大/越来越大
    """,
    ),
    SafetyRule(
        "gas",
        P1,
        """
        {gas} .. 味道/漏/泄漏/泄露/嘶嘶/漏气/臭味/喷/挖断/挖破 & !大罐
        闻到/一股 .. 煤气/燃气/天然气
        管子/管道/阀 .. 嘶嘶/漏气 & 挖断/挖破/往外冒/气
        热水器/炭火/煤炉/烧煤气 & 头晕/恶心/叫不醒/腿软/叫也叫不
        gas leak/smell/odor/odour
        gas-odor
        carbon_monoxide
        臭鸡蛋/臭鸡蛋味/煤气报警器/燃气报警器
    """,
    ),
    SafetyRule(
        "hazard_to_many",
        P1,
        """
        电线/高压线 .. 断/落/掉/漏电 & 水/火花/人/路/冒 & !不是电线
        槽罐/罐车/化学品/氨气/氯气/硫酸 .. 漏/滴/泄/翻/冒
        刺鼻 & 白气/流眼泪
        往下扔/高空抛物/从楼上扔/扔下来 .. 椅/刀/砖/瓶/花盆/人/凳
        bomb/explosive/active_shooter/hazardous_materials/train_crash/plane_crash
        过火面积/风向朝
        电线杆/变压器/高压 .. 倒/冒火花/爆
        包/箱子 .. 线头/滴答 & 没人/无人/放了
        高压线/电线 & 钩到/挂到/挂在上面/缠/碰到
        砰的一声/一声巨响 & 烟/灰/冒/碎
    """,
    ),
    SafetyRule(
        "violence",
        P1,
        """
        打起来/打架/打人/打我/斗殴/殴打/互殴/砍/捅/拿刀/持刀 & 快/快来/快点/正在/救命/救我/现在/拉不住/没人敢/还在打/报警/赶紧 & !电话/已经走/隔开/平稳/没动手/昨天/上周
        打起来/群殴/围殴/打群架 & <several>/<crowd>/{weapon}/倒地/酒瓶 & !隔开/没动手
        一个倒地/倒在血泊/满脸是血/血流不止/一地血
        砸门/踹门/在砸东西/反锁了在砸/躲在厕所/躲在卫生间/躲在柜子/追着我打/往死里打
        惨叫/喊救命/救命啊/求饶
        {weapon} 冲/追/砍/捅/挥/对峙/下来了/架
        抄/抄起/拿着/举着/挥着/手持 {weapon} & 打/冲/砍/追/下来/喊/吵/没人敢/威胁
        绑走/拖上车/塞进车/拉上车/拐走/抢孩子
        assault_in_progress/stabbing/shooting/being_attacked/beating_me/shots_fired
        往下扔 & 吵架/摔东西/一直在叫
        knife/machete/gun & chasing/attack/hurry/help/now/swinging
        {weapon} .. 追人/砍人/追着/乱挥/挥舞
        husband/boyfriend/partner .. hitting/beating/choking
        掏出刀/亮出刀/架在脖子/劫持/挟持/杀人了/砍人了
        在撬我家门/撬门 .. 一个人在家/我在里面/现在
        堵在/围住 .. 交出/密码/要钱 & 躲/跑/现在
    """,
    ),
    SafetyRule(
        "weapon",
        P2,
        """
        拿着/拿了/手持/扛/带着/抄/手持/提着/举/挥/举着/扛着 {weapon}
        knife/gun/machete/weapon
    """,
    ),
    SafetyRule(
        "self_harm",
        P1,
        """
        自杀/轻生/寻短见/不想活/想死/割腕/喝农药/吞安眠药/烧炭/遗书/活着没意思/安眠药吃了/解脱 & !没有想不开
        跳楼/跳河/跳桥/跳江/跳海/想不开/站在楼顶/坐在天台/天台边/翻过栏杆/桥栏杆外/要跳下 & !没有想不开
        suicide/suicidal/kill_myself/self-harm/self_harm/jump_off
        活够了/活不下去/撑不下去/不想活了/了断/结束自己/遗言/安眠药 & !药店
        栏杆外/翻到栏杆/翻过护栏/坐在楼顶/坐在窗台/爬上塔吊/爬塔吊/楼顶边/站在桥边
        交代后事/托付给你/去陪他/去陪她/睡过去就/买了炭
        桥上/楼顶/天台/栏杆 & 不对劲/来回走/鞋子放/放在栏杆/坐在外面

        """,
    ),
    SafetyRule(
        "child",
        P1,
        """
        {child} & 不见了/走丢/走失/失踪/没回来/没到家/没接到/找不到人/被拐/被抱走 & !已经找到/手环/送回/{weapon}价/身份证/快递
        {child} .. 误食/吞了/吃了 & 药/电池/磁力珠/洗洁精/消毒液
        missing child/boy/girl/toddler
        十岁/小女孩/小男孩/孩子 .. 一个人在家 & 对方/网警/视频/煤气/火
        {child} is_missing/went_missing/got_lost
        {child} .. 走散/找不着/没影
        {child} 爬/坐/站 .. 窗台/窗外/阳台外/栏杆外/空调外机
        空调外机/窗台/阳台外 & {child} & 坐/爬/站/抱着
        """,
    ),
    SafetyRule(
        "child_harm",  # whatever the matter is called, civilians do not go to a hurt child's home
        P2,
        """
        {minor} .. 全身是伤/满身是伤/身上全是伤/身上都是伤/一身是伤/一身伤/身上有伤/新伤旧伤/青一块紫一块/淤青/烟头烫
        {minor} .. 被打/挨打/被虐待/受虐/被掐/被猥亵/被侵犯/不给饭吃/不给吃饭/关小黑屋/被绑着 & !打篮球/打疫苗/打针/打电话/打游戏
        打孩子/打小孩/打娃/虐待孩子/虐待小孩/虐童/家暴孩子 & !打孩子妈/打孩子他
        爸爸/妈妈/父亲/母亲/后妈/后爸/继父/继母/保姆/老师/舅舅/叔叔 .. 打的/打伤/打成/烫的/掐的 & {minor}
        {minor} & 猥亵/性侵/摸她/摸他/脱她/脱他/不敢回家
        child_abuse/child_molestation/child_neglect
        child/boy/girl/kid & beaten/abused/bruises/bruised/molested/starved
    """,
    ),
    SafetyRule(
        "elder_missing",
        P1,
        """
        痴呆/阿尔茨海默/失智/老伴/{elder} .. 不见了/走丢/走失/失踪/没回来/人没了/找不到人 & !送回/情况稳定/身份证
        missing elderly/grandmother/grandfather
        {elder} is_missing/went_missing/wandered_off
        {elder}/老伴 .. 出门/出去/早上/散步 .. 没回家/没回来/找不到
    """,
    ),
    SafetyRule(
        "elder_missing",
        P2,  # somebody is with them or sees them; nobody has to be searched for
        """
        {elder} .. 迷路/找不到家/找不到回家/不认得回家/认不得路/不认得家/不认得路 & !送回/情况稳定
    """,
    ),
    SafetyRule(
        "poison",
        P1,
        """
        误食/误服/喝农药/老鼠药/百草枯/毒蘑菇/食物中毒/煤气中毒 & 吃/喝/吐/嘴/中毒/肚子/口
        poisoning
    """,
    ),
    SafetyRule(
        "money_transfer",
        P1,
        """
        被骗/骗了/诈骗/骗走/骗子/保证金/安全账户/监管账户/个税/解冻/刷单/点赞任务/垫钱 .. <just_now>
        <just_now> .. {transfer} & 骗/骗子/拦/冻结/止付/保证金/安全账户
        还有最后一笔/最后一笔/还要转/正要转/准备转/马上转/正在转/催着转/今天下午 .. 转/保证金/银行/账户/汇/打款
        保证金/账户/汇款/转账 .. 今日/今天下午/下午3时/下午三点/马上/一小时内
        拟今日/今天要去/正在去/正要去/准备去 .. 银行/转账/汇款/打款/取钱
        把钱拦/止付/紧急止付/帮我冻结
        网警/公安/检察院/民警/警官 视频/验证码/支付密码/转账 & 一直打/还在/对方/正在/现在/密码
        屏幕共享 & 还在/正在/现在/刚
    """,
    ),
    SafetyRule(
        "silent_call",
        P1,
        """
        无声电话/没有声音/不说话/只有哭声/只听到哭/喘息声/电话里有打斗/呼救声/电话断了/突然挂断
        不方便说话/不能出声/只能打字/手机是静音/不敢出声/小声点 & 他/门/砸/躲/打/在外面/绑/卫生间
        silent_call/open_line/911_hang_up
        点一份/点份/来一份/订一份/我要一份/我点个 .. 外卖/披萨/炒饭/麻辣烫/盒饭/蛋糕/酸辣粉/炒面 & 送到/地址/快点/110
        110 & 炒面/外卖/披萨/盒饭/炒饭/奶茶 & 地址/送到/怎么还没到
        小声/压低声音/悄悄 & 撬/门外/有人进来/在外面/躲
        """,
    ),
    SafetyRule(
        "flood",
        P1,
        """
        进水/水位/洪水/涨水 & 孕妇/困/出不去/无法通行/上不去/腰/胸口/老人卧床/屋顶/转移
        flood trapped/stranded
    """,
    ),
    SafetyRule(
        "injury",
        P2,
        """
        流血/出血/骨折/咬了/被咬/咬伤/受伤/烫伤/摔伤/撞伤/抬不起来/动不了/站不起来/爬不起来/缝针/腿断/听不清 & !赔/医药费/认定
        被烟头烫/烟头烫/淤青/掐了我/掐我/掐脖子
        injured/injury/injuries/bleeding/broken_leg/burn_victim/dog_bite/animal_bite
        被 .. 撞/带/刮/砸到/打到 & 疼/犯困/吐/擦破/坐在地上/躺
    """,
    ),
    SafetyRule(
        "vulnerable",
        P2,
        """
        {elder}/孕妇/残疾/瘫痪/卧床/轮椅/病人/胰岛素/呼吸机/透析 .. 没药/冷藏/没吃/没饭/断水/断电/停电/关在外面/穿得很薄/没地方/门锁着 & !送水/两天没下楼
        断水/断电/停电/水停/电拉 .. 胰岛素/呼吸机/透析/婴儿/奶粉/氧气/药
        {child} .. 关在外面/差点/踩进去/追/一个人
        老太太/老人/阿婆/小孩 .. 差一点/差点 .. 踩/掉/摔/撞/砸
        <child_age>/女儿/儿子/她才 .. 猥亵/摸她/摸他/不敢告诉/不许告诉
    """,
    ),
    SafetyRule(
        "crowd",
        P2,
        """
        <crowd> .. 聚/围/堵/坐/冲突/情绪/横幅/对峙/推/吵 & !广场舞/一班/入学
        双方各/各来/各有 .. 人/保安 & 吵/沟通/对峙/棍/声音大/锄头/推
        横幅/静坐/聚集/围堵/堵大门/推来推去/围观的多
    """,
    ),
    SafetyRule(
        "threat",
        P2,
        """
        威胁我/威胁说/恐吓/扬言/要杀/要砍/弄死/浇进去/等着瞧/放狠话/拼命/同归于尽/要我好看/一起浇 & !价
        再报一次试试/再报警/不敢答/怕他回来/跟踪/尾随/找到我家/拍的是我
        被 威胁/恐吓
        threat/threaten/threatened/stalking
    """,
    ),
    SafetyRule(
        "evidence_lost",
        P2,
        """
        只存/会覆盖/要覆盖/快删/就没了/没证据/证据 .. 天/没了/冲/删/销毁/马上 & !激活
        今晚/马上/明天 .. 退租/要跑/跑路/搬走/交货/走人
        潮水一冲/一冲就没/还在流/还在排/正在排/正在倒
        河/溪/塘/沟 .. 死鱼/翻肚/变色/农药味
    """,
    ),
    SafetyRule(
        "loss_soon",
        P2,
        """
        停电/断电 .. 虾塘/鱼塘/增氧/冷库/孵化/养殖/手术/疫苗
    """,
    ),
    SafetyRule(
        "cold_or_storm",
        P2,
        """
        桥洞/露宿/流浪/睡在/避灾 & 降到/零下/很薄/咳/雨越来越大/台风/冻/发烧
    """,
    ),
    SafetyRule(
        "public_danger",
        P2,
        """
        井盖/窨井 .. 不见/没了/碎/缺/塌/破了/敞着/没盖/被偷
        manhole .. missing/open/broken
        护栏/栏杆 .. 撞掉/断了/缺了/倒了 & 落差/河/崖/高/弯
        网线/线缆/光缆/电线 .. 挂下来/垂下来/掉下来 & 骑车/勒/行人/绊
        """,
    ),
)
