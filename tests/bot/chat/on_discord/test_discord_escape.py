"""Text of strangers is shown as it stands: no ping, no format, no link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from peer import Peer
from random_messages import EXAMPLES, HOSTILE, styled, texts

from bot.chat.discord_escape import cut, escape, markup
from bot.chat.discord_limits import size
from bot.chat.visible import clean
from bot.message import Run, Text

PING = re.compile(r"<@|<#|<t:|</|<a?:|@(everyone|here)|https?://|steam://|discord\.gg/")


def backslashes_read(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(texts)
def test_any_text_reads_as_it_stands(text: str) -> None:
    assert backslashes_read(escape(text)) == clean(text)


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(texts)
def test_no_text_pings_or_links_on_its_own(text: str) -> None:
    assert not PING.search(re.sub(r"\\[^0-9A-Za-z\s]", "\\\\", escape(text)))


def kinds(nodes: list[dict[str, Any]]) -> set[str]:
    found = {node["type"] for node in nodes}
    for node in nodes:
        if isinstance(node.get("content"), list):
            found |= kinds(node["content"])
    return found


def read(nodes: list[dict[str, Any]]) -> str:
    """What a person reads in a parsed text."""
    shown = ""
    for node in nodes:
        content = node.get("content")
        if node["type"] == "twemoji":
            shown += node["name"]
        elif node["type"] in {"br", "newline"}:
            shown += "\n"
        else:
            shown += read(content) if isinstance(content, list) else str(content or "")
    return shown


def squeezed(text: str) -> str:
    """The text without white space, and without what the parser or the markup change on purpose."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(text.replace("［", "[").replace("］", "]").replace("‵", "`").split()).replace(
        "\u200b", ""
    )


PLAIN = {"text", "br", "newline", "twemoji", "emoticon"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_plain_text_to_a_parser_of_discords_markdown(
    text: str, peer: Peer
) -> None:
    for shown in (text, f"a {text} b", f"a{text}b"):
        nodes = peer.nodes(escape(shown))
        assert kinds(nodes) <= PLAIN
        assert squeezed(read(nodes)) == squeezed(clean(shown))


@settings(max_examples=5 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts)
def test_random_texts_are_plain_text_to_a_parser_of_discords_markdown(
    peer: Peer, text: str
) -> None:
    nodes = peer.nodes(escape(text))
    assert kinds(nodes) <= PLAIN
    assert squeezed(read(nodes)) == squeezed(clean(text))


@settings(max_examples=5 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(styled)
def test_random_styled_texts_have_just_their_own_links_and_styles(peer: Peer, text: Text) -> None:
    runs = [part for part in text if isinstance(part, Run)]
    nodes = peer.nodes(markup(tuple(runs)))
    allowed = set(PLAIN)
    allowed |= {"strong"} if any(run.bold for run in runs) else set()
    allowed |= {"em"} if any(run.italic for run in runs) else set()
    allowed |= {"link"} if any(run.link for run in runs) else set()
    allowed |= {"inlineCode"} if any(run.code for run in runs) else set()
    assert kinds(nodes) <= allowed
    assert squeezed(read(nodes)) == squeezed("".join(clean(run.text) for run in runs))


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(styled)
def test_a_text_is_cut_into_pieces_that_fit_and_together_are_the_text(text: Text) -> None:
    pieces = cut(text, 2000)
    whole = "".join(clean(part.text) for part in text if isinstance(part, Run))
    assert all(size(markup(piece)) <= 2000 for piece in pieces)
    assert "".join(part.text for piece in pieces for part in piece if isinstance(part, Run)) in {
        whole,
        "".join(part.text for part in text if isinstance(part, Run)),
    }


def test_a_long_word_is_cut_too() -> None:
    pieces = cut((Run("x" * 9000),), 2000)
    assert len(pieces) == 5
    assert (
        "".join(part.text for piece in pieces for part in piece if isinstance(part, Run))
        == "x" * 9000
    )


def test_what_shows_nothing_or_turns_the_line_is_taken_out() -> None:
    assert clean("a\u202eb\u2066c\u200bd\ufeffe\x00f\u00adg\U000e0041h") == "abcdefgh"


def test_joiners_and_accents_of_living_scripts_stay() -> None:
    for text in ("می\u200cخواهم", "👩\u200d🚀", "tiếng Việt", "e\u0301"):
        assert clean(text) == text


def test_piled_up_marks_are_thinned_and_half_characters_replaced() -> None:
    assert clean("a" + "\u0301" * 9) == "a" + "\u0301" * 4
    assert clean("x\ud800y") == "x\ufffdy"


@pytest.mark.parametrize("code", [False, True])
def test_a_link_of_ours_cannot_be_led_elsewhere_by_what_follows_it(peer: Peer, code: bool) -> None:
    ours = Run("Courier", link="https://news.example/a")
    theirs = Run(" he said](https://evil.example) and ](<https://evil.example>)", code=code)
    nodes = peer.nodes(markup((ours, theirs)))
    targets = [node["target"] for node in nodes if "target" in node]
    assert targets == ["https://news.example/a"]
    assert squeezed(read(nodes)) == squeezed(ours.text + theirs.text)
