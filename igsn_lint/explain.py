"""Says in a curator's words what a schema engine refused: one complaint a thing that is wrong, and what is right."""

from __future__ import annotations

import re
import struct
from copy import deepcopy
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from igsn_lint import kernel
from igsn_lint.identifier import upper
from igsn_lint.model import Place
from igsn_lint.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from igsn_lint.kernel import Form

Path = tuple["str | int", ...]


class Complaint(NamedTuple):
    """One thing that a schema refuses: where, about what, of which kind, and in words.

    ``what`` is the term, attribute, key or element that is not known (in a later version it may be), ``right`` the
    term of a controlled list that differs from the value only in case.
    """

    place: Place
    subject: str
    kind: Literal["term", "unknown", "missing", "misplaced", "value"]
    words: str
    what: str = ""
    right: str | None = None

    @property
    def key(self) -> tuple[Any, str, str]:
        """What makes complaints by two versions of the schema the same."""
        return self.place.origin, self.kind, self.what

    @property
    def message(self) -> str:
        """The whole sentence; what is unknown is named in it."""
        return self.words if self.kind == "unknown" else f"{self.subject}: {self.words}"


@lru_cache(maxsize=256)
def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known name that was probably meant, or None."""
    if len(name) > _MOST:
        return None
    names = {other.lower(): other for other in known}
    near = get_close_matches(name.lower(), names, n=1, cutoff=0.85)
    return names[near[0]] if near else None


@lru_cache(maxsize=256)
def _nearest_term(value: str, terms: tuple[str, ...]) -> str | None:
    near = get_close_matches(value, terms, n=1, cutoff=0.7)
    return near[0] if near else None


def _unlisted(place: Place, subject: str, value: str, options: Iterable[str]) -> Complaint:
    """Return the complaint about a value that is none of a controlled list; it names the nearest right one."""
    folded = {upper(option): option for option in options}
    trimmed = value.strip()
    if (right := folded.get(upper(trimmed))) is not None:
        if right == trimmed:
            return Complaint(place, subject, "value", f'"{value}" has white space around the term "{right}"')
        return Complaint(place, subject, "term", f'"{value}" is spelled "{right}" in the controlled list', value, right)
    words = f'"{_short(value)}" is no term of the controlled list'
    near = _nearest_term(upper(trimmed), tuple(folded)) if len(trimmed) <= _MOST else None
    # Terms may be addresses (http://vocabulary.odm2.org/medium/rock): people give their last step.
    steps = {name.rstrip("/").rpartition("/")[2]: option for name, option in folded.items() if "/" in name}
    if near is not None or upper(trimmed) in steps:
        words += f'; the nearest is "{folded[near] if near is not None else steps[upper(trimmed)]}"'
    else:
        shown = sorted(folded.values())
        common = commonprefix(shown)  # noqa: RUF071  # it is cut back to a whole step
        start = common[: common.rfind("/") + 1]
        shown = [start + shown[0][len(start) :], *(term[len(start) :] for term in shown[1:])]
        words += f" ({', '.join(shown[:8])}{', …' if len(shown) > 8 else ''})"
    return Complaint(place, subject, "term", words, value)


_MOST = 80
"""So many characters are quoted of a value."""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MOST else text[:_MOST] + "…"


# ------------------------------------------------------------------------------------------------------------------ XML

_LIBXML2 = lazy(r"^Element '(?P<element>[^']+)'(?:, attribute '(?P<attribute>[^']+)')?: (?P<rest>.*)$", re.DOTALL)
_STEP = lazy(r"/([^/\[]+)(?:\[(\d+)\])?")
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
_CHILD = "\ufffc"

_FORMS = {
    r"\d{4}": "is no year of four digits",
    r"10\..+/.+": "is no DOI name (10.NNNNN/SUFFIX)",
}
_TYPES = {
    "xs:language": "is no language tag (en, de, pt-BR)",
    "xs:anyURI": "is no URI",
    "xs:float": "is no number",
    "xs:dateTime": "is no date with a time (2013-06-19T03:28:20Z)",
    "value.moment": "is no year, month, date or time (2013, 2013-06, 2013-06-19, 2013-06-19T03:28:20Z)",
}
_PATTERN = lazy(r"\[facet 'pattern'\] The value '(.*)' is not accepted by the pattern '(.*)'\.?", re.DOTALL)
_RANGE = lazy(
    r"\[facet '(m..)(?:In|Ex)clusive'\] The value '(.*)' is (?:less|greater) than the .* \('(.*)'\)\.?", re.DOTALL
)
_NO_VALUE = lazy(r"'(.*)' is not a valid value of the .*type '(.*)'\.?", re.DOTALL)
_NOT_IN_LIST = lazy(r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.?", re.DOTALL)
_FIXED = lazy(r"The value '(.*)' does not match the fixed value constraint '(.*)'\.?", re.DOTALL)
_REQUIRED = lazy(r"The attribute '(.*)' is required but missing\.?")
_ROUNDS = 25
"""So often a record is looked at again without the elements that do not belong in it."""


def explain_xml(element: Any, judged: Any, schema: Any, form: Form) -> list[Complaint]:
    """Return what ``schema`` has just refused in a record, one complaint for each thing that is wrong.

    ``form`` is what the record may hold, ``judged`` what was validated: the record, or a copy of it in another
    namespace. libxml2 looks no further in an element once something in it is out of place: that is taken out of a copy,
    and the copy is looked at again.
    """
    log = list(schema.error_log)
    if judged is element and any("element is not expected" in error.message for error in log):
        judged = deepcopy(element)
    own = _counterparts(judged, element)
    found = _Found(judged, own, form)
    for _ in range(_ROUNDS):
        steps = _Steps(judged)
        for error in log:
            found.take(steps.to(error.path), error.message)
        if not found.out_of_place:
            break
        for child in found.out_of_place:
            parent = child.getparent()
            if parent is not None:
                parent.remove(child)
        found.out_of_place = []
        if schema.validate(judged):
            break
        log = list(schema.error_log)
    return list(found.complaints())


def _counterparts(copy: Any, element: Any) -> dict[Any, Any]:
    """Return for each node of a copy what it is a copy of; the copy may lack the last children of an element."""
    own = {}
    stack = [(copy, element)]
    while stack:
        one, other = stack.pop()
        own[one] = other
        stack += zip(one, other, strict=False)
    return own


class _Steps:
    """Follows libxml2's paths, which count from the record."""

    def __init__(self, element: Any) -> None:
        self._element = element
        self._children: dict[Any, dict[str, list[Any]]] = {}

    def to(self, path: str | None) -> Any:
        """Return the element at a path, as far as it can be followed."""
        found = self._element
        for name, index in _STEP.findall(path or "")[1:]:
            children = self._of(found).get(name, ())
            position = int(index or 1) - 1
            if position >= len(children):
                break
            found = children[position]
        return found

    def _of(self, parent: Any) -> dict[str, list[Any]]:
        if parent not in self._children:
            by_name: dict[str, list[Any]] = {"*": []}
            for child in parent:
                if isinstance(child.tag, str):
                    by_name["*"].append(child)
                    local = _local(child)
                    by_name.setdefault(f"{child.prefix}:{local}" if child.prefix else local, []).append(child)
            self._children[parent] = by_name
        return self._children[parent]


class _Found:
    """Gathers what libxml2 says about a record, in whatever order, to complaints."""

    def __init__(self, root: Any, own: dict[Any, Any], form: Form) -> None:
        self._root, self._own, self._whole = root, own, form
        self._said: dict[tuple[Any, str | None], Complaint] = {}
        self._missing: dict[Any, list[str]] = {}
        self._explained: dict[Any, set[str]] = {}
        self.out_of_place: list[Any] = []

    def complaints(self) -> Iterator[Complaint]:
        """Yield the complaints; what is missing is told at the element that lacks it, unless something says why."""
        yield from self._said.values()
        for element, names in self._missing.items():
            lacking = [name for name in names if name not in self._explained.get(element, ())]
            if lacking:
                place = Place((element, None))
                yield Complaint(place, _local(element), "missing", f"missing: {', '.join(lacking)}", lacking[0])

    def _say(self, complaint: Complaint) -> None:
        self._said.setdefault(complaint.place.origin, complaint)

    def _lacks(self, element: Any, names: Iterable[str]) -> None:
        known = self._missing.setdefault(self._own[element], [])
        known += [name for name in names if name not in known]

    def _explain(self, element: Any, name: str | None) -> None:
        if name is not None:
            self._explained.setdefault(self._own[element], set()).add(name)

    def _form(self, element: Any) -> Form:
        path: list[str] = []
        while element is not None and element is not self._root:
            path.append(_local(element))
            element = element.getparent()
        return kernel.form_at(self._whole, reversed(path))

    def take(self, target: Any, message: str) -> None:
        """Take in one line of libxml2's log."""
        match = _LIBXML2.match(message)
        attribute = match["attribute"] if match else None
        rest = match["rest"].strip() if match else message
        if attribute is not None:
            self._attribute(target, attribute, rest)
        elif required := _REQUIRED.fullmatch(rest):
            self._lacks(target, [f"attribute {_readable(required[1])}"])
        elif rest.startswith("This element is not expected"):
            self._unexpected(target)
        elif rest.startswith("Missing child"):
            self._incomplete(target, rest)
        else:
            self._value(target, rest)

    def _attribute(self, target: Any, attribute: str, rest: str) -> None:
        name = _readable(attribute)
        place = Place((self._own[target], attribute))
        subject = f"attribute {name} of {_local(target)}"
        if rest.startswith("The attribute"):
            known = self._form(target).attributes
            near = nearest(name, tuple(other for other in known if other != name))
            words = f'{_local(target)} has no attribute "{name}"'
            if near is not None:
                words += f'; the nearest is "{near}"'
                self._explain(target, f"attribute {near}")
            self._say(Complaint(place, _local(target), "unknown", words, f"attribute {name}"))
        else:
            self._say(_refused(place, subject, target.get(attribute, ""), rest))

    def _value(self, target: Any, rest: str) -> None:
        own = self._own[target]
        name = _local(target)
        if rest.startswith(("Character content", "Element content")):
            text = _own_text(own)
            strewn = re.search(rf"[^\s{_CHILD}]+(?:[^\S\n]+[^\s{_CHILD}]+)*", text)
            if rest.startswith("Character") and strewn is not None:
                place = Place((own, ""), *strewn.span())
                words = f'text may not stand here ("{_short(strewn[0])}")'
                self._say(Complaint(place, name, "value", words, "text"))
                return
            inner = next((child for child in own if isinstance(child.tag, str)), own)
            self._say(Complaint(Place((inner, None)), name, "value", "no elements may stand in it"))
            return
        value = "".join(target.itertext()) if len(target) else target.text or ""
        # The place of an empty text is the element, as readers have it: at one place only one rule speaks.
        self._say(_refused(Place((own, "" if _own_text(own) else None)), name, value, rest))

    def _incomplete(self, target: Any, rest: str) -> None:
        """Take in that children are missing; libxml2 names ten at most, and those that may be absent as well."""
        form = self._form(target)
        present = {_local(child) for child in target if isinstance(child.tag, str)}
        lacking = [name for name in form.needed if name not in present]
        if not lacking:
            listed = re.findall(r"(?:\{[^}]*\}|[( ])([A-Za-z]+)(?=[ ,])", rest[rest.rfind("( ") :])
            child = form.children.get(listed[0]) if listed else None
            if len(listed) == 1 and child is not None and child.least > 1:
                lacking.append(f"{listed[0]} (at least {child.least})")
            elif listed:
                lacking.append(" or ".join(listed))
        self._lacks(target, lacking)

    def _unexpected(self, target: Any) -> None:
        """Take in that an element is out of place: unknown, one too many, or behind what it must precede."""
        parent = target.getparent()
        if parent is None:
            return
        name, above = _local(target), _local(parent)
        place = Place((self._own[target], None))
        form = self._form(parent)
        if _namespace(target) != _namespace(parent):
            right = _namespace(parent)
            words = f'{name}: its namespace is "{_namespace(target)}" instead of "{right}"'
            self._explain(parent, name)
            self._say(Complaint(place, name, "unknown", words, f"element {name}"))
            self.out_of_place.append(target)
            return
        child = form.children.get(name)
        if child is None:
            for other in parent.iterchildren(f"{{{_namespace(parent)}}}*"):
                if _local(other) not in form.children:
                    self._unknown(other, above, form)
            return
        self.out_of_place.append(target)
        present = [_local(other) for other in parent if isinstance(other.tag, str)]
        self._explain(parent, name)
        if child.most is not None and present.count(name) > child.most:
            words = "it stands twice; once is allowed" if child.most == 1 else f"it may stand {child.most} times"
            self._say(Complaint(place, name, "misplaced", words, f"element {name}"))
            return
        lacking = [needed for needed in form.needed if needed not in present]
        if lacking and form.in_order:
            self._lacks(parent, lacking)
            return
        words = "it does not belong here"
        if form.in_order:
            words = f"it stands in the wrong place; the order in {above} is {', '.join(form.children)}"
        self._say(Complaint(place, name, "misplaced", words, f"element {name}"))

    def _unknown(self, element: Any, above: str, form: Form) -> None:
        """Say that an element is unknown where it stands, and what was probably meant."""
        name = _local(element)
        holder = form.holder_of(name)
        # What holds things of one name only lacks none where they are there under another.
        only = next(iter(form.children)) if len(form.children) == 1 else None
        near = holder or nearest(name, tuple(form.children)) or only
        words = f'{above} has no element "{_short(name)}"'
        if holder is not None:
            words += f'; it belongs in "{holder}"'
        elif near is not None:
            words += f'; the nearest is "{near}"'
        self._explain(element.getparent(), near)
        self._say(Complaint(Place((self._own[element], None)), above, "unknown", words, f"element {name}"))
        self.out_of_place.append(element)


def _refused(place: Place, subject: str, value: str, rest: str) -> Complaint:
    """Return the complaint about a value that libxml2 refuses."""
    if match := _NOT_IN_LIST.fullmatch(rest):
        return _unlisted(place, subject, value, re.findall(r"'([^']*)'", match[2]))
    shown = f'"{_short(value)}"'
    if match := _FIXED.fullmatch(rest):
        if upper(value.strip()) == upper(match[2]):
            return _unlisted(place, subject, value, [match[2]])
        return Complaint(place, subject, "value", f'{shown} must be "{match[2]}"')
    if match := _PATTERN.fullmatch(rest):
        return Complaint(place, subject, "value", f"{shown} {_FORMS.get(match[2], 'has not the required form')}")
    if "[facet 'minLength']" in rest or ("[facet 'length']" in rest and not value):
        return Complaint(place, subject, "value", "it may not be empty")
    if "[facet 'length']" in rest:
        return Complaint(place, subject, "value", f"{shown}: it must be empty")
    if match := _RANGE.fullmatch(rest):
        side = "least" if match[1] == "min" else "most"
        if not re.search(r"[0-9]", value):
            return Complaint(place, subject, "value", f"{shown} is no number")
        return Complaint(place, subject, "value", f"{shown} is out of range, the {side} is {match[3]}")
    if match := _NO_VALUE.fullmatch(rest):
        kind = match[2]
        if kind not in _TYPES:
            kind = "xs:float" if kind.endswith("tude") else kind
        return Complaint(place, subject, "value", f"{shown} {_TYPES.get(kind, 'is no valid value here')}")
    return Complaint(place, subject, "value", re.sub(r"\{[^}]*\}", "", rest))


def _readable(attribute: str) -> str:
    name = attribute.replace(_XML_NAMESPACE, "xml:")
    return name.rpartition("}")[2]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _namespace(element: Any) -> str:
    return str(element.tag).rpartition("}")[0].lstrip("{")


def _own_text(element: Any) -> str:
    """Return the text of an element with one character for each child, as the reader counts it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            pieces.append(_CHILD)
        pieces.append(child.tail or "")
    return "".join(pieces)


# ----------------------------------------------------------------------------------------------------------------- JSON

_JSON_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a number",
}
_LONGITUDES = {"pointLongitude", "westBoundLongitude", "eastBoundLongitude"}
_LATITUDES = {"pointLatitude", "southBoundLatitude", "northBoundLatitude"}


def explain_json(errors: Iterable[Any], record: Any, path: Path, version: str, *, partial: bool) -> list[Complaint]:
    """Return what the JSON Schema refuses in a record that stands at ``path``; nothing where the XSD takes it all.

    Missing keys are told at the object that lacks them; null counts as absent. ``partial`` leaves out what is missing
    at the top.
    """
    missing: dict[Path, list[str]] = {}
    said: dict[Path, Complaint] = {}
    explained: dict[Path, set[str]] = {}
    for each in errors:
        error = _seen(each)
        at, kind, value, detail = error
        if kind == "Required":
            missing.setdefault(at, []).append(str(detail))
        elif kind == "Type" and value is None and at and isinstance(at[-1], str):
            missing.setdefault(at[:-1], []).append(at[-1])
        elif kind == "AdditionalProperties":
            for key in detail:
                complaint, near = _unknown_key(str(key), at, path, version)
                said.setdefault((*at, key), complaint)
                if near is not None:
                    explained.setdefault(at, set()).add(near)
        elif not (kind in {"Pattern", "Minimum", "Maximum"} and _xsd_takes(at, value)):
            complaint = _json_complaint(Place((*path, *at)), at, kind, value, detail)
            if at not in said or kind == "Type":
                said[at] = complaint
    yielded = list(said.values())
    for at, keys in missing.items():
        if partial and not at:
            continue
        holder = _value_at(record, at)
        lacking = [key for key in dict.fromkeys(keys) if key not in explained.get(at, ())]
        if "name" in lacking and isinstance(holder, dict) and str(holder.get("familyName") or "").strip():
            # DataCite writes the name of a person from its parts.
            lacking.remove("name")
        if lacking:
            strays = tuple(islice(holder, _MOST)) if isinstance(holder, dict) and not at else ()
            meant = {key: stray for key in lacking if (stray := nearest(key, strays)) not in {None, *lacking}}
            words = ", ".join(f'{key} (there is "{meant[key]}")' if key in meant else key for key in lacking)
            yielded.append(Complaint(Place((*path, *at)), _named(at), "missing", f"missing: {words}", lacking[0]))
    return yielded


def _xsd_takes(at: Path, value: Any) -> bool:
    """Return whether the XSD takes a number that the JSON Schema refuses, whose patterns can not compute.

    xs:float has 32 bits: 180.0000001 is 180. Digits of any script make a year.
    """
    key = next((step for step in reversed(at) if isinstance(step, str)), "")
    if key == "publicationYear":
        text = str(value).strip(" \t\r\n")
        return len(text) == 4 and text.isdecimal()
    limit = 180 if key in _LONGITUDES else 90 if key in _LATITUDES else None
    if limit is None or isinstance(value, bool):
        return False
    text = str(value).strip(" \t\r\n")
    match = re.fullmatch(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:[eE]([+-]?[0-9]*))?", text)
    if match is None:
        return False
    try:
        # libxml2 takes an exponent without digits.
        exponent = match[2] if match[2] and match[2][-1].isdigit() else "0"
        (number,) = struct.unpack("f", struct.pack("f", float(f"{match[1]}e{exponent}")))
        return bool(abs(number) <= limit)
    except OverflowError:
        return False


def _unknown_key(key: str, at: Path, path: Path, version: str) -> tuple[Complaint, str | None]:
    """Return the complaint about a key that the schema does not know, and the key that was probably meant."""
    known = kernel.json_keys(version, tuple(step for step in at if isinstance(step, str)))
    near = nearest(key, known)
    words = f'{_named(at)}: there is no key "{_short(key)}" here' + (f'; the nearest is "{near}"' if near else "")
    return Complaint(Place((*path, *at, key)), _named(at), "unknown", words, f"key {_short(key)}"), near


def _value_at(value: Any, at: Path) -> Any:
    for step in at:
        value = value[step]
    return value


def _named(at: Path) -> str:
    return ".".join(str(step) for step in at if isinstance(step, str)) or "record"


class _Seen(NamedTuple):
    """One error in the same terms for both JSON engines."""

    path: Path
    kind: str
    value: Any
    detail: Any


_KINDS = {
    "required": "Required",
    "enum": "Enum",
    "additionalProperties": "AdditionalProperties",
    "type": "Type",
    "pattern": "Pattern",
    "minLength": "MinLength",
    "minItems": "MinItems",
    "maxItems": "MaxItems",
    "minimum": "Minimum",
    "maximum": "Maximum",
    "contains": "Contains",
    "minContains": "Contains",
    "minProperties": "MinProperties",
}
_DETAILS = {"Required": "property", "Enum": "options", "AdditionalProperties": "unexpected", "Type": "types"}


def _seen(error: Any) -> _Seen:
    """Return an error of jsonschema-rs or of jsonschema in the same terms."""
    if hasattr(error, "instance_path"):
        kind = type(error.kind).__name__.rpartition("_")[2]
        detail = getattr(error.kind, _DETAILS.get(kind, "limit"), None)
        return _Seen(tuple(error.instance_path), kind, error.instance, detail)
    detail = error.validator_value
    if error.validator == "required":
        detail = next((key for key in detail if error.message.startswith(f"{key!r} is")), detail)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {})
        detail = [key for key in error.instance if key not in known]
    kind = _KINDS.get(str(error.validator), str(error.validator))
    return _Seen(tuple(error.absolute_path), kind, error.instance, detail)


def _json_complaint(place: Place, at: Path, kind: str, value: Any, detail: Any) -> Complaint:
    """Return one complaint of a JSON engine in words that a curator understands."""
    subject = _named(at)
    shown = f'"{_short(value)}"' if isinstance(value, str) else "a list" if isinstance(value, list) else str(value)
    if isinstance(value, dict):
        shown = "an object"
    if kind == "Enum" and isinstance(value, str):
        return _unlisted(place, subject, value, [str(option) for option in detail if option is not None])
    words = f"{shown} is no valid value here"
    names = [detail] if isinstance(detail, str) else [str(name) for name in detail] if kind == "Type" else []
    if names == ["null"] or (kind == "MaxItems" and detail == 0):
        # A key that this version of the schema does not have yet.
        words = f'{_named(at[:-1])}: there is no key "{at[-1]}" here'
        return Complaint(place, _named(at[:-1]), "unknown", words, f"key {at[-1]}")
    if kind == "Type":
        wanted = " or ".join(dict.fromkeys(_JSON_TYPES.get(name, name) for name in names if name != "null"))
        words = f"expected {wanted}, not {'null' if value is None else shown}"
    elif kind == "Pattern":
        words = f"{shown} {_form_of(at)}"
    elif kind == "MinLength":
        words = "it may not be empty"
    elif kind == "MinItems":
        words = f"at least {detail} must be given"
    elif kind == "MaxItems":
        words = f"at most {detail} may be given"
    elif kind in {"Minimum", "Maximum"}:
        side = "least" if kind == "Minimum" else "most"
        words = f"{shown} is out of range, the {side} is {_whole(detail)}"
    elif kind == "Contains" and subject.endswith("geoLocationPolygon"):
        words = "a polygon has at least 4 points, each under the key polygonPoint, and one inPolygonPoint at most"
    return Complaint(place, subject, "value", words)


def _whole(number: Any) -> Any:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _form_of(at: Sequence[str | int]) -> str:
    """Return what a text under this key is not."""
    key = next((str(step) for step in reversed(at) if isinstance(step, str)), "")
    if key == "publicationYear":
        return "is no year of four digits"
    if key in _LONGITUDES or key in _LATITUDES:
        limit = 180 if key in _LONGITUDES else 90
        return f"is no number from -{limit} to {limit}"
    if key in {"language", "lang"}:
        return _TYPES["xs:language"]
    if key in {"doi", "id", "identifier"}:
        return _FORMS[r"10\..+/.+"]
    return _TYPES["xs:anyURI"] if key.lower().endswith(("uri", "classificationcode")) else "has not the required form"
