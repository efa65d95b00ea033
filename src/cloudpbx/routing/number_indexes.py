"""The called numbers of a tenant, found by any spelling.

Here: one entry for every spelling under which a switch may deliver a number. Not here:
the spellings themselves (`numbers`), or what the numbers do (`called_numbers`).
"""

from collections.abc import Iterable

from cloudpbx._values import shown
from cloudpbx.errors import InvalidValueError
from cloudpbx.routing.called_numbers import CalledNumber
from cloudpbx.routing.destinations import Destination
from cloudpbx.routing.numbers import looked_up, spellings
from cloudpbx.routing.prepared_answers import diverted_targets

__all__ = ["NumberIndex"]


class NumberIndex:
    """Find called numbers.

    Raises:
        InvalidValueError: one number stands twice, in whatever spelling.
    """

    __slots__ = ("_found", "_region")

    def __init__(self, numbers: Iterable[CalledNumber], region: str) -> None:
        self._region = region
        self._found: dict[str, CalledNumber] = {}
        for called in numbers:
            for spelling in spellings(called.number, region):
                if spelling in self._found:
                    other = shown(self._found[spelling].number)
                    what = f"{shown(called.number)} is the same number as {other}"
                    msg = f"{what}: called numbers must differ, remove one"
                    raise InvalidValueError(msg)
                self._found[spelling] = called

    def find(self, number: str) -> CalledNumber | None:
        """Return the called number that a text is a spelling of, or None."""
        return looked_up(number, self._found, self._region)

    def is_led_to(self, destination: Destination) -> bool:
        """Say whether a destination, or what follows it, may divert to a called number."""
        return any(self.find(each) is not None for each in diverted_targets(destination))
