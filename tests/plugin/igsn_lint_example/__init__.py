"""An example plugin: one rule of a repository that names its samples after its own scheme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from igsn_lint.model import Breach, Context, Mention, check

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Path(__file__).parent / "rules"


@check("EX001", Mention)
def foreign_namespace(mention: Mention, context: Context) -> Iterator[Breach]:
    """Report declared IDs outside the namespace of this repository."""
    if mention.role == "declared" and not mention.sample.startswith("SSH"):
        yield mention.breach(f'"{mention.suffix}" is not of the namespace SSH')
