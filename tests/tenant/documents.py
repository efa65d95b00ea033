"""Documents for tests, right but for what a test puts in.

Here: small offices in TOML, and the problems that reading one tells. Not here: tests.
"""

import pytest

import cloudpbx
from cloudpbx.errors import DocumentError

__all__ = [
    "BOTH",
    "HOURS",
    "ONE_OF_ALL",
    "extensions",
    "group",
    "incoming",
    "large",
    "number",
    "office",
    "refusals",
    "ring",
    "schedules",
    "shared",
    "tenant",
]

HOURS = """rules = [{ when = "09:00-18:00", value = "open" }]
otherwise = "closed"
"""
ONE_OF_ALL = (
    "write one of `ring = […]`, `announce = …`, `busy = true`, `divert = …` and "
    "`distribute = {…}`"
)
BOTH = 'open = { ring = ["1001"] }, closed = { busy = true }'


def tenant(rest: str) -> str:
    """Return a document that has a zone."""
    return f'zone = "UTC"\n{rest}'


def office(rest: str) -> str:
    """Return a document that has two extensions, 1001 and 1002."""
    return (
        'zone = "Asia/Tokyo"\n'
        "subscription = { activated = true, max_extensions = 3, recording_seats = 1 }\n"
        f'extensions = [{{ number = "1001" }}, {{ number = "1002" }}]\n{rest}'
    )


def extensions(rows: str) -> str:
    """Return a document with these extensions."""
    return tenant(f"subscription = {{ max_extensions = 9 }}\nextensions = [{rows}]")


def number(settings: str) -> str:
    """Return an office whose number has these settings."""
    return office(f'numbers = [{{ number = "03-1234-5678", {settings} }}]')


def incoming(rules: str) -> str:
    """Return an office whose number has these incoming settings."""
    return number(f"incoming = [{rules}]")


def shared(destinations: str) -> str:
    """Return a number that shares a schedule."""
    settings = f'schedule = "hours", destinations = {{ {destinations} }}'
    return f'numbers = [{{ number = "03-1234-5678", {settings} }}]'


def schedules(settings: str, numbers: str = "") -> str:
    """Return an office that has a schedule to share."""
    return office(f"{numbers}\n[schedules.hours]\n{settings}")


def group(settings: str) -> str:
    """Return an office with a group that has these settings."""
    return office(f"[groups.sales]\n{settings}")


def ring(rest: str) -> str:
    """Return an office whose number has one rule, of 9 to 18."""
    return incoming(f'{{ when = "09:00-18:00", {rest} }}')


def large(rest: str) -> str:
    """Return an office with a number, and a group that stands for 20,000 calls."""
    names = ("small", "middle", "large", "largest")
    groups = "".join(
        f'[groups.{name}]\nmembers = ["{of}", "1001"]\nrepeat = 10\n'
        for name, of in zip(names, ("1002", *names), strict=False)
    )
    return f"{number(f'incoming = [], {rest}')}\n{groups}"


def refusals(text: str, kind: str = "toml", source: str = "") -> list[str]:
    """Return what is said against a document, a line for each problem."""
    with pytest.raises(DocumentError) as caught:
        cloudpbx.loads(text, kind=kind, source=source)
    assert str(caught.value).splitlines() == list(map(str, caught.value.problems))
    return list(map(str, caught.value.problems))
