"""The command line, `python -m cloudpbx`.

Here: reading arguments, printing answers, exit codes. Not here: any decision.

Exit codes: 0 an answer; 1 findings, or nobody is reached; 2 the input is wrong, which
standard error says in one line for each problem.
"""

from cloudpbx._cli.commands import main

__all__ = ["main"]
