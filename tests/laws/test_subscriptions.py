"""Laws of subscriptions: quotas are kept, and what is refused can be mended."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cloudpbx.decisions import Decision, Remedy
from cloudpbx.plans import Subscription
from cloudpbx.testing.for_subscriptions import subscriptions


def applied(subscription: Subscription, remedy: Remedy) -> Subscription:
    """Do what a remedy says."""
    match remedy.code:
        case "subscription.activate":
            return evolve(subscription, activated=True)
        case "subscription.international.enable":
            return evolve(subscription, international=True)
        case "subscription.extensions.raise":
            return evolve(subscription, max_extensions=int(remedy.data["most"]))
        case "subscription.recording.raise":
            return evolve(subscription, recording_seats=int(remedy.data["most"]))
        case _:
            pytest.fail(f"nobody knows how to apply {remedy.code}")


def asked(subscription: Subscription, used: int) -> tuple[Decision, ...]:
    """Ask everything that can be asked."""
    return (
        subscription.may_add_extension(existing=used),
        subscription.may_record_one_more(recording=used),
        subscription.may_call_outside(),
        subscription.may_call_abroad(),
    )


class TestRemedies:
    """Every refusal has remedies, and all of them together turn it into a yes."""

    @given(subscriptions(), st.integers(0, 2_000))
    def test_all_together(self, subscription: Subscription, used: int) -> None:
        """Who does all that is proposed may do what was refused."""
        for place, decision in enumerate(asked(subscription, used)):
            assert bool(decision.remedies) is not decision.allowed
            mended = subscription
            for remedy in decision.remedies:
                mended = applied(mended, remedy)
            assert asked(mended, used)[place].allowed

    @given(subscriptions(), st.integers(0, 2_000))
    def test_none_is_needless(self, subscription: Subscription, used: int) -> None:
        """Leaving one of them out is not enough."""
        for place, decision in enumerate(asked(subscription, used)):
            for left_out in decision.remedies:
                mended = subscription
                for remedy in decision.remedies:
                    mended = mended if remedy == left_out else applied(mended, remedy)
                assert not asked(mended, used)[place].allowed


class TestQuotas:
    """One more is allowed exactly while there is room."""

    @given(subscriptions(), st.integers(0, 2_000))
    def test_room(self, subscription: Subscription, used: int) -> None:
        """The last seat may be taken, and none after it."""
        extension, recording, _, _ = asked(subscription, used)
        assert extension.allowed is (used + 1 <= subscription.max_extensions)
        assert recording.allowed is (used + 1 <= subscription.recording_seats)

    @given(subscriptions(activated=False), subscriptions(international=False), st.booleans())
    def test_calls(self, before: Subscription, barred: Subscription, japanese: bool) -> None:  # noqa: FBT001
        """Nothing goes outside before activation, nor abroad while that is off."""
        assert not before.may_call_outside().allowed
        assert not before.may_call_abroad().allowed
        assert not barred.may_call_abroad().allowed
        assert barred.may_call_outside().allowed is barred.activated
        for decision in asked(barred, 1):
            assert "{" not in decision.explain("ja" if japanese else "en")
