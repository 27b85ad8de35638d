"""Invented names: streets, estates and firms with their transliteration."""

from __future__ import annotations

_SOUNDS = (
    "潮:chao 海:hai 渔:yu 帆:fan 云:yun 月:yue 江:jiang 石:shi 松:song 竹:zhu "
    "梅:mei 桂:gui 口:kou 州:zhou 锦:jin 香:xiang 鹿:lu 角:jiao 鼎:ding 叶:ye "
    "舟:zhou 岚:lan 苏:su 沈:shen 周:zhou 敏:min 陈:chen 汀:ting 晴:qing 旭:xu "
    "朗:lang 禾:he 知:zhi 予:yu 柏:bai 桐:tong 舒:shu 程:cheng 方:fang 何:he "
    "谷:gu 洛:luo 池:chi 简:jian 温:wen 言:yan 冬:dong 夏:xia 苗:miao 穗:sui "
    "萤:ying 葵:kui 芦:lu 苇:wei 岩:yan 峰:feng 原:yuan 川:chuan 洲:zhou 霁:ji "
    "暖:nuan 阳:yang 朝:zhao 暮:mu 雾:wu 露:lu 霜:shuang 虹:hong 蓝:lan 橙:cheng "
    "墨:mo 琴:qin 棋:qi 画:hua 诗:shi 歌:ge 鱼:yu 鲤:li 蟹:xie 贝:bei "
    "螺:luo 珊:shan 柚:you 椿:chun 楠:nan 檀:tan 槐:huai 桑:sang 芷:zhi 蕙:hui "
    "苔:tai 榕:rong 枫:feng 鹤:he 鹭:lu 鸥:ou 渡:du 塘:tang 桥:qiao 兰:lan "
    "荷:he 柳:liu 泉:quan 平:ping 安:an 宁:ning 和:he 兴:xing 泰:tai 清:qing "
    "明:ming 远:yuan 新:xin 春:chun 秋:qiu 晓:xiao 德:de 华:hua 丰:feng 盛:sheng "
    "康:kang 乐:le 嘉:jia 文:wen 景:jing 北:bei 岭:ling 东:dong 渚:zhu 迎:ying "
    "老:lao 城:cheng 埠:bu 象:xiang 山:shan 舥:pa 南:nan 汊:cha 望:wang 沙:sha "
    "头:tou 港:gang 湾:wan 浦:pu 溪:xi 坊:fang 里:li 村:cun 大:da 小:xiao "
    "吃:chi 中:zhong 西:xi 金:jin 银:yin 灯:deng 塔:ta 堤:di 岙:ao 屿:yu "
    "盐:yan 田:tian 洋:yang 前:qian 后:hou 上:shang 下:xia 横:heng 河:he 湖:hu "
    "星:xing 辰:chen 霞:xia 雁:yan 燕:yan 麦:mai 稻:dao 陶:tao 窑:yao 船:chuan "
    "锚:mao 缆:lan 汐:xi 澜:lan 波:bo 雨:yu 雪:xue 青:qing 白:bai 朱:zhu "
    "翠:cui 长:chang 广:guang 永:yong 福:fu 祥:xiang 瑞:rui 光:guang 辉:hui 学:xue "
    "书:shu 园:yuan 林:lin 杏:xing 桃:tao 李:li 橘:ju 茶:cha 棉:mian 丝:si "
    "绣:xiu 印:yin 纸:zhi 礼:li 包:bao 装:zhuang 台:tai "
)
PINYIN: dict[str, str] = {pair[0]: pair[2:] for pair in _SOUNDS.split()}

_FIRST = "潮海渔帆云月江松竹梅桂榕枫鹭鸥塘荷柳泉星霞雁稻船汐澜青翠茶陶"
_SECOND = "平安宁和兴泰明远春华丰盛康乐嘉文景"


def pinyin(text: str) -> str:
    """Transliterate invented names, first letter large: 潮平 -> Chaoping."""
    return "".join(PINYIN[char] for char in text).capitalize()


def stems() -> list[str]:
    """List two-character stems, neighbours in the list sharing their first character."""
    return [a + b for a in _FIRST for b in _SECOND if a != b and PINYIN[a] != PINYIN[b]]


BRIDGES: tuple[tuple[str, str], ...] = (
    ("象汊大桥", "Xiangcha Bridge"),
    ("老城大桥", "Laocheng Bridge"),
    ("望潮大桥", "Wangchao Bridge"),
)
QUAYS: dict[str, tuple[str, str]] = {
    "north": ("枫江北路", "Fengjiang North Road"),
    "south": ("枫江南路", "Fengjiang South Road"),
}
MAIN_ROWS_NORTH = ("灯塔", "潮平", "枫港", "迎潮", "鹤渚", "北塘", "北岭")
MAIN_ROWS_SOUTH = ("汊口", "南汊", "望潮", "石埠", "沙头", "南塘", "沙浦")
MAIN_COLUMNS_NORTH = (
    "象山", "西岭", "白石", "老埠", "锦城", "城北", "金桥", "东塘", "永福", "潮埠", "海丰", "鹤湾",
    "渔港", "东湾",
)  # fmt: skip
MAIN_COLUMNS_SOUTH = (
    "舥渡", "上渡", "下浦", "横溪", "石桥", "南桥", "城南", "永嘉", "广澜", "望海", "帆港", "沙湾",
    "盐田", "海霞",
)  # fmt: skip
SNACK_STREET = ("小吃街", "Food Street")
SUFFIX = {"大道": "Avenue", "路": "Road", "街": "Street"}


def street_name(stem: str, suffix: str) -> tuple[str, str]:
    """Compose a street's names: (潮平街, Chaoping Street)."""
    return stem + suffix, f"{pinyin(stem)} {SUFFIX[suffix]}"


COMMUNITIES: tuple[tuple[str, str, tuple[float, float]], ...] = (
    # name, transliteration, board units; names go to the nearest piece of the division
    ("北岭社区", "Beiling", (356, 160)),
    ("东塘社区", "Dongtang", (476, 244)),
    ("鹤渚社区", "Hezhu", (616, 284)),
    ("迎潮社区", "Yingchao", (372, 292)),
    ("老城社区", "Laocheng", (318, 350)),
    ("潮埠社区", "Chaobu", (566, 366)),
    ("象山社区", "Xiangshan", (170, 372)),
    ("舥渡社区", "Padu", (100, 512)),
    ("南汊社区", "Nancha", (226, 522)),
    ("石埠社区", "Shibu", (340, 610)),
    ("望潮社区", "Wangchao", (562, 582)),
    ("沙头社区", "Shatou", (494, 700)),
    ("白鹭浦社区", "Bailupu", (140, 570)),
    ("灯塔社区", "Dengta", (700, 400)),
    ("银帆社区", "Yinfan", (640, 450)),
    ("后塘社区", "Houtang", (430, 200)),
    ("盐田社区", "Yantian", (620, 120)),
    ("上岙社区", "Shang'ao", (150, 180)),
    ("梅溪社区", "Meixi", (400, 690)),
    ("窑前社区", "Yaoqian", (470, 320)),
    ("竹屿社区", "Zhuyu", (500, 420)),
    ("金桥社区", "Jinqiao", (430, 440)),
    ("榕里社区", "Rongli", (300, 420)),
    ("桂坊社区", "Guifang", (420, 380)),
    ("渔湾社区", "Yuwan", (660, 230)),
    ("长堤社区", "Changdi", (640, 690)),
    ("青禾社区", "Qinghe", (480, 560)),
    ("稻香社区", "Daoxiang", (110, 680)),
)
