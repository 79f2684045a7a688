"""What the states of a matter are called."""

from liuwen.messages import Sentence

STATE_NAMES = {
    "open": Sentence(zh="办理中", en="open"),
    "applied": Sentence(zh="等待上一级受理", en="waiting for the next tier"),
    "done": Sentence(zh="已办结，待反馈", en="done, answers still owed"),
    "explained": Sentence(zh="已解释，待反馈", en="explained, answers still owed"),
    "closed": Sentence(zh="已销号", en="struck off"),
    "withdrawn": Sentence(zh="已撤回", en="withdrawn"),
    "duplicate": Sentence(zh="已并入别的事项", en="merged into another"),
    "settled": Sentence(zh="当场解决", en="settled on the spot"),
}
