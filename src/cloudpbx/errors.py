"""What can go wrong, as one tree.

Here: every exception of the library. Not here: the answer "no", which is a
`cloudpbx.decisions.Decision` or a route with its reasons, never an exception.

    CloudPBXError
    ├── InvalidValueError (ValueError)        a value cannot be what it was given as
    │   └── DocumentError                     a document has problems; `.problems` has all
    ├── UnknownReferenceError (LookupError)   a name is used that nothing defines
    └── IllegalTransitionError                an event does not apply in this state

A message is one line in lower case: the offending value in backquotes, where it
stands, and the fix when there is one.
"""

from attrs import frozen

__all__ = [
    "CloudPBXError",
    "DocumentError",
    "IllegalTransitionError",
    "InvalidValueError",
    "Problem",
    "UnknownReferenceError",
]


class CloudPBXError(Exception):
    """Stand for every error this library raises on purpose."""


class InvalidValueError(CloudPBXError, ValueError):
    """Say that a value cannot be what it was given as.

    >>> from cloudpbx.routing import Span
    >>> Span.parse("9:00-9:60")
    Traceback (most recent call last):
    ...
    cloudpbx.errors.InvalidValueError: `9:60` is not a time of day: minutes are 00 to 59
    """


@frozen(kw_only=True)
class Problem:
    """Describe one thing that is wrong in a document.

    Attributes:
        path: Where it stands, as `extensions[2].forward.busy`; empty for the whole.
        message: What is wrong and the fix, one line in lower case.
        source: The file's name, or empty when the text came from elsewhere.
    """

    path: str
    message: str
    source: str = ""

    def __str__(self) -> str:
        """Write the problem as one line."""
        place = ": ".join(part for part in (self.source, self.path) if part)
        return f"{place}: {self.message}" if place else self.message


class DocumentError(InvalidValueError):
    """Say everything that is wrong in a document.

    First what is wrong by itself, in the order it stands there, then what does not fit
    together.

    Attributes:
        problems: Each problem with its place, never empty.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep all `problems`; the message has a line for each."""
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        """Write one line for each problem."""
        return "\n".join(map(str, self.problems))


class UnknownReferenceError(CloudPBXError, LookupError):
    """Say that a name is used which nothing defines."""


class IllegalTransitionError(CloudPBXError):
    """Say that an event does not apply in the state a thing is in."""
