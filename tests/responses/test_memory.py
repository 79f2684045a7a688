"""What a reading changes in how memory is taken ends with it."""

import pyarrow as pa
import pytest

from liuwen.errors import ReadError
from liuwen.form.model import Form
from liuwen.responses import read_responses


def test_arrow_takes_memory_as_before_once_it_is_read(visit: Form) -> None:
    own = pa.default_memory_pool().backend_name
    read_responses([b'<data id="visit"><village>East</village></data>'], visit)
    assert pa.default_memory_pool().backend_name == own
    with pytest.raises(ReadError):
        read_responses([b'<data id="other"/>'], visit)
    assert pa.default_memory_pool().backend_name == own
