"""The cards of a story and of a search (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.cards.briefing import passage_blocks, passage_record
from bot.cards.phrases import (
    count,
    marked,
    published,
    reference,
    shortened,
    shown_at,
    source_in_words,
)
from bot.cards.verbs import agreeing
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Message,
    Paragraph,
    Run,
    Small,
    Text,
)
from summarizer.model import Article, Briefing, Citation, Claim, Stance, Story

SHOWN_TIMELINE = 12
SHOWN_CLAIMS = 8
PAGE = 5

DISPUTING = frozenset({Stance.DENIES, Stance.DECLINES})


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an article's past: how often it was edited, and of which one it is a copy.

    ``copy_of`` is the outlet of the earliest article of the story with mostly the same words.
    """

    edits: int = 0
    copy_of: str = ""


def story_card(
    story: Story,
    briefing: Briefing,
    articles: Sequence[Article],
    claims: Sequence[tuple[Claim, Citation]],
    past: Mapping[str, Kept] = MappingProxyType({}),
) -> Message:
    """Render a story: its briefing, who says what, who disputes, and its timeline.

    ``past`` tells of articles, by id, that were edited or are copies.
    """
    outlets = tuple(dict.fromkeys(article.outlet for article in articles))
    blocks: list[Block] = [
        Heading(story.title),
        Paragraph(
            (
                Run(f"Story {story.id} · {count(len(articles), 'article')} from "),
                Run(f"{count(len(outlets), 'outlet')}: {', '.join(outlets)}"),
            )
        ),
        *passage_blocks(briefing.passages),
    ]
    said = [pair for pair in claims if pair[0].attribution.stance not in DISPUTING]
    disputed = [pair for pair in claims if pair[0].attribution.stance in DISPUTING]
    for title, pairs in (("Who says what", said), ("Who disputes or will not confirm", disputed)):
        if pairs:
            blocks.append(Heading(title, level=2))
            blocks.append(Bullets(tuple(claim_line(*pair) for pair in pairs[:SHOWN_CLAIMS])))
    blocks.append(Heading("Timeline", level=2))
    shown = articles[-SHOWN_TIMELINE:]
    blocks.append(Bullets(tuple(_dated(one, past.get(one.id, Kept())) for one in shown)))
    if len(articles) > SHOWN_TIMELINE:
        older = count(len(articles) - SHOWN_TIMELINE, "older article")
        blocks.append(Small((Run(f"{older} not shown."),)))
    denied = Button("Who denies it?", f"source who denies that story {story.id}")
    blocks.append(Buttons((denied, Button("Follow", f"follow {story.id}"))))
    return Message(
        tuple(blocks), story.title, data=story_record(story, briefing, articles, claims, past)
    )


def claim_line(claim: Claim, citation: Citation) -> Text:
    """Say a claim in one line: who, stance, the content as it stands, where."""
    source = claim.attribution.source
    name = source_in_words(source) if source else "Nobody in particular"
    text = citation.article.text
    content = " … ".join(" ".join(span.of(text).split()) for span in claim.content)
    return (
        Run(name, bold=True),
        Run(f" {agreeing(claim.attribution.stance, source)}: “{content}” ("),
        Run(citation.article.outlet or "link", link=citation.link),
        Run(")"),
    )


def _dated(article: Article, past: Kept) -> Text:
    title = Run(article.title or "untitled", link=article.url)
    line = (*published(article), Run(f" · {article.outlet}: "), title)
    marks = [f"mostly the words of {past.copy_of}"] if past.copy_of else []
    marks += [f"edited {count(past.edits, 'time')}"] if past.edits else []
    return (*line, Run(f" ({'; '.join(marks)})", italic=True)) if marks else line


def story_record(
    story: Story,
    briefing: Briefing,
    articles: Sequence[Article],
    claims: Sequence[tuple[Claim, Citation]],
    past: Mapping[str, Kept],
) -> dict[str, object]:
    """Return a story as JSON values."""
    return {
        "id": story.id,
        "title": story.title,
        "sentences": [passage_record(passage) for passage in briefing.passages],
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "outlet": article.outlet,
                "url": article.url,
                "published": article.published.isoformat() if article.published else None,
                **_past_record(past.get(article.id)),
            }
            for article in articles
        ],
        "claims": [
            {
                "source": claim.attribution.source.name if claim.attribution.source else "",
                "stance": str(claim.attribution.stance),
                "content": " … ".join(span.of(citation.article.text) for span in claim.content),
                "outlet": citation.article.outlet,
                "link": citation.link,
            }
            for claim, citation in claims
        ],
    }


def _past_record(past: Kept | None) -> dict[str, object]:
    return {"edits": past.edits, "copy_of": past.copy_of or None} if past else {}


def choice_card(words: str, stories: Sequence[Story]) -> Message:
    """Offer the stories that the words may mean."""
    blocks: list[Block] = [Paragraph((Run(f"Several stories hold “{words[:80]}”:"),))]
    blocks += [Bullets(tuple(_named(story) for story in stories))]
    buttons = tuple(
        Button(shortened(story.title, 75), f"story {story.id}") for story in stories[:5]
    )
    return Message((*blocks, Buttons(buttons)), "Several stories match")


def _named(story: Story) -> Text:
    """Name a story with its size and the moment of its newest article."""
    articles = count(len(story.articles), "article")
    named = Run(f"{story.id}: {story.title} ({articles}")
    if story.last is None:
        return (replace(named, text=f"{named.text})"),)
    return (named, Run(", "), shown_at(story.last), Run(")"))


def search_card(words: str, citations: Sequence[Citation], *, page: int = 1, found: int) -> Message:
    """Render one page of the ``found`` passages; a button asks for the next one."""
    start, shown = (page - 1) * PAGE, citations
    if not found:
        text = f"No stored article holds “{words[:80]}”. Try fewer words, or other ones."
        return Message((Paragraph((Run(text),)),), "Nothing found", data={"passages": []})
    if not shown:
        text = f"“{words[:80]}” fills no more than {count(-(-found // PAGE), 'page')}."
        data: dict[str, object] = {"passages": [], "found": found}
        return Message((Paragraph((Run(text),)),), "No such page", data=data)
    blocks: list[Block] = [Heading(f"Passages on “{words[:80]}”", level=2)]
    blocks.append(Bullets(tuple(_passage(citation) for citation in shown)))
    blocks.append(Small((Run(f"{start + 1} to {start + len(shown)} of {found:,}."),)))
    command = f"search:{page + 1} {words}"
    if found > start + PAGE and len(command) <= 90:
        blocks.append(Buttons((Button("More", command),)))
    records = [
        {
            "sentence": citation.quote,
            "span": [citation.span.start, citation.span.end],
            "article": citation.article.id,
            "title": citation.article.title,
            "outlet": citation.article.outlet,
            "published": _iso(citation.article),
            "link": citation.link,
        }
        for citation in shown
    ]
    data = {"passages": records, "found": found, "page": page}
    return Message(tuple(blocks), f"Passages on {words[:80]}", data=data)


def _passage(citation: Citation) -> Text:
    quote = marked(citation.article.text, citation.span, ())
    return (*quote, Run(" — "), *reference(citation), Run(", "), *published(citation.article))


def _iso(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None
