"""What a subscription allows: seats, recording, calls to outside and abroad.

Here: the quotas that Clocall's customer control sets (source 004, 4-02 to 4-09) and the
questions they answer. Not here: prices, or who may change them.
"""

from attrs import frozen

from cloudpbx._values import check_flag, check_whole
from cloudpbx.decisions import Actor, Decision, Outcome, Reason, Remedy

__all__ = ["Subscription"]


@frozen(kw_only=True)
class Subscription:
    """Hold the quotas of a tenant.

    Attributes:
        activated: Whether review and authentication are complete; before, extensions
            only call each other.
        max_extensions: How many extensions there may be (最大ご利用内線ユーザーID数).
        recording_seats: How many of them may record (通話録音利用ユーザー数).
        international: Whether calls abroad are allowed (国際電話利用可否).

    >>> Subscription(max_extensions=2).may_add_extension(existing=2).allowed
    False

    Raises:
        InvalidValueError: a quota is not a whole number from 0 on.
    """

    activated: bool = False
    max_extensions: int = 0
    recording_seats: int = 0
    international: bool = False

    def __attrs_post_init__(self) -> None:
        check_flag(self.activated, what="activated")
        check_flag(self.international, what="international")
        check_whole(self.max_extensions, what="the maximum number of extensions", low=0)
        check_whole(self.recording_seats, what="the recording seats", low=0)

    def may_add_extension(self, *, existing: int) -> Decision:
        """Say whether one more extension may be created beside the existing ones.

        >>> print(Subscription(max_extensions=2).may_add_extension(existing=2).explain())
        refused
          - 2 of 2 extensions exist: no seat is left
          → customer: raise the maximum number of extensions to 3
        """
        check_whole(existing, what="the number of extensions", low=0)
        data = {"used": existing, "most": self.max_extensions}
        if existing < self.max_extensions:
            room = Reason("subscription.extensions.room", data=data)
            return Decision(Outcome.ALLOWED, (room,))
        full = Reason("subscription.extensions.full", data=data)
        most = {"most": existing + 1}
        remedy = Remedy("subscription.extensions.raise", Actor.CUSTOMER, most)
        return Decision(Outcome.REFUSED, (full,), (remedy,))

    def may_record_one_more(self, *, recording: int) -> Decision:
        """Say whether one more extension may record beside those that do.

        >>> Subscription(recording_seats=1).may_record_one_more(recording=0).allowed
        True
        """
        check_whole(recording, what="the number of recorded extensions", low=0)
        data = {"used": recording, "most": self.recording_seats}
        if recording < self.recording_seats:
            room = Reason("subscription.recording.room", data=data)
            return Decision(Outcome.ALLOWED, (room,))
        full = Reason("subscription.recording.full", data=data)
        most = {"most": recording + 1}
        remedy = Remedy("subscription.recording.raise", Actor.CUSTOMER, most)
        return Decision(Outcome.REFUSED, (full,), (remedy,))

    def may_call_outside(self) -> Decision:
        """Say whether calls from and to outside numbers are possible.

        >>> Subscription(activated=True).may_call_outside().allowed
        True
        """
        if self.activated:
            return Decision(Outcome.ALLOWED, (Reason("subscription.activated"),))
        remedy = Remedy("subscription.activate", Actor.CUSTOMER)
        return Decision(Outcome.REFUSED, (Reason("subscription.not_activated"),), (remedy,))

    def may_call_abroad(self) -> Decision:
        """Say whether international calls are possible; every obstacle is named.

        >>> len(Subscription().may_call_abroad().remedies)
        2
        """
        outside = self.may_call_outside()
        if self.international:
            reason = Reason("subscription.international.on")
            return Decision(outside.outcome, (*outside.reasons, reason), outside.remedies)
        reason = Reason("subscription.international.off")
        remedy = Remedy("subscription.international.enable", Actor.CUSTOMER)
        return Decision(
            Outcome.REFUSED, (*outside.reasons, reason), (*outside.remedies, remedy)
        )
