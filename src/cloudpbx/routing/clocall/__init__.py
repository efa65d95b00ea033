"""The incoming settings of Clocall (着信設定) as CSV, in and out."""

from cloudpbx.routing.clocall.dialect import read_clocall, write_clocall

__all__ = ["read_clocall", "write_clocall"]
