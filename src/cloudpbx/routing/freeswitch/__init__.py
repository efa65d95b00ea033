"""The time conditions of FreeSWITCH's XML dialplan, in and out."""

from cloudpbx.routing.freeswitch.dialect import read_freeswitch, write_freeswitch

__all__ = ["read_freeswitch", "write_freeswitch"]
