"""Messages of every kind, with hostile words in them: ours, invented."""

from __future__ import annotations

import random

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
    plain,
)

HOSTILE = (
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "@everyone",
    "@here",
    "@channel",
    "<@U1>",
    "<@1>",
    "<@&1>",
    "<#C1>",
    "<#1>",
    "<!subteam^S1>",
    "<!date^0^{time}|x>",
    "<t:0:R>",
    "</cmd:1>",
    "<https://evil.example|bank>",
    "<mailto:a@evil.example|b>",
    "[text](https://evil.example)",
    "https://evil.example/x?a=1&b=2",
    "www.evil.example",
    "evil.example",
    "`code`",
    "```\ncode\n```",
    "*bold*",
    "_italic_",
    "~struck~",
    "> quoted",
    ">>> quoted",
    "&lt;!channel&gt;",
    "&amp;",
    ":smile:",
    ":+1:",
    "\u202egnp.exe",
    "a\u200bb",
    "\ufeff",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "e" + "\u0301" * 30,
    "/whosaid feeds remove",
    "source @a:1",
    "\n\n\n",
    "\u2028",
    "#" * 200,
    "w" * 1200,
    "&" * 700,
    '"' * 700,
    "ㄱ단어 " * 90,
    "😀" * 200,
    "",
    " ",
)
LINKS = (
    "",
    "",
    "https://outlet.example/a?b=1&c=2#:~:text=one%20two",
    "http://outlet.example/|<>",
    "javascript:alert(1)",
    "https://outlet.example/" + "p" * 1400,
    "ftp://outlet.example/",
    "https://[",
    "https://outlet.example/<!channel>",
)
WORDS = ("harbour", "officials", "said", "the", "dam", "held,", "“overnight”", "rain", "in", "Ada")


def text(rng: random.Random) -> str:
    """Return some words, hostile ones among them."""
    pool = HOSTILE if rng.random() < 0.4 else WORDS
    joint = rng.choice((" ", " ", "", "\n"))
    return joint.join(rng.choice(pool) for _ in range(rng.randrange(12)))


def runs(rng: random.Random) -> tuple[Run | When, ...]:
    found: list[Run | When] = []
    for _ in range(rng.randrange(4)):
        if rng.random() < 0.15:
            found.append(When(rng.choice((0, -1, 1729395000, 10**13)), text(rng)))
        else:
            styles = {name: rng.random() < 0.2 for name in ("bold", "italic", "code")}
            found.append(Run(text(rng), **styles, link=rng.choice(LINKS)))
    return tuple(found)


def block(rng: random.Random):  # noqa: PLR0911 - one return a kind of block
    """Return a block of any kind."""
    match rng.randrange(9):
        case 0:
            return Heading(text(rng), rng.choice((1, 2)), rng.choice(LINKS))
        case 1:
            return Paragraph(runs(rng))
        case 2:
            return Quote(runs(rng))
        case 3:
            return Facts(tuple((text(rng), runs(rng)) for _ in range(rng.randrange(5))))
        case 4:
            return Bullets(tuple(runs(rng) for _ in range(rng.randrange(5))))
        case 5:
            return Small(runs(rng))
        case 6:
            return Divider()
        case 7:
            bars = tuple((text(rng), rng.randrange(-2, 50)) for _ in range(rng.randrange(4)))
            return Picture(b"\x89PNG", text(rng), bars=bars)
        case _:
            buttons = (
                Button(text(rng), text(rng)[: rng.choice((20, 90, 90, 2500))], rng.random() < 0.2)
                for _ in range(rng.randrange(8))
            )
            return Buttons(tuple(buttons))


def message(rng: random.Random, *, most: int = 8) -> Message:
    """Return a message of any blocks."""
    blocks = tuple(block(rng) for _ in range(rng.randrange(most)))
    return Message(blocks, text(rng), private=rng.random() < 0.5)


def card() -> Message:
    """Return an answer as readers get it."""
    link = "https://courier.example/a#:~:text=Officials"
    return Message(
        (
            Quote((Run("Officials said "), Run("the dam held overnight", bold=True), Run("."))),
            Facts(
                (
                    ("Who says it", plain("Ada Ruiz, harbour master (named person)")),
                    ("How", plain("“said” · says · indirect quotation")),
                    ("Chain", plain("The Courier, citing Ada Ruiz")),
                    ("Published", (When(1729395000, "20 Oct 2024 03:30 UTC"),)),
                    ("Article", (Run("The Courier: "), Run("Dam holds in storm", link=link))),
                )
            ),
            Buttons((Button("Story", "story 3f2a"),)),
            Small(plain("Searched 62 articles from 14 feeds since 1 Oct 2024.")),
        ),
        "Ada Ruiz: Officials said the dam held overnight.",
    )


def digest(stories: int = 8) -> Message:
    """Return a digest of so many stories."""
    blocks: list = [Heading("Monday 21 October 2024: 8 stories out of 62 articles")]
    for number in range(stories):
        sentence = f"Officials said the dam number {number} held overnight, {'and ' * 20}more."
        blocks += [
            Heading(f"Dam {number} holds in storm", level=2),
            Quote(plain(sentence)),
            Quote(plain(sentence.replace("dam", "bridge"))),
            Facts((("Who says so", plain("Ada Ruiz")), ("Carried by", plain("3 outlets")))),
            Buttons(
                (
                    Button("Who says so?", f"source @a{number}:0"),
                    Button("Story", f"story s{number}"),
                    Button("Follow", f"follow s{number}"),
                )
            ),
        ]
    blocks.append(Small(plain("From 62 articles.")))
    return Message(tuple(blocks), "Monday 21 October 2024: 8 stories out of 62 articles")
