"""The words for every code, in English and Japanese.

Here: looking a code up in `en.toml` or `ja.toml` and filling in its data. Not here:
codes or decisions. The files are read once, when the first words are asked for, so
that a service which only compares codes never pays for them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from cloudpbx._values import nearest, shown
from cloudpbx.errors import InvalidValueError, UnknownReferenceError

__all__ = ["LANGUAGES", "catalogue", "data_of", "say", "words_of"]

LANGUAGES: Final = ("en", "ja")


@cache
def catalogue(lang: str) -> Mapping[str, Mapping[str, str]]:
    """Return all words of a language: section, then code, then template.

    Raises:
        InvalidValueError: `lang` is neither `en` nor `ja`.
    """
    if lang not in LANGUAGES:
        msg = (
            f"{shown(lang)} is not a language of this library: {nearest(str(lang), LANGUAGES)}"
        )
        raise InvalidValueError(msg)
    # Both are slow to import, and a service that only compares codes needs neither.
    import tomllib  # noqa: PLC0415
    from importlib.resources import files  # noqa: PLC0415

    text = files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(section: str, code: str, lang: str, data: Mapping[str, str | int]) -> str:
    """Fill in the words for a code.

    >>> say("outcome", "refused", "ja", {})
    '不可'

    Raises:
        InvalidValueError: `lang` is neither `en` nor `ja`.
        UnknownReferenceError: the code has no words.
    """
    words = catalogue(lang)[section]
    try:
        template = words[code]
    except KeyError:
        msg = f"{shown(code)} is not a {section} code: {nearest(code, words)}"
        raise UnknownReferenceError(msg) from None
    return template.format_map(data)


def data_of(value: object) -> object:
    """Return a value as plain data: what its own `to_dict` gives, or else its text.

    >>> from cloudpbx.routing import Busy
    >>> data_of(Busy()), data_of("open"), data_of(None)
    ({'busy': True}, 'open', None)
    """
    if value is None:
        return None
    to_dict = getattr(value, "to_dict", None)
    return to_dict() if callable(to_dict) else str(value)


def words_of(value: object, lang: str) -> str:
    """Return a value in words: what its own `explain` says, or else its text.

    >>> from cloudpbx.routing import Busy
    >>> words_of(Busy(), "ja"), words_of("open", "ja")
    ('話中音', 'open')
    """
    explain = getattr(value, "explain", None)
    return str(explain(lang)) if callable(explain) else str(value)
