"""Fields of meaning, part one: bodies, dangers, acts and persons met in reports.

A field gathers words that stand for much the same in a report, so that a model that met one of them has met
all. Fields name things and acts, never who somebody is by origin, belief or record.
"""

from __future__ import annotations

FIELDS = """
flame: 着火 起火 失火 火苗 火光 明火 火焰 烧起来 烧着 烧了 点着 引燃 复燃 火势 冒火 火星 大火 燃烧 自燃 火情 走水 着了 烧光 烧焦 flames blaze burning fire
smoke: 冒烟 浓烟 黑烟 白烟 烟雾 呛人 呛得 烟味 焦味 糊味 焦糊 烟往 烟从 全是烟 烟好大 冒黑 烟报 烟感 smoke smoky
gas smell: 煤气味 燃气味 臭鸡蛋 漏气 滋滋 嘶嘶 咕嘟 冒泡 阀门 减压阀 煤气罐 液化气 钢瓶 气瓶 燃气管 煤气管 天然气 燃气表 胶管 软管 灶头 灶台 瓦斯 没关火 没关气 gas cylinder
blast: 爆炸 爆了 炸了 炸开 轰的一声 砰的一声 嘭 爆燃 爆裂 鼓包 鞭炮 烟花 炮仗 雷管 炸药 explosion exploded
carbon monoxide: 一氧化碳 煤炉 炭火 炭盆 烧炭 烤火 热水器 头晕 恶心 嘴唇发紫 叫不醒 昏睡
electricity: 漏电 触电 电到 麻了一下 手麻 电线 高压线 电缆 电箱 配电箱 插座 插排 火花 冒火花 电火花 断线 垂下来 裸露 跳闸 短路 接地 变压器 wire electric shock
water danger: 落水 溺水 掉河里 掉水里 掉进水 跳河 跳海 河边 海边 水库 池塘 鱼塘 水塘 涨水 大浪 漂着 沉下去 扑腾 呛水 游泳 野泳 礁石 潮水 被浪 drown drowning river pond
flood: 进水 积水 被淹 淹了 水漫 内涝 洪水 涨上来 齐腰 没过 倒灌 决口 溃坝 转移 撤离 暴雨 台风 大水 泥石流 山体滑坡 塌方 flood flooded
height: 楼顶 天台 阳台外 窗台 护栏外 栏杆外 爬上去 悬空 高处 空调外机 架子上 脚手架 塔吊 吊篮 梯子上 屋顶 悬崖 坠楼 掉下来 摔下来 坠落 滑下 roof balcony ledge
trapped: 被困 困住 困在 卡住 卡在 夹住 夹着 压住 压在 出不来 下不来 上不来 拔不出 拔不下 关在 反锁 锁在 锁里面 打不开门 埋 陷进去 陷在 电梯停 关人 trapped stuck locked
lift: 电梯 轿厢 扶梯 升降机 电梯门 停在 楼层之间 elevator lift
weapon: 刀 菜刀 水果刀 砍刀 匕首 棍子 木棍 铁棍 钢管 棒球棍 斧头 锄头 铁锹 砖头 酒瓶 啤酒瓶 板凳 扳手 榔头 锤子 剪刀 弩 枪 钢珠 电棍 辣椒水 汽油 泼油 硫酸 knife bat axe gun weapon
violence: 打起来 打人 打架 动手 殴打 拳打脚踢 扇耳光 耳光 掐脖子 掐我 踹 踢 揪头发 拖拽 推搡 推倒 按在地上 围殴 群殴 互殴 干架 捅 砍人 追打 追砍 砸 互砸 扭打 拉扯 打我 打她 打他 打了一顿 punch hit beat beating fight fighting kick
threat: 威胁 恐吓 弄死 搞死 杀了你 杀全家 不放过 走着瞧 找人搞 要你好看 等着 报复 堵门 堵我 上门闹 扬言 放话 死给你看 同归于尽 threaten threatened
blood: 流血 出血 血 全是血 血流 血止不住 伤口 口子 缝针 划破 割破 淤青 肿了 肿起来 骨折 断了 腿断 头破 擦伤 烫伤 烧伤 受伤 伤得 站不起来 动不了 疼得 bleeding blood injured injury hurt
faint: 昏迷 晕倒 昏倒 倒地 倒在地上 没反应 叫不应 没气 没呼吸 没心跳 抽搐 口吐白沫 翻白眼 脸发白 发紫 喘不上 喘不过 胸口疼 胸闷 心梗 中风 嘴歪 说话含糊 半边 抽筋 心脏 休克 过敏 噎住 卡喉 unconscious collapsed breathing seizure
illness: 发烧 高烧 拉肚子 呕吐 吐了 肚子疼 头疼 生病 病了 住院 急救 救护车 送医 透析 哮喘 低血糖 高血压 癫痫 ambulance hospital sick
poison: 中毒 农药 百草枯 老鼠药 安眠药 吃药 喝了 毒蘑菇 蘑菇 误食 误喝 酒精中毒 食物中毒 药水 洗洁精 消毒液 poison poisoned pills
chemical: 化学品 危化 槽罐车 硫酸 盐酸 氨气 氯气 刺鼻 泄漏 泄露 油罐 倾倒 化工 气味刺鼻 溶剂 油漆 危废 chemical spill
despair: 不想活 活着没意思 活不下去 轻生 自杀 寻短见 想不开 割腕 跳楼 跳河 遗书 告别 对不起你们 最后一次 解脱 一了百了 没意义 走了算了 再见了 来世 撑不下去 抑郁 站在桥上 桥栏杆 suicide die jump
child: 孩子 小孩 娃 宝宝 婴儿 小朋友 小囡 小男孩 小女孩 儿子 女儿 孙子 孙女 幼儿 学生 小学生 一年级 三年级 幼儿园 外孙 伢 崽 囡囡 细佬 弟弟 妹妹 kid child boy girl baby daughter son
teenager: 初中 高中 初中生 高中生 中学生 未成年 未成年人 十五岁 十六岁 十四岁 青少年 同学 室友 宿舍 班上 校服 teenager
elder: 老人 老太太 老大爷 老爷子 奶奶 爷爷 外婆 外公 阿公 阿婆 老娘 老母亲 老父亲 我妈 我爸 老头 阿姨 大爷 大娘 独居 高龄 八十 七十 九十 老伴 老年 elderly grandmother grandpa
impaired: 老年痴呆 痴呆 糊涂 认不得 认不到路 精神病 精神障碍 发病 犯病 自言自语 胡言乱语 聋哑 盲人 残疾 轮椅 智力 自闭 瘫痪 卧床 拄拐 dementia disabled
pregnant: 孕妇 怀孕 大肚子 临产 要生了 羊水 预产 流产 月子 pregnant labour
missing: 走丢 走失 失踪 不见人 找不到人 没回家 没回来 联系不上 失联 离家出走 出走 一夜没 关机 打不通 没到学校 没到家 人呢 找人 寻人 迷路 跟丢 missing lost
drunk: 喝醉 喝了酒 喝多 醉酒 醉汉 酒疯 酒气 酒味 满身酒 醉倒 撒酒疯 耍酒疯 酒后 烂醉 drunk
dog: 狗 流浪狗 恶犬 大狗 狼狗 咬 咬人 咬伤 咬了 没牵绳 不牵绳 遛狗 狗叫 犬吠 烈性犬 狂犬 dog bite
animal: 蛇 毒蛇 马蜂 胡蜂 蜂窝 野猪 猫 流浪猫 老鼠 蟑螂 鸡 鸭 羊 牛 鸟 猴子 白蚁 鹅 snake bees wasp cat
theft: 偷 被偷 偷走 小偷 扒手 被盗 失窃 撬 被撬 撬锁 撬门 翻窗 翻墙 顺走 拿走 少了 不见了 没了 丢了 失主 剪断 贼 摸走 扒窃 盗 stolen thief theft burglar broke
burglary trace: 翻乱 翻得 抽屉 柜子 门锁 锁芯 锁眼 脚印 窗户开 门开着 门虚掩 防盗窗 撬痕 保险柜 进了贼 家里没人
robbery: 抢 抢劫 抢走 抢夺 飞车 尾随 拦住 勒索 敲诈 要钱 交出来 保护费 绑 绑架 拘禁 不让走 不让我走 限制 扣着 扣人 robbed robbery kidnapped
valuables: 手机 钱包 金项链 戒指 手镯 首饰 现金 电瓶 电动车 自行车 摩托车 相机 电脑 平板 手表 包 背包 工具 铜线 电缆线 钢筋 井盖 快递 包裹 车牌 phone wallet bike laptop
sexual: 摸我 摸 猥亵 强奸 性侵 骚扰 咸猪手 裸照 偷拍 裙底 露阴 下体 脱裤子 不雅 迷药 下药 强吻 抱住我 贴着我 sexual groped harass
stalking: 跟踪 跟着我 尾随 蹲守 守在楼下 骚扰电话 一直打电话 前男友 前妻 前夫 纠缠 定位器 窥探 偷看 猫眼 敲我门 敲门 stalking following
home violence: 老公打 丈夫打 家暴 打老婆 打孩子 打我妈 男人打 他打我 掐我 躲在 锁房间 摔东西 砸门 回娘家 离婚 保护令 庇护 妇联 husband wife beats
bullying: 霸凌 欺负 欺凌 孤立 逼我 逼他 扇巴掌 拍视频 发群里 厕所里 围着 勒令 收保护费 起外号 校园
gambling: 赌博 赌场 赌 麻将馆 打麻将 老虎机 押注 下注 庄家 牌九 炸金花 斗地主 六合彩 网赌 棋牌室 扑克 抽头 gambling casino
vice: 卖淫 嫖娼 嫖 按摩店 足浴 洗头房 小卡片 特殊服务 上门服务 粉灯 色情 陪侍 黄色
drugs: 吸毒 毒品 冰毒 麻古 针管 注射器 锡纸 吸管 溜冰 嗨 大麻 K粉 上头电子烟 笑气 贩毒 白粉 止咳水 drugs needle
damage: 砸了 砸烂 砸玻璃 划车 划了 扎胎 轮胎被 破坏 毁坏 烧毁 喷漆 泼漆 泼油漆 锁眼堵 胶水 推倒 踩坏 毒死 剪断 smashed damaged vandal
thrown down: 高空抛物 扔下来 丢下来 掉下来 抛下 烟头 花盆 楼上扔 砸下来 玻璃掉 瓷砖掉 外墙
crowd: 聚集 围着 围了 一群人 好多人 几十个人 几十号人 上百人 拉横幅 横幅 堵路 堵厂门 堵大门 静坐 集体 请愿 讨说法 闹事 起哄 集合 维权 罢工 罢运 crowd protest
scene of many: 广场 商场 超市 车站 医院门口 学校门口 政府门口 市场 码头 工厂 工地 厂里 车间 饭店 网吧 KTV 酒吧 夜宵 烧烤摊 网约房 民宿 宾馆 酒店 旅馆
stranger: 陌生人 不认识 男的 一个男 黑衣 戴口罩 鬼鬼祟祟 探头探脑 可疑 转悠 徘徊 踩点 撬 试门 拉车门 suspicious stranger
now: 现在 正在 马上 赶紧 快来 快点 快快 救命 刚刚 刚才 这会儿 此刻 还在 当场 眼看 来不及 立刻 速来 赶快 一分钟 几分钟 now hurry quick urgent
past: 昨天 前天 上周 上个月 去年 前年 以前 之前 当时 那次 早就 已经好了 已经灭 后来 过去了 前几天 那天 上回 yesterday ago last
habit: 每天 天天 每晚 经常 一直 老是 总是 长期 常年 半年 几个月 好几次 多次 反复 又 隔三差五 三天两头 always every
perhaps: 可能 好像 似乎 大概 也许 不知道是不是 不晓得 怀疑 感觉 不确定 听说 据说 说是 maybe think might
calm: 不急 没事 不要紧 不着急 不用来 没受伤 没人受伤 不严重 已经走了 已经停 还好 没大事 小事 随便问问 顺便 有空 方便的时候
plea: 求求 求你们 拜托 帮帮 救救 怎么办啊 急死 吓坏 吓得 害怕 发抖 好怕 不敢 哭 scared help please
noise words: 吓死 气死 烦死 累死 要命 疯了 崩溃 抢钱 宰 坑爹 离谱 无语 服了 火大 炸锅 心态
"""
