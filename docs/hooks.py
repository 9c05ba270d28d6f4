"""A hook of MkDocs: takes the rule pages into the site, and leads links to other files to the repository.

So the pages are plain Markdown whose links work in a checkout, too.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_ABOVE = re.compile(r"\]\(\.\./(?P<path>[^)\s]+)\)")


def on_files(files: Any, *, config: Any) -> Any:
    """Add the pages of the rules."""
    from mkdocs.structure.files import File

    for page in sorted(ROOT.glob("rules/IL*.md")):
        files.append(File.generated(config, f"rules/{page.name}", abs_src_path=str(page)))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: Any, files: Any) -> str:
    """Return the text of a page with links that leave the folder ``docs`` set right."""

    def target(link: re.Match[str]) -> str:
        path = link["path"]
        return f"]({path})" if path.startswith("rules/IL") else f"]({config.repo_url.rstrip('/')}/blob/main/{path})"

    return _ABOVE.sub(target, markdown)
