"""Functions of the tests travel to the worker whole, since it cannot import the modules that hold them."""

from collections.abc import Iterator

import cloudpickle
import pytest


@pytest.fixture(autouse=True, scope="module")
def travelling_whole(request: pytest.FixtureRequest) -> Iterator[None]:
    """Send the functions of the module by value."""
    cloudpickle.register_pickle_by_value(request.module)
    yield
    cloudpickle.unregister_pickle_by_value(request.module)
