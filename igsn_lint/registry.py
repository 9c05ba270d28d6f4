"""What exists: the rules and checks of igsn-lint and of installed plugins (entry points ``igsn_lint.rules``)."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from igsn_lint import data
from igsn_lint.model import Check, Rule
from igsn_lint.rules import BadPage, name_on, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint
    from types import ModuleType

ENTRY_POINTS = "igsn_lint.rules"


class UnknownRule(LookupError):
    """A selector that names no rule; ``nearest`` is the rule that was probably meant, or None."""

    def __init__(self, selector: str, nearest: str | None) -> None:
        hint = f"; did you mean {nearest}?" if nearest else ""
        super().__init__(f"there is no rule {selector!r}{hint}")
        self.selector, self.nearest = selector, nearest


class BadPlugin(ValueError):
    """An installed plugin that can not be used; the message names its entry point, and the page if there is one."""


class Registry:
    """Rules by code (read when they are asked for) and the checks that look for their breaches."""

    def __init__(self, checks: Iterable[Check], folders: Iterable[str]) -> None:
        self.checks = tuple(checks)
        self._pages = {
            name[:-3]: os.path.join(folder, name)
            for folder in folders
            for name in sorted(os.listdir(folder))
            if name.endswith(".md") and name != "README.md"
        }
        self._rules: dict[str, Rule] = {}

    @classmethod
    def load(cls) -> Registry:
        """Return the registry of igsn-lint's own rules and those of installed plugins.

        Raises BadPlugin where one of these can not be used.
        """
        registry = cls(_checks(_own_modules()), [data.folder("rules")])
        givers: dict[str, str] = {}
        for entry in _entry_points():
            registry._add(_plugin(entry), _named(entry), givers)
        return registry

    def _add(self, plugin: Registry, name: str, givers: dict[str, str]) -> None:
        """Take in the rules of a plugin; ``givers`` are the names of the plugins that gave a rule, by its code."""
        for code in plugin.codes:
            if code in self._pages and self._pages[code] != plugin._pages[code]:
                raise BadPlugin(f"there are two rules {code}: one of {givers.get(code, 'igsn-lint')}, one of {name}")
            givers[code] = name
        self._pages.update(plugin._pages)
        # A module may be named by two entries.
        self.checks = tuple(dict.fromkeys([*self.checks, *plugin.checks]))

    @property
    def codes(self) -> list[str]:
        """The codes of all rules, sorted."""
        return sorted(self._pages)

    def rule(self, code: str) -> Rule:
        """Return a rule by its code.

        Raises UnknownRule where there is none.
        """
        if code not in self._rules:
            if code not in self._pages:
                raise UnknownRule(code, self._nearest(code))
            self._rules[code] = read_page(self._pages[code])
        return self._rules[code]

    def rules(self) -> list[Rule]:
        """Return all rules, sorted by code."""
        return [self.rule(code) for code in self.codes]

    def select(self, selector: str) -> set[str]:
        """Return the codes that a selector names: a code, the beginning of codes (``IL2``), or a rule's name.

        Raises UnknownRule, with the nearest right one, where it names none.
        """
        wanted = selector.strip()
        upper = wanted.upper()
        if upper in self._pages:
            return {upper}
        if upper.isalnum() and (found := {code for code in self._pages if upper and code.startswith(upper)}):
            return found
        if wanted.lower() in self._by_name:
            return {self._by_name[wanted.lower()]}
        raise UnknownRule(selector, self._nearest(wanted))

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The codes of the rules by their names."""
        return {name_on(self._pages[code]): code for code in self.codes}

    def _nearest(self, selector: str) -> str | None:
        from difflib import get_close_matches

        names = [*self.codes, *self._by_name]
        lower = {name.lower(): name for name in names}
        found = get_close_matches(selector.lower(), lower, n=1, cutoff=0.5)
        return lower[found[0]] if found else None


def _own_modules() -> Iterator[ModuleType]:
    package = import_module("igsn_lint.checks")
    for name in sorted(os.listdir(os.path.dirname(str(package.__file__)))):
        if name.endswith(".py") and not name.startswith("_"):
            yield import_module(f"igsn_lint.checks.{name[:-3]}")


def _checks(modules: Iterable[Any]) -> Iterator[Check]:
    for module in modules:
        yield from (value for value in vars(module).values() if isinstance(value, Check))


def _entry_points() -> Iterable[EntryPoint]:
    """Return what installed plugins offer.

    Distributions are looked through by hand first: ``importlib.metadata`` is imported only where there is a plugin.
    """
    if not any(_offers_rules(folder) for folder in sys.path):
        return ()
    from importlib.metadata import entry_points

    return sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value))


def _named(entry: EntryPoint) -> str:
    """Return the words that name an entry point."""
    package = f" of the package {entry.dist.name}" if entry.dist is not None else ""
    return f"the entry point {entry.name} = {entry.value}{package}"


def _plugin(entry: EntryPoint) -> Registry:
    """Return the rules of a plugin by themselves: a module with checks and ``RULES``, the folder of their pages.

    Raises BadPlugin, for pages, too, which are all read: nobody else has tested them.
    """
    try:
        module = entry.load()
    except (Exception, SystemExit) as error:  # what it runs is not ours
        raise BadPlugin(f"{_named(entry)}: it can not be loaded: {type(error).__name__}: {error}") from error
    if not hasattr(module, "RULES"):
        raise BadPlugin(f"{_named(entry)}: {entry.value} has no RULES, the folder of its rule pages")
    try:
        plugin = Registry(_checks([module]), [str(module.RULES)])
        subjects = {rule.code: rule.subject for rule in plugin.rules()}
    except BadPage as error:
        raise BadPlugin(f"{_named(entry)}: {error}") from error
    except OSError as error:
        raise BadPlugin(f"{_named(entry)}: {error.filename}: {error.strerror}") from error
    for check in plugin.checks:
        if check.code not in subjects:
            raise BadPlugin(f"{_named(entry)}: {module.RULES} has no page {check.code}.md for the check {check.code}")
        if check.subject.__name__ != subjects[check.code]:
            raise BadPlugin(
                f"{_named(entry)}: the check {check.code} looks at a {check.subject.__name__}, "
                f"its page says {subjects[check.code]}"
            )
    return plugin


def _offers_rules(folder: str) -> bool:
    try:
        names = [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    for name in names:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                if b"[igsn_lint.rules]" in file.read():
                    return True
        except OSError:
            continue
    return False
