"""Words that say nothing by themselves in an answer: particles, pronouns, polite phrases; in Chinese and English."""

CHINESE = """
的 了 是 在 和 与 及 或 也 都 就 还 又 很 太 更 最 比较 非常 特别 有点 一些 一点 一下 一个 一种 这 那 这个 那个 这些
那些 这里 那里 这样 那样 我 我们 你 你们 您 他 她 它 他们 她们 它们 咱 咱们 自己 自家 大家 别人 有人 谁 什么 怎么
怎样 哪 哪里 哪个 多少 几 为什么 吗 呢 吧 啊 呀 嘛 哦 嗯 哈 啦 得 地 着 过 被 把 给 对 对于 从 向 往 到 由 于 以 为
因 因为 所以 但 但是 不过 而 而且 并 并且 如果 要是 虽然 然后 能 能够 可以 可 会 要 想 应 应该 应当 需要 希望 请 请求
建议 觉得 认为 感觉 想要 最好 尽快 尽量 一定 必须 已经 正在 现在 目前 以后 以前 平时 经常 有 没有 没 不 别 无 等 等等
之 其 其他 另外 上 下 里 中 内 外 前 后 时 时候 年 月 日 天 个 些 种 次 点 件 位 所 让 使 用 来 去 做 说 讲 看 讲到
以及 关于 方面 问题 情况 事情 东西 多 少 大 小 好 再 才 只 只是 还是 还有 就是 不是 可能 是否 谢谢 感谢 没什么 不知道
不清楚 通
"""
ENGLISH = """
a an and are as at be been but by can could do does for from had has have he her his i if in into is it its just me
more most my no not of on or our out please she should so some such than thank thanks that the their them then there
these they this those to too up us very want was we were what when where which who will with would you your need
needs hope wish
"""
STOP_WORDS = frozenset(CHINESE.split()) | frozenset(ENGLISH.split())
