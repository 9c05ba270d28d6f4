"""Where the tests find the corpora beside the checkout, and what they share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of corpora; a test that needs it is skipped where it is absent."""
    folder = SHARED / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora (../shared/corpora) are not beside this checkout")
    return folder
