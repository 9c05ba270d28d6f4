"""IL4: where a sample comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from igsn_lint import facts
from igsn_lint.checks._plain import plain_places
from igsn_lint.checks._values import NUMBER, degrees, is_kind, is_whole, position, stands, with_text
from igsn_lint.model import Breach, Context, Record, Related, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from igsn_lint.model import Item

_FORMS = ("geoLocationPlace", "geoLocationPoint", "geoLocationBox", "geoLocationPolygon")
_SIDES = ("westBoundLongitude", "eastBoundLongitude", "southBoundLatitude", "northBoundLatitude")

NEAR = 0.01
"""So many degrees (a kilometre) may a point lie outside a box: boxes are often rounded."""


def _most(name: str) -> float:
    return 90 if name.endswith("Latitude") else 180


@check("IL417", Record, unless=(plain_places,))
def no_location(record: Record, context: Context) -> Iterator[Breach]:
    """Report samples without a place, where they are not synthetic and the place is not withheld."""
    for item in record.items("geoLocation"):
        if any(name.words for name in item.items(_FORMS[0])) or any(item.items(form) for form in _FORMS[1:]):
            return
    if is_whole(record) and not is_kind(record, "synthetic") and not _is_withheld(record):
        yield Breach(record.place, "no geoLocation says where the sample comes from", record=record)


def _is_withheld(record: Record) -> bool:
    """Return whether the record says that its place is kept back, for instance by a label of Local Contexts."""
    pattern = facts.withheld()
    if any(pattern.search(item.words) for item in with_text(record, "rights", "description", "title")):
        return True
    attributes = ("rightsURI", "rightsIdentifier", "rightsIdentifierScheme", "schemeURI")
    return any(pattern.search(item.text(name)) for item in record.items("rights") for name in attributes)


@check("IL418", Record, unless=(plain_places,))
def impossible_location(record: Record, context: Context) -> Iterator[Breach]:
    """Report coordinates that no place has, boxes with the south in the north, and polygons that do not close."""
    for place in record.items("geoLocation"):
        for point in place.items("geoLocationPoint"):
            yield from _coordinates(record, point, ("pointLatitude", "pointLongitude"))
        for box in place.items("geoLocationBox"):
            yield from _coordinates(record, box, _SIDES)
            low, high = degrees(box, "southBoundLatitude"), degrees(box, "northBoundLatitude")
            if low is not None and high is not None and -90 <= high < low <= 90:
                south, north = box.items("southBoundLatitude")[0], box.items("northBoundLatitude")[0]
                here = (Related("the northern bound", stands(north)),)
                message = f'the southern bound "{south.words}" lies north of the northern bound'
                yield Breach(stands(south), message, record=record, related=here)
        for polygon in place.items("geoLocationPolygon"):
            yield from _polygon(record, polygon)


def _coordinates(record: Record, item: Item, names: tuple[str, ...]) -> Iterator[Breach]:
    for name in names:
        for child in item.items(name):
            shown = child.words
            if not NUMBER.fullmatch(shown):
                if child.value is not None:
                    yield Breach(stands(child), f'{name} "{shown}" is no number of decimal degrees', record=record)
            elif abs(float(shown)) > _most(name):
                message = f'{name} "{shown}" is out of range: no place has more than {_most(name):g} degrees'
                yield Breach(stands(child), message, record=record)


def _polygon(record: Record, polygon: Item) -> Iterator[Breach]:
    corners = polygon.items("polygonPoint")
    wrong = False
    for corner in corners:
        for breach in _coordinates(record, corner, ("pointLatitude", "pointLongitude")):
            wrong = True
            yield breach
    for corner in polygon.items("inPolygonPoint"):
        yield from _coordinates(record, corner, ("pointLatitude", "pointLongitude"))
    if wrong or not corners:
        return
    if len(corners) < 4:
        message = f"a polygon has at least four points, the last one equal to the first; this one has {len(corners)}"
        yield Breach(polygon.place, message, record=record)
        return
    first, last = position(corners[0]), position(corners[-1])
    if first is not None and last is not None and first != last:
        message = "the polygon is open: its last point is not its first point"
        yield Breach(polygon.place, message, record=record, related=(Related("the last point", corners[-1].place),))


@check("IL419", Record, unless=(plain_places,))
def implausible_location(record: Record, context: Context) -> Iterator[Breach]:
    """Report points at 0, 0, and points outside the box that is given for the same place."""
    for place in record.items("geoLocation"):
        for box in place.items("geoLocationBox"):
            if _box(box) == (0, 0, 0, 0):
                message = "all bounds of the box are 0: there is only sea, and programs write it for an empty field"
                yield Breach(box.place, message, record=record)
        boxes = None
        for point in place.items("geoLocationPoint"):
            where = position(point)
            if where is None:
                continue
            if where == (0, 0):
                message = "latitude 0 and longitude 0: there is only sea, and programs write it for an empty field"
                yield Breach(point.place, message, record=record)
                continue
            if boxes is None:
                boxes = [
                    (box, sides)
                    for box in place.items("geoLocationBox")
                    if (sides := _box(box)) is not None and any(sides)
                ]
            if not boxes or any(_holds(sides, *where) for _, sides in boxes):
                continue
            swapped = any(_holds(sides, where[1], where[0]) for _, sides in boxes)
            words = ": latitude and longitude are exchanged" if swapped else ""
            here = (Related("the box", boxes[0][0].place),)
            yield Breach(
                point.place, f"the point lies outside the box of the same place{words}", (), None, record, related=here
            )


def _box(item: Item) -> tuple[float, float, float, float] | None:
    """Return west, east, south, north of a box that can be one."""
    west, east, south, north = (degrees(item, name) for name in _SIDES)
    if west is None or east is None or south is None or north is None or south > north:
        return None
    inside = abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90
    return (west, east, south, north) if inside else None


def _holds(sides: tuple[float, float, float, float], latitude: float, longitude: float) -> bool:
    """Return whether a point lies in a box; a box whose west is east of its east spans the antimeridian."""
    west, east, south, north = sides
    if not south - NEAR <= latitude <= north + NEAR:
        return False
    if abs(latitude) == 90:
        # All longitudes meet at a pole.
        return True
    if west <= east:
        return west - NEAR <= longitude <= east + NEAR
    return longitude >= west - NEAR or longitude <= east + NEAR
