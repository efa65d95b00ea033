"""The decision layer of a hosted PBX, as pure values.

====================  ===============================================================
`cloudpbx.routing`    This call, now, these phones busy: what rings, and then?
`cloudpbx.plans`      What may this subscription hold?
`cloudpbx.tenant`     The whole of one customer: its document, its router, its check.
`cloudpbx.decisions`  What every answer is made of: outcome, reasons, remedies.
`cloudpbx.findings`   What a check found.
`cloudpbx.errors`     What can go wrong.
`cloudpbx.texts`      The words for every code, in English and Japanese.
`cloudpbx.testing`    Hypothesis strategies for test suites that use the library.
====================  ===============================================================

Nothing here opens a socket, reads a clock, draws a random number or keeps state.
"""

# Importing `typing` would cost more than all the rest of this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from cloudpbx.tenant import Tenant

__all__ = ["__version__", "dumps", "load", "loads"]

__version__ = "0.1.0"


def load(path: "str | PathLike[str]") -> "Tenant":
    """Read a tenant document from a file; `.json` is JSON, any other name TOML.

    Raises:
        DocumentError: the file cannot be read or has problems; `.problems` has all.
    """
    from cloudpbx.tenant.documents import read_tenant_file  # noqa: PLC0415 - the root is light

    return read_tenant_file(path)


def loads(text: str, *, kind: str = "toml", source: str = "") -> "Tenant":
    """Read a tenant document of a kind, `toml` or `json`; `source` is named in problems.

    Raises:
        DocumentError: the text has problems; `.problems` has all of them.
    """
    from cloudpbx.tenant.documents import read_tenant  # noqa: PLC0415 - the root is light

    return read_tenant(text, kind=kind, source=source)


def dumps(tenant: "Tenant", *, kind: str = "toml") -> str:
    """Write a tenant as a document that `loads` reads back to an equal tenant.

    Raises:
        InvalidValueError: `kind` is neither `toml` nor `json`.
    """
    from cloudpbx.tenant.writing import write_tenant  # noqa: PLC0415 - the root is light

    return write_tenant(tenant, kind=kind)
