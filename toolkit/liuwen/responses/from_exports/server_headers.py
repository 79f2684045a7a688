"""The columns that servers and their exporters write beside the answers, whatever the form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

System = Literal[
    "instance_id", "uuid", "number", "index", "parent_index", "parent_table", "parent_key", "submission_uuid",
    "submission_number", "submitted_at", "form_version", "sent_by", "server", "other"
]  # fmt: skip

SYSTEM: Mapping[str, System] = MappingProxyType(
    {
        "instanceid": "instance_id",
        "meta/instanceid": "instance_id",
        "key": "instance_id",
        "__id": "instance_id",
        "instance_id": "instance_id",
        "_uuid": "uuid",
        "uuid": "uuid",
        "_id": "number",
        "_index": "index",
        "index": "index",
        "_parent_index": "parent_index",
        "_parent_table_name": "parent_table",
        "parent_key": "parent_key",
        "__submissions-id": "parent_key",
        "_submission__uuid": "submission_uuid",
        "_submission__id": "submission_number",
        "_submission_time": "submitted_at",
        "submission_time": "submitted_at",
        "submissiondate": "submitted_at",
        "submission_date": "submitted_at",
        "submitted_at": "submitted_at",
        "__system/submissiondate": "submitted_at",
        "_submitted_by": "sent_by",
        "submittername": "sent_by",
        "sent_by": "sent_by",
        "__system/submittername": "sent_by",
        "username": "sent_by",
        "__version__": "form_version",
        "_version_": "form_version",
        "_version": "form_version",
        "formversion": "form_version",
        "form_version": "form_version",
        "formdef_version": "form_version",
        "__system/formversion": "form_version",
        **dict.fromkeys(
            """formhub/uuid meta/rootuuid _xform_id_string _xform_id _bamboo_dataset_id _geolocation _submission__submission_time
            _submission__validation_status _submission__notes _submission__status _submission__submitted_by
            _submission___version__ _submission__tags _supplementaldetails _media_all_received subscriberid simid
            devicephonenum __odata.etag starttime endtime""".split(),
            "other",
        ),
    }
)
"""Header in lower case → what it says of a row."""

SERVER: Mapping[str, str] = MappingProxyType(
    {
        "meta/instancename": "instance_name",
        "meta/deprecatedid": "deprecated_id",
        "_status": "status",
        "status": "status",
        "__system/status": "status",
        "reviewstate": "review_state",
        "__system/reviewstate": "review_state",
        "review_status": "review_state",
        "review_quality": "review_quality",
        "review_comments": "comments",
        "_validation_status": "validation_status",
        "_validation_status/label": "validation_status",
        "_validation_status/uid": "validation_status",
        "_tags": "tags",
        "_notes": "notes",
        "_attachments": "attachments",
        "_duration": "duration",
        "duration": "duration",
        "deviceid": "device",
        "__system/deviceid": "device",
        "submitterid": "submitter_id",
        "__system/submitterid": "submitter_id",
        "attachmentspresent": "attachments_present",
        "__system/attachmentspresent": "attachments_present",
        "_media_count": "attachments_present",
        "attachmentsexpected": "attachments_expected",
        "__system/attachmentsexpected": "attachments_expected",
        "_total_media": "attachments_expected",
        "edits": "edits",
        "__system/edits": "edits",
        "_edited": "edits",
        "_last_edited": "updated_at",
        "_date_modified": "updated_at",
        "__system/updatedat": "updated_at",
        "__system/deletedat": "deleted_at",
        "deletedat": "deleted_at",
        "completiondate": "completed_at",
        "caseid": "case_id",
    }
)
"""Header in lower case → the column of `Responses.submissions` that holds what the server knows."""

LONGEST = 40
"""The length of the longest one; a longer header cannot match."""
