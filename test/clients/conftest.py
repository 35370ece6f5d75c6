import pytest
from client import Kernel


@pytest.fixture(scope="module")
def kernel():
    """One kernel for the tests of a file."""
    with Kernel() as running:
        yield running


@pytest.fixture
def fresh():
    """A kernel for one test, which may end it."""
    with Kernel() as running:
        yield running
