"""Words so common that a passage without them still answers a query."""

ENGLISH = frozenset(
    "a about also an and any are as at be been both but by can could did do does each for from had has have"
    " he her his how i if in into is it its many may me much my no not of on only or other our own same she"
    " should so some such than that the their them then there these they this those to too us very was we"
    " were what when where which who whom whose why will with would you your".split()
)
"""English function words and question words, folded."""

CHINESE = frozenset(
    "的 了 和 与 及 或 在 是 有 对 从 到 为 以 于 把 被 将 就 也 都 而 但 所 其 之 这 那 哪 个 些 吗 呢 吧 啊"
    " 什么 怎么 怎样 怎么样 如何 为何 为什么 哪个 哪些 哪里 哪儿 哪年 哪一 多少 几个 谁 何时 何地 是否"
    " 哪位 哪种 哪家 哪项 哪座 哪一年 哪一个 哪一种 哪一位 何种 什么样 多大 多长 多久 多远 多少个"
    " 有关 关于 以及 或者 可以 因为 进行 我们 他们 它们 你们 它 他 她 该 这个 那个 这些 那些 每个"
    " 一个 一种 的话 之间 其中".split()
)
"""Chinese function words and question words, Simplified."""

QUESTIONS = frozenset(
    "how what when where which who whom whose why ? ？"
    " 什么 怎么 怎样 怎么样 如何 为何 为什么 哪 哪个 哪些 哪里 哪儿 哪年 哪一 哪位 哪种 哪家 哪项 哪座"
    " 哪一年 哪一个 哪一种 哪一位 何种 何时 何地 什么样 谁 多少 多少个 几 几个 多大 多长 多久 多远"
    " 是否 吗".split()
)
"""Words that make a question, folded."""

LINKING = frozenset(
    "according although among based because become came come despite due during even first"
    " furthermore get getting given go going got here however include included includes including"
    " indeed just know last later least less like likely made make makes making meanwhile"
    " moreover more most much need next now off once one out over per rather really said say"
    " saying says second see several since still take than therefore though through thus toward"
    " towards two under until up upon use used using want way well whether while within without"
    " yet 不是 不同 不仅 不过 但是 例如 其他 其实 包括 只是 另外 同时 因此 如果 已经 并且 很多"
    " 所以 所有 才能 按照 是因为 有些 根据 正在 此外 没有 然后 然而 现在 由于 目前 相关 看到 知道"
    " 能够 自己 虽然 许多 认为 这样 这种 这里 通过 那么 还有 都是 需要 非常".split()
)
"""Words that link, report or count, whatever a text is about; folded. Lists of telling words omit them."""
