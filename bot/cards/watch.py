"""The cards of what is told outside digests: alerts on what is followed, and corrections (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards.briefing import passage_text, speakers
from bot.cards.phrases import count
from bot.cards.typed import ours
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Paragraph,
    Quote,
    Run,
    Small,
    Text,
    plain,
)
from summarizer.model import Passage, Story

SHOWN_ALERTS = 5
"""So many stories of a folded alert are shown with a sentence; the others by their headline."""

SHOWN_HEADLINES = 10


def alert_card(news: Sequence[tuple[str, Passage, Story]], *, per_hour: int) -> Message:
    """Render what is new of what is followed: (followed, sentence, story), one a story."""
    names = tuple(dict.fromkeys(followed for followed, _, _ in news))
    heading = f"New on {_listed(names)}"
    if len(news) > 1:
        heading += f": {count(len(news), 'story', 'stories')}"
    blocks: list[Block] = [Heading(heading, level=2)]
    for followed, passage, story in news[:SHOWN_ALERTS]:
        blocks += _alert(followed, passage, story)
    rest = news[SHOWN_ALERTS:]
    if rest:
        titles = [
            plain(passage.citation.article.title or story.title) for _, passage, story in rest
        ]
        blocks.append(Heading(f"And {count(len(rest), 'more story', 'more stories')}", level=2))
        blocks.append(Bullets(tuple(titles[:SHOWN_HEADLINES])))
    ends = "once a story" if per_hour == 0 else f"once a story, at most {per_hour} messages an hour"
    told = plain(f"Followed here: {_listed(names)} ({ends}). ")
    blocks.append(Small((*told, *ours("“unfollow” ends it."))))
    return Message(tuple(blocks), heading, private=False)


def _alert(followed: str, passage: Passage, story: Story) -> list[Block]:
    article = passage.citation.article
    place = f"@{article.id}:{passage.citation.span.start}"
    blocks: list[Block] = [
        Paragraph((Run(article.title or story.title, bold=True),)),
        Quote(passage_text(passage)),
    ]
    if who := speakers(passage.claims):
        blocks.append(Facts((("Who says so", plain(who)),)))
    buttons = [Button("Who says so?", f"source {place}"), Button("Story", f"story {story.id}")]
    unfollow = f"unfollow {followed}"
    if len(unfollow.encode()) <= 90:
        buttons.append(Button("Unfollow", unfollow))
    blocks.append(Buttons(tuple(buttons)))
    return blocks


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def correction_card(
    heading: str, sentences: Sequence[tuple[Text, Sequence[tuple[str, Text]]]]
) -> Message:
    """Render corrections: (what was shown, what became of it: (in words, what it says now)).

    A text of nothing stands for a sentence that is gone.
    """
    blocks: list[Block] = [Heading(heading, level=2)]
    for said, became in sentences:
        blocks += [Paragraph(plain("Quoted here:")), Quote(said)]
        for words, now in became:
            blocks.append(Paragraph(plain(words)))
            blocks += [Quote(now)] if now else []
    blocks.append(Small(plain("All as it stands there. Who is right is not judged here.")))
    return Message(tuple(blocks), heading, private=False)


def quoted(quote: str, outlet: str, link: str) -> Text:
    """Return a sentence with its outlet, which links to it."""
    return (Run(" ".join(quote.split())), Run(" — "), Run(outlet or "source", link=link))
