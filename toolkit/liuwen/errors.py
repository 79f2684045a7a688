"""The errors liuwen raises, each with one bilingual sentence that says where, what and what to do.

LiuwenError
├── FormError          a questionnaire that cannot be built as written
├── ConversionError    a form that pyxform will not convert
├── ReadError          a file that cannot be read
├── EngineError        the engine could not run, or died on what it was given
├── StoreError         a store that cannot be opened, written or read as asked
├── SourceError        another server that cannot be reached, refuses, or gives less than it counts
├── CampaignError      a programme, its registers or a story that cannot be run as written
└── AnswerError        an answer, or a question asked of the answers, that the form does not allow
"""

from liuwen.messages import Sentence


class LiuwenError(Exception):
    """Anything liuwen refuses; `sentence` holds it in both languages, `str()` gives the one in force."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class FormError(LiuwenError):
    """A questionnaire that cannot be built as written: a duplicate name, a missing wording, a dangling reference."""


class ConversionError(LiuwenError):
    """A form that pyxform will not convert; `detail` keeps what pyxform said."""

    def __init__(self, sentence: Sentence, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class ReadError(LiuwenError):
    """A file that cannot be read: missing, empty, encrypted, cut short, or of another kind."""


class EngineError(LiuwenError):
    """The engine could not run, or died on what it was given."""


class StoreError(LiuwenError):
    """A store that cannot be opened, written or read as asked."""


class SourceError(LiuwenError):
    """Another server that cannot be reached, refuses, or gives less than it counts."""


class AnswerError(LiuwenError):
    """An answer the form does not allow, or a question asked of the answers that they cannot hold."""


class CampaignError(LiuwenError):
    """A programme, its registers or a story that cannot be run as written; `faults` holds every one of them."""

    def __init__(self, sentence: Sentence, faults: tuple[object, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join([str(self.sentence), *map(str, self.faults)])


class LiuwenWarning(UserWarning):
    """Something read or done otherwise than its name promised; `sentence` holds it in both languages."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)
