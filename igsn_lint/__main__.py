"""``python -m igsn_lint``."""

from igsn_lint.cli import run

run()
