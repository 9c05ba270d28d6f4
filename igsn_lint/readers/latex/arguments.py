"""Where the arguments of a macro begin and end; nothing is read of them."""

from __future__ import annotations

from igsn_lint.patterns import lazy

LONGEST_ARGUMENT = 20_000
_LONGEST_OPTION = 500

OPTION = lazy(r"[ \t]*\[([^\[\]\n]{0,300})\]")
_BRACE = lazy(r"\\[\s\S]|[{}]|\n[ \t]*\n")
_URL_BRACE = lazy(r"[{}]|\n[ \t]*\n")
_BRACKET = lazy(r"\\[\s\S]|[\[\]{}]|\n[ \t]*\n")
_BLANK = lazy(r"[ \t]*\n?[ \t]*(?!\n)")
_GAP = lazy(r"(?:[ \t]*%[ \t]*\n)?[ \t]*\n?[ \t]*(?!\n)")
_MARK = lazy(r"[^\sA-Za-z0-9{}\[\]\\%#~*.,;:)&$^-]")


class Arguments:
    """Finds the arguments in a text; those that never end are looked for once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._unclosed_before = 0
        self._unclosed_option = -1

    def group(self, at: int, end: int, *, url: bool = False) -> tuple[int, int] | None:
        """Return the span of the argument in braces that begins at ``at`` (behind blanks), or None."""
        blank = _GAP.match(self._source, at, end)
        begin = blank.end() if blank else at
        if not self._source.startswith("{", begin) or begin >= end or begin < self._unclosed_before:
            return None
        depth, limit = 0, min(end, begin + LONGEST_ARGUMENT)
        for match in (_URL_BRACE if url else _BRACE).finditer(self._source, begin, limit):
            brace = match[0]
            if brace == "{":
                depth += 1
            elif brace == "}":
                depth -= 1
                if depth == 0:
                    return begin + 1, match.start()
            elif url and brace[0] == "\n":
                break
        self._unclosed_before = limit
        return None

    def groups(self, at: int, end: int, count: int) -> tuple[list[tuple[int, int]], int]:
        """Return the spans of up to ``count`` arguments, and where they end."""
        found: list[tuple[int, int]] = []
        while len(found) < count and (group := self.group(at, end)) is not None:
            found.append(group)
            at = group[1] + 1
        return found, at

    def past_groups(self, at: int, end: int, count: int) -> int:
        """Return where up to ``count`` arguments at ``at`` end."""
        return self.groups(at, end, count)[1]

    def past_options(self, at: int, end: int) -> int:
        """Return where the optional arguments at ``at`` end."""
        while (option := OPTION.match(self._source, at, end)) is not None:
            at = option.end()
        return at

    def past_blank(self, at: int, end: int) -> int:
        """Return where the blanks at ``at`` end, with one line end at most."""
        blank = _BLANK.match(self._source, at, end)
        return blank.end() if blank else at

    def brackets(self, at: int, end: int) -> tuple[int, int] | None:
        """Return where the brackets of the optional argument at ``at`` stand, or None; others may lie inside it."""
        begin = self.past_blank(at, end)
        if not self._source.startswith("[", begin) or begin >= end or begin < self._unclosed_option:
            return None
        depth, braces, limit = 0, 0, min(end, begin + _LONGEST_OPTION)
        for match in _BRACKET.finditer(self._source, begin, limit):
            mark = match[0]
            if mark in "{}":
                braces += 1 if mark == "{" else -1
            elif mark[0] == "\n" or braces < 0:
                break
            elif mark in "[]" and braces == 0:
                depth += 1 if mark == "[" else -1
                if depth == 0:
                    return begin, match.start()
        self._unclosed_option = limit
        return None

    def between_marks(self, at: int, end: int) -> tuple[int, int] | None:
        """Return the span of an argument between two marks, as in ``\\url|…|``, or None."""
        if _MARK.match(self._source, at, end) is None:
            return None
        stop = self._source.find("\n", at, end)
        close = self._source.find(self._source[at], at + 1, end if stop < 0 else stop)
        return None if close < 0 else (at + 1, close)
