"""Text for a terminal: widths of East Asian text, one line, columns.

Here: how much room text takes, and cutting and aligning it. Not here: tables of HTML and
charts (`_render`).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, zip_longest
from unicodedata import combining, east_asian_width

__all__ = ["cut", "display_width", "one_line", "text_columns"]


def one_line(value: object) -> str:
    """Write a value as one line without control characters.

    >>> one_line("ring" + chr(10) + "1001")
    'ring 1001'
    """
    line = " ".join(str(value).split())
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)


def display_width(text: str) -> int:
    """Return how many columns of a terminal text takes.

    >>> display_width("mon"), display_width("月曜")
    (3, 4)
    """
    return sum(map(_width, text))


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def cut(text: str, width: int) -> str:
    """Return text that takes at most `width` columns, with `…` where it was cut.

    >>> cut("ring 1001", 6), cut("時間外ガイダンス", 6)
    ('ring…', '時間…')
    """
    if display_width(text) <= width:
        return text
    kept = sum(end < width for end in accumulate(map(_width, text)))
    return text[:kept].rstrip() + "…" if width > 0 else ""


def text_columns(rows: Iterable[Sequence[str]]) -> str:
    """Write rows in aligned columns; a row's last cell may run on to the right.

    >>> print(text_columns([("月", "A"), ("mon", "B")]))
    月   A
    mon  B
    """
    kept = [tuple(row) for row in rows]
    columns = zip_longest(*(row[:-1] for row in kept), fillvalue="")
    widths = [*(max(map(display_width, column)) for column in columns), 0]
    return "\n".join(
        "  ".join(cell + " " * (width - display_width(cell)) for cell, width in cells).rstrip()
        for cells in (zip(row, widths, strict=False) for row in kept)
    )
