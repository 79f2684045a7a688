"""The room of before: it was split into `openrosa`, `store`, `server` and `sources`."""

from liuwen.messages import Sentence

raise ImportError(
    Sentence(
        zh="模块 liuwen.collect 已拆成 liuwen.store、liuwen.server、liuwen.sources、liuwen.openrosa；"
        "常用的名称请这样写：import liuwen as lw，再用 lw.Store、lw.serve、lw.Central、lw.Kobo、lw.new_keys。",
        en="The module liuwen.collect is now liuwen.store, liuwen.server, liuwen.sources and liuwen.openrosa; "
        "write import liuwen as lw and use lw.Store, lw.serve, lw.Central, lw.Kobo, lw.new_keys.",
    )
)
