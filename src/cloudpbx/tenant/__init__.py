"""The whole of one customer: what is configured, what it answers, what is wrong with it?

Documents are read and written by `cloudpbx.load`, `cloudpbx.loads` and `cloudpbx.dumps`.

>>> import cloudpbx
>>> tenant = cloudpbx.loads('''
... zone = "Asia/Tokyo"
... subscription = { activated = true, max_extensions = 1 }
... extensions = [{ number = "1001" }]
... numbers = [
...   { number = "03-1234-5678", incoming = [{ when = "00:00-24:00", ring = ["1001"] }] },
... ]
... ''')
>>> tenant.check()
()
"""

from cloudpbx.tenant.numbers import Number
from cloudpbx.tenant.tenants import Tenant

__all__ = ["Number", "Tenant"]
