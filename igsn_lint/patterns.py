"""Regular expressions that are compiled when they are first used.

Most files need few of them, and compiling all took a fifth of the time of a run over one file.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split", "pattern")


class _Lazy:
    """Stands for a Pattern; from the first use on its methods are those of the Pattern itself."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled: Any = re.compile(*self._source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """Return what acts as the compiled pattern; one that is no regular expression raises re.error when it is used."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, int(flags)))
