"""What may this subscription hold?

>>> Subscription(max_extensions=5).may_add_extension(existing=4).allowed
True
"""

from cloudpbx.plans.subscriptions import Subscription

__all__ = ["Subscription"]
