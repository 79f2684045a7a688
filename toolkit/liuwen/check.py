"""The room of before: it is called `liuwen.checks` now, and `liuwen.check` is the function."""

from liuwen.messages import Sentence

raise ImportError(
    Sentence(
        zh="模块 liuwen.check 已改名为 liuwen.checks；请写 import liuwen as lw 后用 lw.check(…)。",
        en="The module liuwen.check is now liuwen.checks; write import liuwen as lw and call lw.check(...).",
    )
)
