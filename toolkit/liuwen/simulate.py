"""The room of before: it is called `liuwen.simulation` now, and `liuwen.simulate` is the function."""

from liuwen.messages import Sentence

raise ImportError(
    Sentence(
        zh="模块 liuwen.simulate 已改名为 liuwen.simulation；请写 import liuwen as lw 后用 lw.simulate(…)。",
        en="The module liuwen.simulate is now liuwen.simulation; write import liuwen as lw and call lw.simulate(...).",
    )
)
