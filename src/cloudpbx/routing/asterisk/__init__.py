"""The time conditions of Asterisk's dialplan, in and out."""

from cloudpbx.routing.asterisk.dialect import read_asterisk, write_asterisk

__all__ = ["read_asterisk", "write_asterisk"]
