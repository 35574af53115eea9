"""Random messages: hostile texts in every kind of block, for hypothesis.

``WHOSAID_EXAMPLES=10000 pytest tests/bot/chat/on_discord`` tries more of them.
"""

from __future__ import annotations

import os

from hypothesis import strategies as st

from bot.message import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    When,
)

EXAMPLES = int(os.environ.get("WHOSAID_EXAMPLES", "40"))

HOSTILE = (
    "@everyone", "@here", "<@1>", "<@!12>", "<@&1>", "<#1>", "<t:0:R>", "</cmd:1>", "<id:browse>",
    "<:a:1>", "<a:b:2>", ":smile:", "https://evil.example/x", "<https://evil.example>", "http://a.b",
    "[text](https://evil.example)", "[a](<https://evil.example>)", "[", "]", "](", "`", "```", "``",
    "**", "*", "_", "__", "~~", "||", "> ", ">>> ", "# ", "## ", "-# ", "- ", "1. ", "2024. ", "+ ",
    "\\", "\n", "\r\n", "\n\n", "\u2028", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00",
    "\ud800", "é", "e\u0301\u0301\u0301\u0301\u0301\u0301", "中文", "🏴‍☠️", "عربي", " ", "  ", "word",
    "said", "12,000", "discord.gg/abc", "discord.com/invite/abc", "feeds add https://evil.example",
    "source x", "steam://run", "¯\\_(ツ)_/¯", "<mailto:a@b.c>", "<+12345678901>", "a:b", "at 12:30",
)  # fmt: skip
"""What has broken other people's bots, and plain words between."""

texts = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE), st.text(max_size=12)), max_size=12
).map("".join)
long_texts = st.tuples(texts, st.integers(1, 3000)).map(
    lambda pair: (pair[0] + "x ") * (1 + pair[1] // (1 + len(pair[0])))
)
links = st.one_of(
    st.just(""),
    st.just(""),
    st.sampled_from(
        (
            "https://news.example/a?b=(c)&d=[e]#:~:text=one%20two",
            "http://news.example/é b<c>d)",
            "javascript:alert(1)",
            "https://[",
            "ftp://x.example",
            "https://news.example/" + "p" * 2000,
            "https://news.example/" + "q#" + "f" * 3000,
            "//x",
        )
    ),
    texts,
)
runs = st.builds(
    Run,
    texts,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.integers(0, 5).map(lambda number: number == 0),
    link=links,
)
moments = st.builds(When, st.integers(-(10**14), 10**14), texts)
styled = st.lists(st.one_of(runs, runs, runs, moments), max_size=6).map(tuple)
long_styled = st.one_of(
    styled, st.builds(lambda text, bold: (Run(text, bold=bold),), long_texts, st.booleans())
)
buttons = st.builds(
    Button, texts, st.one_of(texts, st.sampled_from(("story 1", "story 2"))), st.booleans()
)
blocks = st.one_of(
    st.builds(Heading, texts, st.sampled_from((1, 2)), links),
    st.builds(Paragraph, long_styled),
    st.builds(Quote, long_styled),
    st.builds(Facts, st.lists(st.tuples(texts, styled), max_size=5).map(tuple)),
    st.builds(Bullets, st.lists(long_styled, max_size=5).map(tuple)),
    st.builds(Small, long_styled),
    st.just(Divider()),
    st.builds(Picture, st.just(b"\x89PNG"), long_texts, texts),
    st.builds(Buttons, st.lists(buttons, max_size=12).map(tuple)),
)
messages = st.builds(Message, st.lists(blocks, max_size=12).map(tuple), texts)
