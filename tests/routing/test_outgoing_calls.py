"""Outgoing calls as values: their words, their data, and no truth."""

import json
import pickle
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cloudpbx.decisions import Actor, Outcome, Reason, Remedy
from cloudpbx.routing.dialling import DialRules, plan_dial
from cloudpbx.routing.extensions import Extension, ExtensionRange
from cloudpbx.routing.line_types import LineType
from cloudpbx.routing.outgoing_calls import OutgoingCall
from cloudpbx.routing.ring_plans import Ending, RingPlan, RouteOutcome
from cloudpbx.routing.targets import Targets

NOW = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
EXTENSIONS = (Extension(number="1001"), Extension(number="1002"))
BUSY = RingPlan(
    ending=Ending(0, RouteOutcome.BUSY),
    reasons=(Reason("line.busy", "1002"),),
    remedies=(Remedy("forward.busy.set", Actor.PORTAL_ADMINISTRATOR, {"about": "1002"}),),
)


def dial(text: str) -> OutgoingCall:
    """Let an extension dial on a Hikari Denwa line."""
    rules = DialRules(
        targets=Targets(EXTENSIONS, (), ExtensionRange()),
        region="JP",
        numbers=("0312345678",),
        international=False,
        activated=True,
        line_type=LineType.named("hikari_denwa"),
    )
    return plan_dial(text, extension=EXTENSIONS[0], rules=rules, at=NOW, ring=lambda _: BUSY)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        pytest.param(
            "090-1111-2222",
            "en",
            """\
1001 dials 090-1111-2222 at 2026-11-24 12:00:00+09:00
allowed
  kind       domestic number
  number     090-1111-2222
  caller ID  03-1234-5678
because
  1. 090-1111-2222 is a domestic number
  2. the application has been reviewed and authenticated
  3. 090-1111-2222 can be dialled on Hikari Denwa (ひかり電話)
  4. 03-1234-5678 is presented, the first number of this tenant""",
            id="allowed",
        ),
        pytest.param(
            "0039-03-1111-2222",
            "en",
            """\
1001 dials 0039-03-1111-2222 at 2026-11-24 12:00:00+09:00
refused
  kind     domestic number
  number   03-1111-2222
  carrier  0039
because
  1. 03-1111-2222 is a domestic number
  2. carrier 0039 is selected for this call
  3. the application has been reviewed and authenticated
  4. 03-1111-2222 cannot be dialled on Hikari Denwa (ひかり電話): \
00 is carrier selection (電気通信事業者を指定した発信)
  5. 03-1234-5678 is presented, the first number of this tenant
  → user: dial 0311112222, without selecting carrier 0039""",
            id="refused",
        ),
        pytest.param(
            "114",
            "ja",
            """\
内線1001から114への発信 (2026-11-24 12:00:00+09:00)
不可
  種別  特番
  番号  114
理由
  1. 114は特番です
  2. お申込みの審査と認証は完了しています
  3. 114はひかり電話(Hikari Denwa)から発信できません(114: お話中調べ、busy line check)
  4. 契約中の最初の番号03-1234-5678を通知します
  → 契約者: 114に発信するには、ひかり電話(Hikari Denwa)以外の回線を利用する""",
            id="in Japanese",
        ),
        pytest.param(
            "1002",
            "en",
            """\
1001 dials 1002 at 2026-11-24 12:00:00+09:00
allowed
  kind    extension
  number  1002
  then    the caller hears the busy tone
because
  1. 1002 is an extension of this tenant
  2. extension 1002 is busy
  → portal administrator: set a forward of extension 1002 for when it is busy""",
            id="an extension that is busy",
        ),
        pytest.param(
            "hello",
            "en",
            """\
1001 dials hello at 2026-11-24 12:00:00+09:00
refused
  kind  unknown
because
  1. hello is neither an extension nor any number that can be dialled
  → user: dial another number: hello leads nowhere""",
            id="unknown",
        ),
    ],
)
def test_a_call_says_itself(text: str, lang: str, words: str) -> None:
    """A call says who dials what, what the switch sends, why, and what to do."""
    call = dial(text)

    assert call.explain(lang) == words
    assert words.startswith(call.to_text(lang))


def test_a_call_is_plain_data() -> None:
    """A call is plain data for JSON, with its words."""
    call = dial("184-03-1111-2222")

    assert json.loads(json.dumps(call.to_dict("ja"))) == {
        "extension": "1001",
        "dialled": "184-03-1111-2222",
        "at": "2026-11-24T12:00:00+09:00",
        "outcome": "allowed",
        "kind": "domestic",
        "number": "0311112222",
        "carrier": "",
        "caller_id": None,
        "plan": None,
        "because": [each.to_dict("ja") for each in call.because],
        "remedies": [],
    }
    assert dial("1002").to_dict()["plan"] == "busy"


def test_a_call_is_shown_in_a_notebook() -> None:
    """HTML has the call and a table of reasons and remedies, and obeys nothing in them."""
    html = dial("<b>114").to_html("ja")

    assert html.startswith('<div class="cloudpbx" lang="ja">\n<pre>')
    assert "<b>" not in html
    assert "&lt;b&gt;114" in html
    assert "→" in html
    assert dial("114")._repr_html_() == dial("114").to_html()


def test_a_call_has_no_truth_value() -> None:
    """Whoever asks `if call:` is told to ask for what is meant."""
    with pytest.raises(TypeError) as caught:
        bool(dial("114"))

    assert str(caught.value) == (
        "an outgoing call has no truth value: ask `.allowed` or compare `.outcome`"
    )


def test_a_call_is_a_value() -> None:
    """Two calls that say the same are equal, and one comes back from a pickle."""
    call = dial("0039-03-1111-2222")

    assert call == dial("0039-03-1111-2222")
    assert hash(call) == hash(dial("0039-03-1111-2222"))
    assert pickle.loads(pickle.dumps(call)) == call
    assert call != dial("0036-03-1111-2222")


def test_what_a_call_is_made_of() -> None:
    """The parts of what was dialled and decided are asked of the call."""
    call = dial("0039-03-1111-2222")

    assert (call.outcome, call.allowed) == (Outcome.REFUSED, False)
    assert (call.kind, call.number, call.carrier) == ("domestic", "0311112222", "0039")
    assert (call.because, call.remedies) == (call.decision.reasons, call.decision.remedies)
    assert call.plan is None
