"""Destinations of documents are read with every mistake at its place.

Here: what each mistake in a destination is answered with, word by word. Not here: the
rest of the document (`test_documents`), or what holds for all documents (`tests/laws`).
"""

import pytest

from tests.tenant.documents import large, refusals, ring

DESTINATIONS = [
    pytest.param(
        ring('ring = ["1001"], strategy = "all", seconds = 0, repeat = "2", draw = "turns"'),
        [
            "numbers[0].incoming[0].draw: `draw` does not go with `ring`: leave it out",
            (
                "numbers[0].incoming[0].strategy: `all` is not a ring strategy: write one of "
                "`circular`, `longest_idle`, `sequential`, `simultaneous`, `weighted`"
            ),
            (
                "numbers[0].incoming[0].seconds: `0` is out of range: the ring time of a "
                "destination is 1 to 600"
            ),
            (
                "numbers[0].incoming[0].repeat: `2` is not a whole number, as the number of "
                "rounds of a destination must be"
            ),
        ],
        id="every setting of a ring wrong",
    ),
    pytest.param(
        ring('ring = ["1001"], then = { ring = ["1009"], key = "x", then = { announce = 5 } }'),
        [
            "numbers[0].incoming[0].then.key: `key` does not go with `ring`: leave it out",
            (
                "numbers[0].incoming[0].then.then.announce: `5` is not text, as a guidance "
                'number must be: write it in quotes, "5"'
            ),
            (
                "numbers[0].incoming[0].then.ring[0]: `1009` is not an extension of this "
                "tenant: did you mean `1002`?"
            ),
        ],
        id="mistakes in what follows",
    ),
    pytest.param(
        ring('ring = ["1001"], then = {}'),
        [
            (
                "numbers[0].incoming[0].then: there is no destination: write one of `ring = "
                "[…]`, `announce = …`, `busy = true`, `divert = …` and `distribute = {…}`"
            ),
        ],
        id="nothing follows",
    ),
    pytest.param(
        ring('ring = ["1001"], then = "009608"'),
        [
            "numbers[0].incoming[0].then: `009608` is not a table: write keys and values",
        ],
        id="text follows",
    ),
    pytest.param(
        ring('ring = ["1001"], then = { ' * 20 + "busy = true" + " }" * 20),
        [
            (
                "numbers[0].incoming[0].then: `21` destinations follow each other: leave 20 at "
                "most"
            ),
        ],
        id="too many follow each other",
    ),
    pytest.param(
        ring("busy = true, seconds = 5, then = { busy = true }"),
        [
            ("numbers[0].incoming[0].seconds: `seconds` does not go with `busy`: leave it out"),
            "numbers[0].incoming[0].then: `then` does not go with `busy`: leave it out",
        ],
        id="settings of the busy tone",
    ),
    pytest.param(
        ring('divert = "1009"'),
        [
            (
                "numbers[0].incoming[0].divert: `1009` is not an extension of this tenant: did "
                "you mean `1002`?"
            ),
        ],
        id="sent on to nobody",
    ),
    pytest.param(
        ring('divert = "009608"'),
        [
            (
                "numbers[0].incoming[0].divert: `009608` is a guidance, which answers before a "
                'phone can: write `announce = "009608"`'
            ),
        ],
        id="sent on to a guidance",
    ),
    pytest.param(
        ring("divert = 312345678"),
        [
            (
                "numbers[0].incoming[0].divert: `312345678` is not text, as a target must be: "
                'write it in quotes, "312345678"'
            ),
        ],
        id="sent on to a number in digits",
    ),
    pytest.param(
        ring('distribute = "1001"'),
        [
            (
                "numbers[0].incoming[0].distribute: `1001` is not a table: write names and "
                "values"
            ),
        ],
        id="text for a ratio",
    ),
    pytest.param(
        ring("distribute = {}"),
        [
            (
                "numbers[0].incoming[0].distribute: `{}` sends no call anywhere: give a target "
                "a weight of 1 to 9, or write `busy = true`"
            ),
        ],
        id="an empty ratio",
    ),
    pytest.param(
        ring("distribute = { 1001 = 0 }"),
        [
            (
                "numbers[0].incoming[0].distribute: `{'1001': 0}` sends no call anywhere: give "
                "a target a weight of 1 to 9, or write `busy = true`"
            ),
        ],
        id="nothing but 0",
    ),
    pytest.param(
        ring("distribute = { 1001 = 10, 1002 = true, 1009 = 0, 009608 = 1, '1 2,' = 1 }"),
        [
            (
                "numbers[0].incoming[0].distribute.1001: `10` is out of range: the weight of "
                "1001 is 0 to 9"
            ),
            (
                "numbers[0].incoming[0].distribute.1002: `True` is not a whole number, as the "
                "weight of 1002 must be"
            ),
            (
                "numbers[0].incoming[0].distribute.009608: `009608` is a guidance, which "
                "answers before a phone can: give it a rule of its own"
            ),
            (
                'numbers[0].incoming[0].distribute."1 2,": `1 2,` is not one target: write each'
                " as its own text, without spaces"
            ),
            (
                "numbers[0].incoming[0].distribute.1009: `1009` is not an extension of this "
                "tenant: did you mean `1002`?"
            ),
        ],
        id="weights that are none",
    ),
    pytest.param(
        ring("distribute = { 03-1234-5678 = 1, 0312345678 = 1 }"),
        [
            (
                "numbers[0].incoming[0].distribute: `0312345678` stands twice: targets must "
                "differ, remove one"
            ),
        ],
        id="a target of a ratio in two spellings",
    ),
    pytest.param(
        ring(
            "distribute = { 1001 = 1 }, draw = 'dice', when_unavailable = 'wait', key = 5, "
            "seconds = 0, repeat = 2"
        ),
        [
            (
                "numbers[0].incoming[0].repeat: `repeat` does not go with `distribute`: leave "
                "it out"
            ),
            (
                "numbers[0].incoming[0].draw: `dice` is not a way to draw: write one of `hash`,"
                " `turns`"
            ),
            (
                "numbers[0].incoming[0].when_unavailable: `wait` is not a policy for a target: "
                "write one of `busy`, `next`, `renormalise`"
            ),
            (
                "numbers[0].incoming[0].key: `5` is not text, as the key of a distribution must"
                ' be: write it in quotes, "5"'
            ),
            (
                "numbers[0].incoming[0].seconds: `0` is out of range: the ring time of a "
                "distribution is 1 to 600"
            ),
        ],
        id="settings of a ratio",
    ),
    pytest.param(
        ring("distribute = { 1001 = 1 }, then = { ring = [] }"),
        [
            (
                "numbers[0].incoming[0].then.ring: `[]` rings nothing: name a target, or write "
                "`busy = true`"
            ),
        ],
        id="a mistake in what follows a ratio",
    ),
    pytest.param(
        large(
            'otherwise = { ring = ["large"], repeat = 10 }, override = { divert = "largest" }'
        ),
        [
            (
                "numbers[0].otherwise: `ring large, 10 rounds` calls 21100 targets, 10000 is "
                "the most: make fewer rounds, or take groups out of each other"
            ),
            (
                "numbers[0].override: `divert to largest` calls 21110 targets, 10000 is the "
                "most: make fewer rounds, or take groups out of each other"
            ),
        ],
        id="calls that would go on and on",
    ),
]


@pytest.mark.parametrize(("text", "lines"), DESTINATIONS)
def test_a_mistake_is_named_with_its_place_and_its_fix(text: str, lines: list[str]) -> None:
    """What is wrong is told once, where it stands, with what to write instead."""
    assert refusals(text) == lines
