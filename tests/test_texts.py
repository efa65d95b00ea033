"""Every code has words, and every word belongs to a code.

Here: both languages side by side, and the codes as the sources use them. Not here: what
an answer says, which the tests of the areas read.

Codes are found in the syntax of the sources: the first argument of `Reason`, `Remedy`
and `Finding`, and the second of `say`. A code is written as text, chosen by a condition,
looked up in a table, or given by a parameter; the parts of an f-string that are not text
stand for any word.
"""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Final

import pytest
from attrs import frozen

from cloudpbx.texts import LANGUAGES, catalogue, say, words_of
from tests.project import modules, short, sources, tree_of

SECTIONS: Final = {"Reason": "reason", "Remedy": "remedy", "Finding": "finding"}
SHORTHANDS: Final = {"draft.note": "reason", "draft.advise": "remedy", "_Told": "reason"}
"""What makes a reason or a remedy of its own arguments, given as keywords."""
GIVEN: Final = {"reason": {"about"}, "remedy": set[str](), "finding": {"about", "minutes"}}
ANY: Final = "[a-z0-9_]+"


@frozen(kw_only=True)
class Use:
    """A place in the sources that uses a code.

    Attributes:
        place: File and line.
        section: Where its words stand.
        patterns: Regular expressions of the codes it may use; empty when unknown.
        data: What it gives to the words; None when unknown.
    """

    place: str
    section: str
    patterns: frozenset[str]
    data: frozenset[str] | None


class Reader(ast.NodeVisitor):
    """Collect the uses of codes in one file."""

    def __init__(self, tree: ast.Module, name: str) -> None:
        self.tree = tree
        self.name = name
        self.scopes: list[ast.AST] = [tree]
        self.uses: list[Use] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Keep the function around a use, for its local names."""
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        """Keep a call that uses a code."""
        name = ast.unparse(node.func).rpartition(".")[2]
        code = argument(node, 0, "code")
        written = ast.unparse(node.func).removeprefix("self.")
        if name in SECTIONS and self._is_made_by_a_shorthand(code):
            pass
        elif written in SHORTHANDS:
            self._keep(node, SHORTHANDS[written], code, given_by_name(node, code))
        elif name == "FlowLabel":
            given = argument(node, 1, "data")
            known = frozenset[str]() if given is None else keys_of(given)
            self._keep(node, "flow_label", code, known)
        elif name in SECTIONS:
            self._keep(node, SECTIONS[name], argument(node, 0, "code"), data_of(node))
        elif name == "say":
            section, code, _, data = node.args
            if isinstance(section, ast.Constant) and ast.unparse(code) != "self.code":
                self._keep(node, str(section.value), code, keys_of(data))
        self.generic_visit(node)

    def _is_made_by_a_shorthand(self, code: ast.expr | None) -> bool:
        """Say whether a shorthand hands a code on that its callers write."""
        scope = self.scopes[-1]
        inside = isinstance(scope, ast.FunctionDef) and scope.name in {"note", "advise"}
        return code is not None and (inside or ast.unparse(code) == "self.code")

    def _keep(
        self, node: ast.Call, section: str, code: ast.expr | None, data: frozenset[str] | None
    ) -> None:
        patterns = frozenset(self.patterns(code, tuple(self.scopes)))
        place = f"{self.name}:{node.lineno}"
        self.uses.append(Use(place=place, section=section, patterns=patterns, data=data))

    def patterns(self, code: ast.expr | None, scopes: tuple[ast.AST, ...]) -> Iterator[str]:
        """Yield regular expressions of what an expression may be; none when unknown."""
        match code:
            case ast.Constant(value=str(text)):
                yield re.escape(text)
            case ast.IfExp(body=body, orelse=other):
                yield from self.patterns(body, scopes)
                yield from self.patterns(other, scopes)
            case ast.JoinedStr(values=values):
                yield "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANY
                    for part in values
                )
            case ast.Dict(values=values) | ast.Tuple(elts=values):
                for value in values:
                    yield from self.patterns(value, scopes)
            case ast.Subscript(value=table):
                yield from self.patterns(table, scopes)
            case ast.Name(id=name):
                yield from self._named(name, scopes)
            case _:
                return

    def _named(self, name: str, scopes: tuple[ast.AST, ...]) -> Iterator[str]:
        """Yield what is assigned to a name, or given for a parameter of that name."""
        *outer, scope = scopes
        found = list(assigned(name, scope))
        for value in found:
            yield from self.patterns(value, scopes)
        if isinstance(scope, ast.FunctionDef):
            parameters = [each.arg for each in (*scope.args.args, *scope.args.kwonlyargs)]
            if name in parameters:
                yield from self._given(scope.name, parameters, name)
                return
        if not found and outer:
            yield from self._named(name, tuple(outer))

    def _given(self, function: str, parameters: list[str], name: str) -> Iterator[str]:
        """Yield what callers in the same file give for a parameter."""
        position = [each for each in parameters if each not in {"self", "cls"}].index(name)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                if called == function:
                    yield from self.patterns(argument(node, position, name), (self.tree,))


def given_by_name(node: ast.Call, code: ast.expr | None) -> frozenset[str] | None:
    """Return the data that a shorthand is given; None when it, or the code, is open."""
    names = [each.arg for each in node.keywords]
    if None in names or isinstance(code, ast.JoinedStr):
        return None
    # The other number that a gate names stands by position.
    other = {"target"} if ast.unparse(node.func) == "_Told" else set[str]()
    return frozenset(str(name) for name in names) | other


def argument(node: ast.Call, position: int, name: str) -> ast.expr | None:
    """Return an argument that was given by position or by name."""
    by_name = {keyword.arg: keyword.value for keyword in node.keywords}
    return node.args[position] if position < len(node.args) else by_name.get(name)


def data_of(node: ast.Call) -> frozenset[str] | None:
    """Return which data a reason, a remedy or a finding carries; None when unknown."""
    data = argument(node, 2, "data")
    return frozenset() if data is None else keys_of(data)


def keys_of(data: ast.expr | None) -> frozenset[str] | None:
    """Return the keys of a mapping that is written out; None when it is not."""
    if isinstance(data, ast.Dict) and all(isinstance(k, ast.Constant) for k in data.keys):
        return frozenset(str(key.value) for key in data.keys if isinstance(key, ast.Constant))
    return None


def assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """Yield what a name is assigned in a function or a module."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                if any(ast.unparse(target) == name for target in targets):
                    yield value
                for target in targets:
                    yield from unpacked(name, target, value)
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value):
                if found == name:
                    yield value
            case (
                ast.For(target=target, iter=value)
                | ast.comprehension(target=target, iter=value)
            ):
                if ast.unparse(target) == name:
                    yield value
            case _:
                pass


def unpacked(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """Yield what a name is assigned when several are assigned at once."""
    if isinstance(target, ast.Tuple):
        names = [ast.unparse(each) for each in target.elts]
        options = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
        for option in options:
            if name in names and isinstance(option, ast.Tuple):
                yield option.elts[names.index(name)]


def found_uses() -> list[Use]:
    """Return every use of a code in the sources."""
    uses: list[Use] = []
    for path in sources():
        # Strategies make codes up.
        if short(path).startswith("testing/"):
            continue
        reader = Reader(tree_of(path), short(path))
        reader.visit(reader.tree)
        uses += reader.uses
    return uses


USES: Final = found_uses()
ENGLISH: Final = catalogue("en")
CODES: Final = [(section, code) for section, words in ENGLISH.items() for code in words]


def placeholders(template: str) -> set[str]:
    """Return the names that a text leaves open."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@cache
def enumerated() -> frozenset[str]:
    """Return the values of all enumerations of the package."""
    return frozenset(
        str(member)
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
        for member in kind
    )


@cache
def written() -> frozenset[str]:
    """Return every text that stands in the sources."""
    return frozenset(
        node.value
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_the_languages_have_the_same_codes_in_the_same_order() -> None:
    """Both languages have the same sections and codes, in the same order."""
    shapes = [
        [(section, list(words)) for section, words in catalogue(lang).items()]
        for lang in LANGUAGES
    ]

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(("section", "code"), CODES)
def test_the_words_of_a_code_leave_the_same_open(section: str, code: str) -> None:
    """The words of a code leave the same names open in both languages."""
    english, japanese = (catalogue(lang)[section][code] for lang in LANGUAGES)

    assert placeholders(english) == placeholders(japanese)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("section", "code"), CODES)
def test_words_are_filled_in_by_name(section: str, code: str, lang: str) -> None:
    """Words say something, and take what they need by plain names."""
    names = placeholders(ENGLISH[section][code])

    assert all(name.isidentifier() for name in names)
    text = say(section, code, lang, {name: f"<{name}>" for name in names})
    assert text.strip()
    assert all(f"<{name}>" in text for name in names)


def test_uses_are_found() -> None:
    """The sources do use codes, so the tests below are not empty."""
    assert {use.section for use in USES} >= set(SECTIONS.values())


@pytest.mark.parametrize("section", SECTIONS.values())
def test_codes_are_written_where_they_can_be_found(section: str) -> None:
    """A reason, a remedy or a finding is given a code that a reader can look for."""
    assert [use.place for use in USES if use.section == section and not use.patterns] == []


@pytest.mark.parametrize(
    "use",
    [pytest.param(use, id=use.place) for use in {use.place: use for use in USES}.values()],
)
def test_every_code_that_is_used_has_words(use: Use) -> None:
    """A code that the sources use has words."""
    words = ENGLISH[use.section]

    for pattern in use.patterns:
        assert [code for code in words if re.fullmatch(pattern, code)], pattern


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(use, id=f"{use.place} {use.section}")
        for use in {(use.place, use.section): use for use in USES}.values()
        if len(use.patterns) == 1 and use.data is not None
    ],
)
def test_words_are_given_what_they_need(use: Use) -> None:
    """Whoever uses a code gives all that its words leave open."""
    given = (use.data or frozenset()) | GIVEN.get(use.section, set())
    (pattern,) = use.patterns
    needed = {
        name
        for code, template in ENGLISH[use.section].items()
        if re.fullmatch(pattern, code)
        for name in placeholders(template)
    }

    assert needed <= given


@pytest.mark.parametrize(("section", "code"), CODES)
def test_every_word_is_used(section: str, code: str) -> None:
    """Words belong to a code that the sources use, or to an enumeration."""
    uses = [use for use in USES if use.section == section]
    if any(re.fullmatch(pattern, code) for use in uses for pattern in use.patterns):
        return

    assert any(not use.patterns for use in uses)
    assert code in enumerated() | written()


class Explained:
    """Stand for a value that has words of its own."""

    def explain(self, lang: str) -> str:
        """Say which language was asked for."""
        return f"in {lang}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(Explained(), "in ja", id="words of its own"),
        pytest.param("open", "open", id="text"),
        pytest.param(7, "7", id="anything else"),
    ],
)
def test_a_value_is_said_in_its_own_words(value: object, text: str) -> None:
    """A value that can explain itself does; any other is written as text."""
    assert words_of(value, "ja") == text
