"""Why a submission could not change an entity; the submission itself is kept all the same, and the fault beside it."""

from liuwen.errors import StoreError
from liuwen.messages import Sentence

MISSING_FIELD = Sentence(zh="实体缺少“{field}”。", en="Required parameter {field} missing.")
BAD_FIELD = Sentence(
    zh="实体的“{field}”不合规范：{value}。", en='The entity\'s {field} is not as the specification has it: "{value}".'
)
NO_LIST = Sentence(zh="没有实体清单“{list}”。", en="The dataset ({list}) specified in the submission does not exist.")
NO_ENTITY = Sentence(
    zh="清单“{list}”里没有实体 {uuid}。", en="The entity with UUID ({uuid}) does not exist in the dataset ({list})."
)
NO_VERSION = Sentence(
    zh="清单“{list}”的实体 {uuid} 没有版本 {version}。",
    en="Base version ({version}) does not exist for entity UUID ({uuid}) in dataset ({list}).",
)
DELETED = Sentence(zh="实体 {uuid} 已删除。", en="The entity with UUID ({uuid}) has been deleted.")
THERE = Sentence(zh="实体 {uuid} 已经存在。", en="A resource already exists with uuid value(s) of {uuid}.")
NOT_PERMITTED = Sentence(
    zh="这个表单不可对实体执行“{action}”。", en="The form does not permit the entity action ({action}) of the submission."
)
SEVERAL = Sentence(
    zh="{total} 个实体中有 {count} 个无法处理，全部未处理：{faults}",
    en="There were {count} errors among {total} entities, none was processed: {faults}",
)


class EntityError(StoreError):
    """A submission whose entities could not be processed."""


class BadFieldError(EntityError):
    """A field of the `<entity>` block that is missing or wrong."""

    def __init__(self, field: str, value: str | None = None) -> None:
        sentence = MISSING_FIELD if value is None else BAD_FIELD
        super().__init__(sentence.filled(field=field, value=value))
        self.field = field
        self.is_missing = value is None


class NoSuchEntityError(EntityError):
    """An update of an entity that is not there."""

    def __init__(self, list_name: str, uuid: str) -> None:
        super().__init__(NO_ENTITY.filled(list=list_name, uuid=uuid))


class EntityIsThereError(EntityError):
    """The creation of an entity that is there already."""

    def __init__(self, uuid: str) -> None:
        super().__init__(THERE.filled(uuid=uuid))
