"""How many calls a number can have at the same time.

Here: channels (チャネル) contracted and enabled, and whether one is free. Not here: counting
the calls there are, which the switch does.
"""

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from cloudpbx._values import check_whole
from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy
from cloudpbx.errors import InvalidValueError
from cloudpbx.findings import Finding, Severity

__all__ = ["Channels"]

_MOST: Final = 10_000
_MINUTES_A_WEEK: Final = 7 * 24 * 60


@frozen(init=False)
class Channels:
    """Bound the calls that a number has at the same time (ch数, source 003, 3-23).

    Attributes:
        contracted: The channels of the contract (契約ch数), 1 to 10,000.
        enabled: How many of them can be used (接続できるch数); all when left out, and 0 to
            connect no call.

    >>> print(Channels(5, 2).ask(2).explain())
    refused
      - 2 of 2 channels are in use: none is free
      → customer: raise the channels that can be used to 3

    Raises:
        InvalidValueError: a number is not whole or out of its bounds, or more channels are
            enabled than contracted.
    """

    contracted: int
    enabled: int

    def __init__(self, contracted: int, enabled: int | None = None) -> None:
        # What is left out is said, so that two ways to write the same are equal.
        self.__attrs_init__(contracted, contracted if enabled is None else enabled)

    def __attrs_post_init__(self) -> None:
        contracted = check_whole(
            self.contracted, what="the number of contracted channels", low=1, high=_MOST
        )
        enabled = check_whole(self.enabled, what="the number of enabled channels", low=0)
        if enabled > contracted:
            msg = (
                f"`{enabled}` channels are enabled and {contracted} contracted: enable "
                f"{contracted} or fewer"
            )
            raise InvalidValueError(msg)

    def ask(self, in_use: int) -> Decision:
        """Say whether one more call can be connected beside those that are.

        Args:
            in_use: How many calls the number has; more than are enabled when they were
                lowered meanwhile, as a call in progress is not cut.

        Raises:
            InvalidValueError: `in_use` is not a whole number from 0 on.
        """
        check_whole(in_use, what="the number of channels in use", low=0)
        data = {"used": in_use, "most": self.enabled}
        if in_use < self.enabled:
            return Decision(Outcome.ALLOWED, (Reason("channels.free", data=data),))
        full = Reason("channels.full", data=data)
        return Decision(Outcome.REFUSED, (full,), tuple(self._remedies(in_use + 1)))

    def _remedies(self, most: int) -> Iterator[Remedy]:
        """Yield what makes room for a number of calls, each a step on the way."""
        if most > _MOST:
            return
        if most > self.contracted:
            yield Remedy("channels.contract", Actor.SALES, {"most": most})
        yield Remedy("channels.enable", Actor.CUSTOMER, {"most": most})

    def check(self) -> tuple[Finding, ...]:
        """Tell what is probably not meant: that no call will be connected.

        >>> [finding.code for finding in Channels(5, 0).check()]
        ['channels.none']
        """
        if self.enabled:
            return ()
        return (
            Finding(
                code="channels.none",
                severity=Severity.WARNING,
                minutes_a_week=_MINUTES_A_WEEK,
                remedies=(
                    Remedy("channels.enable", Actor.CUSTOMER, {"most": self.contracted}),
                ),
            ),
        )

    def to_dict(self) -> dict[str, object]:
        """Return the channels as plain data, as a tenant document has them.

        >>> Channels(5).to_dict(), Channels(5, 2).to_dict()
        ({'contracted': 5}, {'contracted': 5, 'enabled': 2})
        """
        if self.enabled == self.contracted:
            return {"contracted": self.contracted}
        return {"contracted": self.contracted, "enabled": self.enabled}
