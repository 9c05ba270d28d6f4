"""Draws what the text output looks like: ``python docs/pictures.py`` writes images/text.svg from a real run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "text.svg"
COMMAND = "igsn-lint check examples/faulty/manuscript.md"
COLUMN, LINE, MARGIN = 7.8, 19, 18

HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="title">
<title id="title">{title}</title>
<style>
rect {{ fill: #f6f8fa; stroke: #d0d7de }}
text {{ font: 13px ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; fill: #1f2328; white-space: pre }}
.prompt {{ fill: #57606a }}
@media (prefers-color-scheme: dark) {{
  rect {{ fill: #0d1117; stroke: #30363d }}
  text {{ fill: #e6edf3 }}
  .prompt {{ fill: #8b949e }}
}}
</style>
<rect x="0.5" y="0.5" width="{inner_width:g}" height="{inner_height:g}" rx="8"/>
"""


def printed() -> list[str]:
    """Return the lines that the command prints."""
    arguments = [sys.executable, "-m", *COMMAND.replace("igsn-lint", "igsn_lint").split()]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()


def drawn(lines: list[str]) -> str:
    """Return a picture of a terminal with the command and these lines."""
    shown = [f"$ {COMMAND}", *lines]
    width = max(map(len, shown)) * COLUMN + 2 * MARGIN
    height = len(shown) * LINE + 2 * MARGIN
    title = escape(f"What {COMMAND} prints")
    rows = [HEAD.format(width=width, height=height, title=title, inner_width=width - 1, inner_height=height - 1)]
    for number, line in enumerate(shown):
        if not line.strip():
            continue
        text = line.lstrip(" ")
        x = MARGIN + (len(line) - len(text)) * COLUMN
        # Every line gets the length that it has in a terminal: the carets stand below their letters in any font.
        place = f'x="{x:g}" y="{MARGIN + number * LINE + 13}" textLength="{len(text) * COLUMN:g}"'
        kind = ' class="prompt"' if number == 0 else ""
        rows.append(f'<text{kind} {place} lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escape(text)}</text>\n')
    return "".join([*rows, "</svg>\n"])


if __name__ == "__main__":
    PICTURE.write_text(drawn(printed()), encoding="utf-8")
