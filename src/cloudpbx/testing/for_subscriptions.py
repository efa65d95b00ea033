"""Strategies for subscriptions.

Here: the quotas of a tenant. Not here: what fills them (`for_routers`).
"""

from hypothesis import strategies as st

from cloudpbx.plans.subscriptions import Subscription

__all__ = ["subscriptions"]


def subscriptions(
    *, activated: bool | None = None, international: bool | None = None, most: int = 1_000
) -> st.SearchStrategy[Subscription]:
    """Draw subscriptions, small quotas more often.

    Args:
        activated: Whether review and authentication are complete; either when left out.
        international: Whether calls abroad are allowed; either when left out.
        most: The largest quota.
    """
    either = st.booleans()
    quotas = st.integers(0, min(3, most)) | st.integers(0, most)
    return st.builds(
        Subscription,
        activated=either if activated is None else st.just(activated),
        max_extensions=quotas,
        recording_seats=quotas,
        international=either if international is None else st.just(international),
    )
