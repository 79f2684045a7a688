"""The room of before: it is called `liuwen.explorers` now, and `liuwen.explore` is the function."""

from liuwen.messages import Sentence

raise ImportError(
    Sentence(
        zh="模块 liuwen.explore 已改名为 liuwen.explorers；请写 import liuwen as lw 后用 lw.explore(…)。",
        en="The module liuwen.explore is now liuwen.explorers; write import liuwen as lw and call lw.explore(...).",
    )
)
