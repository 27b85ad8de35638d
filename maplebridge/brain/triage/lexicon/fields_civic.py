"""Fields of meaning, part two: money, homes, work, streets, services and ways of asking."""

from __future__ import annotations

FIELDS = """
car crash: 追尾 撞了 撞上 撞到 碰撞 剐蹭 刮蹭 擦碰 侧翻 翻车 车祸 事故 撞车 碰了 蹭了 逃逸 跑了 肇事 双闪 三角牌 定责 责任 保险 crash collision accident hit
vehicle: 车 轿车 货车 大货车 渣土车 电瓶车 电动车 三轮车 摩托 公交 公交车 面包车 校车 出租车 网约车 挂车 罐车 自行车 滑板车 老头乐 越野车 car truck bus scooter vehicle
road: 路口 马路 公路 高速 国道 隧道 桥上 匝道 红绿灯 信号灯 斑马线 护栏 车道 车道线 标线 减速带 限速 路牌 转弯 盲区 逆行 road street crossing bridge traffic
road block: 堵车 堵住 堵死 拥堵 掉头 挡路 拦路 占道 压车 树倒 散落 洒落 油污 打滑 路障 石头 坑 塌陷 坑洼 blocked
parking: 停车 乱停 违停 占车位 车位 挡住我车 挪车 出不去 停车费 僵尸车 地锁 消防通道 占用 拖车 贴条 parked parking
driving offence: 酒驾 醉驾 飙车 炸街 闯红灯 超速 超载 无牌 套牌 无证 逆行 毒驾 疲劳 开斗气 别车 追逐 改装 远光灯
traffic paper: 驾照 驾驶证 行驶证 年检 年审 违章 扣分 罚单 车牌 上牌 过户 换证 记分 审验 交强险 licence
fraud bait: 刷单 返利 做任务 点赞 佣金 兼职 日结 投资 炒股 带单 老师 内部消息 稳赚 高收益 荐股 虚拟币 平台 提现 充值 垫付 中奖 红包 抽奖 返现 福利 scam
fraud mask: 客服 快递理赔 退款 公安局 检察院 民警 通缉 涉嫌洗钱 安全账户 领导 老板 校长 班主任 冒充 自称 假的 部队 采购 军官 网恋 男朋友 女朋友 陪聊 裸聊 征信 注销 校园贷 会员 百万保障 医保卡异常
fraud means: 链接 点开 二维码 扫码 下载 app 软件 屏幕共享 共享屏幕 会议 验证码 银行卡 卡号 密码 群里 拉群 QQ 微信 抖音 闲鱼 解冻 保证金 手续费 拉黑 联系不上 删了我 link code otp
money gone: 转了 转账 转过去 转给 打款 打过去 汇款 付了 扣了 扣款 划走 到账 骗 被骗 骗了 上当 受骗 万块 余额 账户 冻结 止付 transferred scammed paid
online game: 游戏 账号 皮肤 装备 代练 解封 陪玩 充值 点券 卖号 买号 交易平台
loan: 贷款 网贷 借钱 借款 利息 高利贷 催收 逾期 信用卡 套路贷 欠条 借条 欠钱 不还 还钱 讨债 担保 追债 爆通讯录 debt loan
landlord: 房东 租房 租客 押金 房租 退租 合租 二房东 中介 转租 涨租 水电费 合同 搬走 清退 换锁 出租 租赁 landlord rent deposit
neighbour: 邻居 隔壁 楼上 楼下 对门 对面 漏水 渗水 天花板 装修 走廊 楼道 过道 采光 围墙 滴水 宅基地 空调水 neighbour upstairs
noise: 噪音 噪声 吵 很响 扰民 音响 广场舞 唱歌 敲打 电钻 施工声 半夜 深夜 凌晨 睡不着 休息不好 音乐 喇叭 空调外机声 麻将声 noise loud
property mgmt: 物业 业主 业委会 物业费 小区 保安 门禁 公共收益 维修基金 电梯坏 停水 绿化 楼道灯 开发商 交房 property
wage: 工资 欠薪 拖欠 讨薪 工钱 包工头 老板跑 结账 结清 血汗钱 农民工 加班费 工头 发工资 不发 wages salary boss
labour: 辞退 开除 劳动合同 社保不交 试用期 仲裁 离职 赔偿金 加班 工伤 工伤认定 五险 裁员 厂里 上班 人事 签字 labour fired
work injury: 工地 摔伤 机器 压到手 手指断 绞进 工伤 医药费 不赔 脚手架 高处 安全帽
consumer: 退货 退钱 不退 质量 假货 过期 变质 缺斤少两 短斤 价格 涨价 乱收费 办卡 充卡 健身房 美容院 预付卡 跑路 关门 发票 商家 店家 老板 三包 维权 宰客 买的 refund shop seller
food: 吃的 菜 饭 饭店 外卖 餐馆 头发 虫子 异物 卫生 后厨 食堂 餐饮 肉 蛋糕 奶粉 零食 食品 发霉 地沟油 food restaurant
medicine: 医院 医生 护士 手术 误诊 看病 病历 医疗 医疗费 诊所 药店 处方 挂号 检查 疫苗 黑诊所 打针 牙 体检 doctor clinic
school: 学校 老师 班主任 幼儿园 补课 补习班 培训机构 家长 家长群 作业 体罚 收费 食堂 放学 接送 校门口 学区 入学 报名 学籍 转学 校车 退费 school teacher
family: 老婆 老公 丈夫 妻子 离婚 婆婆 儿媳 媳妇 女婿 岳母 兄弟 分家 遗产 房产 抚养 抚养费 赡养 彩礼 探视 继承 亲戚 婚前 出轨 吵架 divorce
land: 宅基地 耕地 田 菜地 山林 林地 土地 征地 拆迁 补偿款 安置房 界址 祖坟 坟 鱼塘 承包 村里 村委 村干部 land
business: 货款 订单 供货 合伙 股份 加盟 生意 客户 尾款 定金 违约 工程款 公司 对账 散伙
environment: 污水 臭味 恶臭 排污 废气 油烟 粉尘 扬尘 烟囱 黑水 死鱼 垃圾 焚烧 养殖场 化工厂 废水 河水变 异味 污染 偷排 塑料厂 烧秸秆 pollution sewage smell
building site: 工地 施工 渣土 夜间施工 打桩 围挡 塔吊 挖掘机 泥浆 搅拌车 扬尘 拆房 挖断 construction
illegal building: 违建 违章搭建 搭棚 加盖 私搭 隔断 群租 开墙 挖地下室 承重墙 破坏结构 彩钢棚 占用绿地
street order: 摆摊 占道经营 流动摊 夜市 小广告 牛皮癣 乱堆 杂物 垃圾桶 垃圾没人 共享单车 烧烤 油烟 遛狗 乱晒 城管 vendor
trees: 树 树枝 大树 倒了 修剪 绿化带 杂草 遮挡 枯树 倒伏 断枝 tree
street furniture: 路灯 不亮 井盖 窨井 护栏 栏杆 台阶 路面 人行道 盲道 公厕 健身器材 长椅 坑 破损 松动 翘起 缺失 streetlight manhole
water supply: 停水 水压 自来水 水管 爆管 水表 水费 水黄 水浑 供水 没水 下水道 堵了 污水冒 化粪池 返水 water pipe
power supply: 停电 没电 断电 电费 电表 供电 跳闸 变压器 电力 电线杆 线路 抢修 power outage
gas supply: 停气 燃气公司 通气 安检 燃气费 换表 灶具 报警器 改管 gas company
heating telecom: 宽带 网络 电信 移动 联通 信号 基站 话费 光纤 断网 电视 快递 驿站 邮政
transport service: 公交 班次 站台 司机态度 拒载 绕路 打表 网约车 黑车 出租 票价 客运 火车 轮渡 加油站 充电桩 停运 taxi driver
fire hazard: 消防通道 灭火器 消防栓 安全出口 堆放 堆满 飞线 充电 楼道充电 电瓶 隐患 疏散 三合一 仓库 住人 烟感 过期 通道堵
hukou: 户口 户口本 户口簿 落户 迁户口 户籍 迁移 上户 入户 改名 曾用名 身份证 临时身份证 办身份证 补办 证件照 出生证明 派出所 开证明 身份证丢 id card
residence: 居住证 暂住证 居住登记 流动人口 外来 登记 签注 续签 积分 租住
exit entry: 护照 出国 港澳 通行证 签证 出入境 外国人 移民 台胞证 passport visa
social insurance: 社保 养老金 退休 医保 医保卡 社保卡 报销 缴费 断缴 生育津贴 失业金 公积金 低保 补贴 救助 残疾证 高龄津贴 养老 insurance pension
civil affairs: 结婚证 领证 离婚登记 婚姻登记 火化 死亡证明 殡葬 墓地 收养 孤儿 流浪 乞讨 救助站 困难 临时救助 marriage
business licence: 营业执照 开店 办证 许可证 注册公司 食品经营 卫生许可 个体户 注销 税务 发票 特种行业 印章 刻章 licence
asking: 请问 咨询 想问 问一下 问问 怎么办理 怎么办 怎么弄 要什么材料 带什么 需要什么 哪里办 在哪里 几点 周末 上班 多少钱 多久 能不能办 可以办 流程 条件 预约 要不要 是不是要 行不行 what how where when need
suggesting: 建议 希望 能否 能不能 可不可以 增设 加装 反映 诉求 请求 要求 呼吁 改进 优化 安排 请核实 请处理 suggest
thanking: 谢谢 感谢 表扬 锦旗 点赞 好人 辛苦 暖心 thank thanks
telling on: 举报 检举 实名 匿名 线索 有奖 别说是我 保密 不要透露 怕报复 内部员工 我知道 窝点 偷偷 非法 违法 无证 黑作坊 report anonymous
police conduct: 民警 警察 辅警 出警 不立案 不出警 态度差 态度 推诿 不作为 110 投诉 所里 笔录 没下文 警号 执法记录仪 督察 交警 police officer
government paper: 市民来电 来电人 反映 诉求 称 请相关部门 工单 转办 该市民 位于 附近 望 处理 核查 回复
grid voice: 网格 巡查 走访 发现 已劝离 已上报 网格员 志愿者 微网格 台账 整改 现场 已拍照
guard voice: 保安 岗哨 值班 门岗 巡逻 呼叫 收到 完毕 报告 监控室 已控制 已隔开 园区 厂区 sentinel
lost and found: 捡到 捡了 拾到 遗失 落在 忘在 丢在 失物 认领 掉了 掉在 找回 lost found
rescue of things: 开锁 钥匙 忘带 关门外 掏鸟 猫上树 掉下水道 掉井里 取不下来
thing of joke: 玩一下 测试 打错了 按错 没事了 随便打 骂人 无聊 唱歌 哈哈 笑死 逗你 prank
wrong door: 不归 不归我们 踢皮球 推来推去 打了好几个 跑了几趟 没人管 都不管 你们管不管 哪个部门 找谁 归谁
many hands: 牵头 联合 几个部门 一起来 协调 综合 联合执法 会同
group voice: 我们村 我们厂 全体业主 几十户 村民 工友 大家 联名 代表 业主们 家长们 集体 多户
"""
