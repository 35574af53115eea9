"""Commands in sentences of ours are shown as they are typed on each platform; news never is."""

import pytest

from bot.cards.feeds import feeds_card
from bot.cards.typed import as_typed, ours, told
from bot.chat.discord_components import payloads as discord_payloads
from bot.chat.slack_blocks import payloads as slack_payloads
from bot.chat.terminal import as_text
from bot.message import Bullets, Facts, Message, Paragraph, Quote, Run, Small, plain, words

SAID = "No digest times here yet. Set them: “schedule 07:00 Europe/London weekdays”"


def test_each_platform_shows_what_is_typed_there():
    message = told(SAID)
    (slack,) = slack_payloads(message)
    assert slack.text == SAID.replace("schedule", "/whosaid schedule")
    assert "“/schedule 07" in str(discord_payloads(message)[0].components)
    assert "“schedule 07:00 Europe/London weekdays”" in " ".join(as_text(message).split())


def test_a_list_without_feeds_says_how_to_add_one():
    card = feeds_card([], now=None)
    assert "'/whosaid feeds add https://outlet.example/rss'" in str(slack_payloads(card)[0].blocks)


@pytest.mark.parametrize(
    "text",
    [
        "No command is called “sourse”.",
        "Following “Search for the ferry”.",
        "No quotation: schedule it.",
        "“storybook” is no command.",
    ],
)
def test_only_quoted_commands_are_marked(text):
    assert not any(run.typed for run in ours(text))
    assert words(ours(text)) == text


def test_words_of_an_article_are_never_touched():
    """A quotation that says "schedule" between quotation marks stays as it is."""
    text = "He told them to “schedule 07:00”."
    message = Message((Quote(plain(text)), Paragraph(plain(text))), "")
    assert as_typed(message, "/whosaid ") == message


def test_every_kind_of_block_is_looked_at():
    typed = (Run("help", typed=True),)
    shown = (Run("/help"),)
    blocks = (Paragraph(typed), Small(typed), Bullets((typed,)), Facts((("Help", typed),)))
    wanted = (Paragraph(shown), Small(shown), Bullets((shown,)), Facts((("Help", shown),)))
    assert as_typed(Message(blocks, ""), "/").blocks == wanted
