"""Why a submission could not change an entity; the submission itself is kept, with the fault."""

from liuwen.errors import StoreError
from liuwen.messages import Sentence

MISSING_FIELD = Sentence(zh="实体缺少“{field}”。", en="The entity has no {field}.")
BAD_FIELD = Sentence(
    zh="实体的“{field}”不合规范：{value}。",
    en='The entity\'s {field} does not follow the specification: "{value}".',
)
NO_LIST = Sentence(zh="没有实体列表“{list}”。", en='There is no entity list "{list}".')
NO_ENTITY = Sentence(
    zh="实体列表“{list}”里没有实体 {uuid}。",
    en='The entity list "{list}" has no entity {uuid}.',
)
NO_VERSION = Sentence(
    zh="实体列表“{list}”的实体 {uuid} 没有版本 {version}。",
    en='The entity {uuid} of the list "{list}" has no version {version}.',
)
DELETED = Sentence(zh="实体 {uuid} 已删除。", en="The entity {uuid} was deleted.")
THERE = Sentence(zh="实体 {uuid} 已经存在。", en="The entity {uuid} already exists.")
OTHER_LIST = Sentence(
    zh="这份问卷不写入实体列表“{list}”。",
    en='This form does not write to the entity list "{list}".',
)
NOT_PERMITTED = Sentence(
    zh="这份问卷不能对实体执行“{action}”。",
    en="This form may not {action} entities.",
)
SEVERAL = Sentence(
    zh="{total} 个实体中有 {count} 个无法处理，全部未处理：{faults}",
    en="{count} of {total} entities are invalid, so none was accepted: {faults}",
)


class EntityError(StoreError):
    """The entities of a submission could not be processed."""


class BadFieldError(EntityError):
    """A field of the `<entity>` block is missing or invalid."""

    def __init__(self, field: str, value: str | None = None) -> None:
        sentence = MISSING_FIELD if value is None else BAD_FIELD
        super().__init__(sentence.filled(field=field, value=value))
        self.field = field
        self.is_missing = value is None


class NoSuchEntityError(EntityError):
    """An update of an entity that does not exist."""

    def __init__(self, list_name: str, uuid: str) -> None:
        super().__init__(NO_ENTITY.filled(list=list_name, uuid=uuid))


class EntityIsThereError(EntityError):
    """The creation of an entity that already exists."""

    def __init__(self, uuid: str) -> None:
        super().__init__(THERE.filled(uuid=uuid))
