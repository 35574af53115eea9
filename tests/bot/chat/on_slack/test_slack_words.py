"""Words typed, pasted and pointed at, as commands."""

import pytest

from bot.chat.slack_escape import JOINER, address, escape, literal, unescape
from bot.chat.slack_place import of_event, of_interaction
from bot.chat.slack_seen import Seen
from bot.chat.slack_words import mention_words, pasted, slash_words, subject_of, text_of
from bot.chat.visible import clean


@pytest.mark.parametrize(
    ("command", "text", "words"),
    [
        ("/source", "the dam held", "source the dam held"),
        ("/source", "", "source"),
        ("/briefing", "", "digest"),
        ("/briefing", "<https://a.example/1>", "brief https://a.example/1"),
        ("/whosaid", "", "help"),
        ("/whosaid", " feeds add <https://a.example|a> ", "feeds add https://a.example"),
    ],
)
def test_slash_commands_are_commands(command, text, words):
    """The two daily commands have names of their own; all others stand behind one."""
    assert slash_words(command, text) == words


@pytest.mark.parametrize(
    ("text", "pointed_at", "words"),
    [
        ("<@U1> did the dam hold?", "", "did the dam hold?"),
        ("<@U1|whosaid>, who said this?", "the dam held", "who said this?"),
        ("<@U1> why <https://a.example>", "", "why https://a.example"),
        ("/source a", "", "/source a"),
        ("<@U1>", "", "help"),
        ("<@U1>", "the dam held", "who said that?"),
    ],
)
def test_a_mention_says_its_words(text, pointed_at, words):
    """What they mean is told elsewhere; without any it asks about what the thread begins with."""
    assert mention_words(text, pointed_at) == words


def test_a_message_reads_as_its_words():
    """Links as addresses, channels by name, mentions left out, entities undone."""
    text = "<!here> see <https://a.example/?a=1&amp;b=2|this>, <#C1|news> &lt;b&gt; <@U1>"
    assert unescape(text) == "see https://a.example/?a=1&b=2, news <b>"
    assert unescape("<!date^1^{date}|20 Oct> <mailto:a@b.example|a@b.example>") == (
        "20 Oct a@b.example"
    )


def test_a_long_message_is_cut_at_a_space():
    """A question has its limit."""
    assert pasted("word " * 1000).endswith("word")
    assert len(pasted("word " * 1000)) <= 2000
    assert len(pasted("w" * 5000)) == 2000


def test_a_message_without_text_speaks_by_its_blocks():
    """Other bots' messages hold their words in blocks or attachments."""
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "The dam held"}}
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "value": "story 1"}
    blocks = [section, {"type": "actions", "elements": [button]}]
    assert text_of({"blocks": blocks}).startswith("The dam held")
    assert text_of({"attachments": [{"fallback": "The dam held"}]}) == "The dam held"
    assert subject_of({"text": "x", "blocks": blocks}) == "story 1"
    assert subject_of({"text": "x"}) == "x"


def test_markup_is_defused():
    """Look-alikes for what formats, joiners for what links or pings by itself."""
    assert escape("*b* _i_ ~s~ `c`") == "∗b∗ ＿i＿ ∼s∼ ˋcˋ"
    assert escape("<!channel> & co") == "&lt;!channel&gt; &amp; co"
    assert escape("> q") == "› q"
    assert escape("at 12:30, said Dr. Ruiz.") == "at 12:30, said Dr. Ruiz."
    for hostile in (":smile:", "@here", "https://evil.example", "evil.example", "WWW.e"):
        assert JOINER in escape(hostile)
        assert escape(hostile).replace(JOINER, "") == hostile


def test_rich_text_is_left_as_it_is():
    """Only what some client might read as a ping after all is parted."""
    assert literal("*b* 5 < 6 & <b>") == "*b* 5 < 6 & <b>"
    assert literal("<!channel> <@U1> <https://x|y>").count(JOINER) == 3
    assert clean("a\u202eb\u200bc\r\nd") == "abc\nd"


def test_only_web_addresses_are_links():
    """Other schemes are no links; long fragments are dropped; signs of markup are encoded."""
    assert address("javascript:alert(1)") == ""
    assert address("https://a.example/|<>") == "https://a.example/%7C%3C%3E"
    assert address("https://a.example/x#" + "y" * 2000) == "https://a.example/x"
    assert address("https://") == ""


def test_a_place_reads_what_slack_sends():
    """Events and presses say who, where, in which thread."""
    event = {"user": "U1", "channel": "D1", "ts": "5.5", "thread_ts": "4.4"}
    place = of_event({"event": event, "event_id": "Ev1"}, again=True)
    assert (place.user, place.thread, place.at, place.direct, place.again) == (
        "U1",
        "4.4",
        5.5,
        True,
        True,
    )
    place = of_interaction({"user": {"id": "U1"}, "container": {"channel_id": "C1"}})
    assert (place.channel, place.at, place.alone, place.url) == ("C1", 0.0, False, "")


def test_only_the_last_keys_are_kept():
    """Memory stays bounded; a key without words is always new."""
    seen = Seen(kept=2)
    assert [seen.first(key) for key in ("a", "a", "b", "c", "a", "", "")] == [
        True,
        False,
        True,
        True,
        True,
        True,
        True,
    ]
