"""Phrases that belong to no matter: asking for confidence, being sent from desk to desk."""

from __future__ import annotations

from maplebridge.brain.wordlist import words

SECRET_WORDS = words("""
    别说是我 莫说是我 别讲是我 不要说是我 别说我 别查我 匿名 勿提 保密 不想讲我名字 不想讲名字 不想说名字 别暴露 请保密
    怕报复 怕被报复 不要透露 别透露 谢绝回访 别让他知道 不要联系我 别联系我 别打电话 别打我电话 不要打电话 不要打我家电话
    不要打家里电话 不要发短信 别发短信 他会看 他会看我手机 手机是静音 当面给我 别回电话 不要回访 不要回电 偷偷来的 偷偷打
    要小声一点 不能让他 莫讲是我 不要讲是我 别告诉 不要告诉 不敢声张 怕孩子被穿小鞋 穿小鞋 打击报复 是我发的 别说是 千万别说
    我是匿名 不留名 不要先打电话 发完我删 不方便接电话 哪个班我就不说 别提我 不敢答 不敢署名 我是里面员工 隐去 不便透露
    anonymous anonymously confidential
    do_not_call don't_call keep_my_name_out
""")

RUNAROUND_WORDS = words("""
    踢皮球 互相踢 互相推 推来推去 都说不归 不归他们管 不归他们 谁都不管 谁都不牵头 没人牵头 一个部门管一样 跑了好几个部门 打了好几个部门
    管不了 三不管 来回推 互踢 推诿 都不管 哪家都讲不是 不归我们 你推我 两头不管 转来转去 都说管不了
""")
