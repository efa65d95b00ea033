"""`python -m cloudpbx`."""

import sys

from cloudpbx._cli import main

sys.exit(main())
