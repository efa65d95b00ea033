"""The conditions of a FreeSWITCH dialplan, as its XML has them.

Here: finding extensions in XML and reading their conditions. Not here: what an attribute
means (`attributes`, `dates`), or what an extension comes to
(`extensions`).
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import (
    Element,
    ParseError,
    XMLParser,
)

from cloudpbx._values import is_similar, nearest, shown
from cloudpbx.decisions import Actor, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding, Severity
from cloudpbx.routing.freeswitch.attributes import DAY_ATTRIBUTES, READERS, Place, never
from cloudpbx.routing.freeswitch.dates import ZONE_READERS, is_true
from cloudpbx.routing.freeswitch.extensions import Action, Condition, Extension, Report
from cloudpbx.routing.freeswitch.regions import ALWAYS, Region, intersection

__all__ = ["read_extensions"]

_READERS: Final = {**READERS, **ZONE_READERS}
_CONTAINERS: Final = frozenset({"include", "document", "section", "dialplan", "context"})
_OTHER_ATTRIBUTES: Final = frozenset(
    {"field", "expression", "break", "regex", "require-nested"}
)
_PARTS: Final = frozenset({"action", "anti-action", "condition", "expression", "regex"})
_BREAKS: Final = ("on-false", "on-true", "always", "never")
_DEEPEST: Final = 20


# Reading.


def read_extensions(text: str, report: Report) -> list[Extension]:
    """Read the extensions of a text, in their order; what cannot be read is refused."""
    root = _parsed(text, report)
    if root is None:
        return []
    elements, contexts = _elements(root, report)
    if not elements and not len(root):
        report.refuse("", 'has no extension: write `<extension name="…">`')
    _tell_other_calls(elements, report)
    if len(contexts) > 1:
        names = ", ".join(map(shown, contexts))
        report.refuse("", f"has the contexts {names}: read one of them at a time")
    return [_read_extension(place, each, report) for place, each in enumerate(elements, 1)]


def _parsed(text: str, report: Report) -> Element | None:
    """Parse the text within a root of our own, where no DOCTYPE can stand."""
    parser = XMLParser()  # noqa: S314 - the same
    declaration = re.match(r"\ufeff?\s*(<\?xml\s[^>]*\?>)?", text)
    start = declaration.end() if declaration else 0
    before = text[:start].count("\n")
    try:
        parser.feed("<include>" + "\n" * before)
        parser.feed(text[start:])
        parser.feed("</include>")
        return parser.close()
    except ParseError as error:
        line, column = error.position
        column -= len("<include>") if line == 1 else 0
        message = f"is not XML from column {column + 1} on: {error.msg.partition(':')[0]}"
        if "<!DOCTYPE" in text:
            message = "has a `<!DOCTYPE`: leave it out, and write what its entities stand for"
        report.refuse(f"line {line}", message)
    except ValueError as error:
        report.refuse("", f"cannot be read as XML: {error}")
    return None


def _elements(root: Element, report: Report) -> tuple[list[Element], list[str]]:
    """Return the extensions in and below a container, and the contexts that hold them."""
    found, contexts = [], []
    waiting = [(child, "") for child in reversed(root)]
    while waiting:
        element, context = waiting.pop()
        if element.tag == "extension":
            found.append(element)
            if context and context not in contexts:
                contexts.append(context)
        elif element.tag in _CONTAINERS:
            if element.tag == "context":
                context = element.get("name", "")
            waiting += [(child, context) for child in reversed(element)]
        else:
            _pass_over(element.tag, {*_CONTAINERS, "extension"}, "", report)
    return found, contexts


def _pass_over(tag: str, known: frozenset[str] | set[str], path: str, report: Report) -> None:
    """Refuse an element or an attribute that is a slip; tell of any other."""
    if is_similar(tag, known):
        report.refuse(path, f"{shown(tag)} is not known here: {nearest(tag, known)}")
    else:
        report.findings.append(
            Finding(code="freeswitch.ignored", severity=Severity.NOTE, about=tag, path=path)
        )


def _read_extension(place: int, element: Element, report: Report) -> Extension:
    name = element.get("name", "")
    path = f"extension {place} ({name})" if name else f"extension {place}"
    names_days = any(DAY_ATTRIBUTES & each.attrib.keys() for each in element.iter("condition"))
    conditions = tuple(_read_conditions(element, path, report, names_days=names_days, depth=1))
    goes_on = is_true(element.get("continue", ""))
    return Extension(path=path, name=name, goes_on=goes_on, conditions=conditions)


def _read_conditions(
    parent: Element,
    above: str,
    report: Report,
    *,
    names_days: bool,
    depth: int,
) -> Iterator[Condition]:
    elements = parent.findall("condition")
    if depth > _DEEPEST and elements:
        report.refuse(above, f"is {depth} conditions deep: {_DEEPEST} are the most")
        return
    for place, element in enumerate(elements, 1):
        path = f"{above}, condition {place}"
        yield _read_condition(element, path, report, names_days=names_days, depth=depth)


def _read_condition(
    element: Element,
    path: str,
    report: Report,
    *,
    names_days: bool,
    depth: int,
) -> Condition:
    given = element.attrib
    breaks = given.get("break", _BREAKS[0]).casefold()
    if breaks not in _BREAKS:
        report.refuse(
            f"{path}, break", f"{shown(breaks)} is no break: {nearest(breaks, _BREAKS)}"
        )
    for name in given:
        if name not in _READERS and name not in _OTHER_ATTRIBUTES:
            _pass_over(name, {*_READERS, *_OTHER_ATTRIBUTES}, path, report)
    for child in element:
        if child.tag not in _PARTS:
            _pass_over(child.tag, _PARTS, path, report)
        if child.tag == "regex" and _READERS.keys() & child.attrib.keys():
            report.refuse(path, "has times in a `regex`: write a condition for each instead")
    region = _read_times(element, path, report, names_days=names_days)
    if "field" in given or "regex" in given:
        _tell_field(given.get("field", "regex"), path, report, timed=region is not None)
        region = None
    return Condition(
        path=path,
        region=region,
        breaks=breaks,
        actions=_actions(element, "action"),
        anti_actions=_actions(element, "anti-action"),
        nested=tuple(
            _read_conditions(element, path, report, names_days=names_days, depth=depth + 1)
        ),
        needs_nested=is_true(given.get("require-nested", "true")),
    )


def _read_times(
    element: Element,
    path: str,
    report: Report,
    *,
    names_days: bool,
) -> Region | None:
    """Return when all time attributes of a condition match; None when it has none."""
    names = [name for name in _READERS if name in element.attrib]
    regions = []
    for name in names:
        place = Place(
            path=f"{path}, {name}",
            zone=report.zone,
            weekdays=element.get("wday", ""),
            names_days=names_days,
            findings=report.findings,
        )
        try:
            regions.append(_READERS[name](element.attrib[name], place))
        except InvalidValueError as error:
            report.refuse(place.path, str(error))
    region = ALWAYS
    for each in regions:
        region = intersection(region, each)
    if not region and all(regions):
        about = " ".join(f'{name}="{element.attrib[name]}"' for name in names)
        report.findings.append(never(path, about))
    return region if names else None


def _actions(element: Element, tag: str) -> tuple[Action, ...]:
    return tuple(
        Action(each.get("application", ""), (each.text or "").strip() or each.get("data", ""))
        for each in element.findall(tag)
    )


# What is told.


def _tell_field(name: str, path: str, report: Report, *, timed: bool) -> None:
    """Tell that a condition is not one of times, or of times that count for nothing."""
    apart = Remedy("freeswitch.part", Actor.PORTAL_ADMINISTRATOR)
    report.findings.append(
        Finding(
            code="freeswitch.ignored.times" if timed else "freeswitch.ignored.field",
            severity=Severity.WARNING if timed else Severity.NOTE,
            about=name,
            path=path,
            remedies=(apart,) if timed else (),
        )
    )


def _tell_other_calls(elements: list[Element], report: Report) -> None:
    """Tell of extensions that seem to be for other calls than those before them."""
    asked: dict[str, str] = {}
    for place, element in enumerate(elements, 1):
        for condition in element.findall("condition"):
            name, expression = condition.get("field", ""), condition.get("expression", "")
            first = asked.setdefault(name, expression)
            if name and first != expression:
                report.findings.append(
                    Finding(
                        code="freeswitch.ignored.calls",
                        severity=Severity.WARNING,
                        about=name,
                        path=f"extension {place}",
                        data={"first": first, "second": expression},
                        remedies=(Remedy("freeswitch.one_number", Actor.PORTAL_ADMINISTRATOR),),
                    )
                )
