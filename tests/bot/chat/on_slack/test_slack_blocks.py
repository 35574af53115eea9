"""Messages as Block Kit: within every limit, whole, and harmless whatever is quoted."""

import json
import random
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_rules import faults, shown, size, walk
from slack_samples import LINKS, card, digest, message

from bot.chat.slack_blocks import Payload, payloads, threaded
from bot.chat.slack_escape import address
from bot.message import (
    Button,
    Buttons,
    Divider,
    Heading,
    Message,
    Paragraph,
    Picture,
    Run,
    Small,
    When,
    plain,
)

ALLOWED = {address(link) for link in LINKS} - {""}
TOKEN = re.compile(r"<[^>]*>")
DATE = re.compile(r"<!date\^\d+\^\{date_short\} \{time\}\|[^<>|]*>")


def sent(source):
    return [json.loads(part.to_json()) for part in threaded(source)]


def ours(token):
    """Tell whether a token of markup is a moment or one of our links."""
    link = token[1:].split("|")[0].replace("&amp;", "&")
    return bool(DATE.fullmatch(token)) or link in ALLOWED


def pings_and_links(payload):
    """Return whatever in a payload could ping, link or format but was not put there by us."""
    found = []
    for one in walk(payload["blocks"]):
        if one.get("type") in {"user", "usergroup", "broadcast", "channel", "emoji", "team"}:
            found.append(one)
        if one.get("type") == "link" and one["url"] not in ALLOWED:
            found.append(one["url"])
    markup = [one["text"] for one in walk(payload["blocks"]) if one.get("type") == "mrkdwn"]
    for text in [payload["text"], *markup]:
        found += [token for token in TOKEN.findall(text) if not ours(token)]
        bare = TOKEN.sub("", text)
        found += re.findall(r"[*_~`<>]|(?<!:):[a-z0-9+]{1,100}:|https?://|@\w|www\.\w", bare)
    words = json.dumps(payload, ensure_ascii=False)
    found += re.findall(r"<!(?:channel|here|everyone|subteam)|<@|<#", _without_values(words))
    return found


def _without_values(words):
    return re.sub(r'"value": "(?:[^"\\]|\\.)*"', "", words)


@settings(
    max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
@given(st.integers(0, 2**32))
def test_ten_thousand_random_messages_stay_within_limits_and_harmless(seed):
    """Whatever is quoted: Slack takes every payload, nothing pings, links or formats."""
    for payload in sent(message(random.Random(seed), most=4)):
        assert faults(payload) == []
        assert pings_and_links(payload) == []


def test_an_address_cut_in_a_button_becomes_no_link_in_the_text():
    """A label is cut at 75 characters, also in the middle of an address."""
    label = "w" * 69 + " www.evil.example"
    (payload,) = sent(Message((Buttons((Button(label, "story 1"),)),), ""))
    assert payload["blocks"][0]["elements"][0]["text"]["text"].endswith(" www.…")
    for shorter in range(1, 6):
        (payload,) = sent(Message((Buttons((Button(label[shorter:], "story 1"),)),), ""))
        assert "www." in payload["blocks"][0]["elements"][0]["text"]["text"]
        assert pings_and_links(payload) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_long_message_loses_no_word(seed):
    """What is cut into parts reads on as it was."""
    rng = random.Random(seed)
    sentences = [f"w{rng.randrange(10**6)} {'word ' * rng.randrange(400)}end" for _ in range(30)]
    parts = payloads(Message(tuple(Paragraph(plain(one)) for one in sentences), "s"))
    told = " ".join(shown(json.loads(part.to_json())) for part in parts)
    assert told.split() == " ".join(sentences).split()
    assert all(faults(json.loads(part.to_json())) == [] for part in parts)


def test_a_digest_goes_on_in_the_thread():
    """The channel gets one message; the parts below are counted, and no story is torn apart."""
    first, *rest = sent(digest(20))
    assert rest
    assert first["blocks"][-1]["elements"][0]["text"].startswith("Goes on in the thread: part 2")
    assert (
        rest[-1]["blocks"][0]["elements"][0]["text"] == f"Part {len(rest) + 1} of {len(rest) + 1}"
    )
    for part in [first, *rest]:
        titles = sum(
            element.get("style") == {"bold": True} and element["text"].startswith("Dam ")
            for element in walk(part["blocks"])
        )
        assert titles == sum(one.get("value", "").startswith("story ") for one in walk(part))


def test_what_belongs_in_the_thread_comes_after_the_message():
    """A message's own thread follows it."""
    parts = threaded(Message(card().blocks, "s", thread=(digest(1),)))
    assert len(parts) == 2
    assert "Dam 0" in parts[1].text


def test_the_text_says_the_whole_for_screen_readers():
    """Every word that is shown is in the top-level text too, the summary first."""
    (payload,) = sent(card())
    assert payload["text"].startswith("Ada Ruiz: Officials said")
    for words in ("harbour master", "20 Oct 2024", "Dam holds in storm", "Searched 62"):
        assert words in payload["text"]


def test_a_moment_is_shown_in_the_readers_zone():
    """Times are dates of Slack's own, with a fallback."""
    (payload,) = sent(card())
    (date,) = [one for one in walk(payload["blocks"]) if one.get("type") == "date"]
    assert (date["timestamp"], date["fallback"]) == (1729395000, "20 Oct 2024 03:30 UTC")
    assert "<!date^1729395000^{date_short} {time}|20 Oct 2024 03:30 UTC>" in payload["text"]


def test_a_moment_in_a_footnote_is_marked_up():
    """Footnotes with links or moments use markup, where Slack links nothing by itself."""
    note = Small(
        (Run("see "), Run("a|b*c*", link="https://a.example/?x=1&y"), When(1729395000, "n"))
    )
    (payload,) = sent(Message((note,), "s"))
    (element,) = payload["blocks"][0]["elements"]
    assert element["verbatim"] is True
    assert "<https://a.example/?x=1&amp;y|a∣b∗c∗>" in element["text"]


def test_buttons_carry_their_commands_under_ids_of_their_own():
    """A button's value is the command; its id is unique in the message."""
    buttons = tuple(Button(f"b{n}", "story 3f2a", danger=n == 0) for n in range(7))
    (payload,) = sent(Message((Buttons(buttons),), "s"))
    rows = [block["elements"] for block in payload["blocks"]]
    assert [len(row) for row in rows] == [5, 2]
    assert {one["value"] for row in rows for one in row} == {"story 3f2a"}
    assert rows[0][0]["style"] == "danger"


def test_a_command_too_long_for_a_button_is_shown_to_be_typed():
    """Nothing that can be asked is hidden."""
    (payload,) = sent(Message((Buttons((Button("Long", "source " + "x " * 1100),)),), "s"))
    assert shown(payload).startswith("/whosaid source x")


def test_a_picture_is_shown_as_bars_and_words():
    """Who cannot see the file reads the same from the message."""
    picture = Picture(b"png", "Mentions a day", bars=(("Mon", 2), ("Tue", 4)))
    (part,) = payloads(Message((picture,), "s"))
    told = shown(json.loads(part.to_json()))
    assert "Mentions a day" in told
    assert "Tue ████████████████████ 4" in told
    assert part.pictures == (picture,)


def test_room_can_be_kept_for_what_stands_below():
    """A reserve makes parts smaller by that much."""
    parts = payloads(digest(12), reserve=4000)
    assert all(size(part.blocks) <= 6000 for part in parts)


def test_a_long_title_is_shown_whole():
    """A header holds 150 characters; a longer title stands in bold."""
    title = "Dam " * 60
    (payload,) = sent(Message((Heading(title), Divider(), Paragraph(plain("x"))), "s"))
    assert title.strip() in shown(payload)


def test_an_empty_message_still_says_something():
    """Slack takes no empty message."""
    for empty in (Message((), ""), Message((Paragraph(()), Divider()), "\u200b")):
        (payload,) = sent(empty)
        assert faults(payload) == []


def test_a_frozen_payload_reads_back_the_same():
    """What is frozen is what is sent."""
    for part in threaded(digest(20)):
        assert Payload.from_json(part.to_json()).to_json() == part.to_json()
