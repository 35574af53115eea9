"""The card of an entity: what it is, what it says, what is said of it, by day (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.cards.phrases import count
from bot.cards.story import claim_line
from bot.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Picture,
    Run,
    Text,
)
from summarizer.model import Citation, Claim
from summarizer.profile import Profile

SHOWN = 5
SHOWN_DAYS = 14


def entity_card(profile: Profile, stories: Sequence[tuple[str, str]]) -> Message:
    """Render a profile. ``stories`` are (number, title) of its latest stories."""
    rows: list[tuple[str, Text]] = [("Kind", (Run(str(profile.kind)),))]
    rows += [("Described as", _described(*pair)) for pair in profile.descriptions]
    if profile.aliases:
        rows.append(("Also", (Run(", ".join(profile.aliases)),)))
    if profile.beside:
        names = ", ".join(f"{name} ({number})" for name, number in profile.beside)
        rows.append(("Appears with", (Run(names),)))
    blocks: list[Block] = [Heading(profile.name), Facts(tuple(rows))]
    for title, claims in (
        ("Says", profile.says),
        ("Said of it", profile.said_of),
        ("Denies or will not confirm", profile.disputes),
    ):
        if claims:
            blocks.append(Heading(f"{title} ({len(claims)})", level=2))
            blocks.append(Bullets(tuple(claim_line(*claim) for claim in claims[:SHOWN])))
    if profile.days:
        blocks.append(_chart(profile))
    if stories:
        blocks.append(Heading("Latest stories", level=2))
        blocks.append(Buttons(tuple(Button(t[:60], f"story {n}") for n, t in stories[:SHOWN])))
    return Message(tuple(blocks), profile.name, data=_record(profile, stories))


def _described(words: str, citation: Citation) -> Text:
    return (Run(f"{words} ("), Run(citation.article.outlet, link=citation.link), Run(")"))


def _chart(profile: Profile) -> Picture:
    """Return the chart of passages a day over the last days that have any."""
    last = profile.days[-1][0]
    days = [last - timedelta(days=back) for back in range(SHOWN_DAYS - 1, -1, -1)]
    first = next(at for at, day in enumerate(days) if _on(profile, day))
    bars = tuple((f"{day.day} {day:%b}", _on(profile, day)) for day in days[first:])
    top = max(bars, key=lambda bar: bar[1])
    total = sum(value for _, value in bars)
    alt = (
        f"Passages a day that mention {profile.name}: {total} in all, most on {top[0]} ({top[1]})."
    )
    return Picture(b"", alt, "mentions.png", bars)


def _on(profile: Profile, day: date) -> int:
    return dict(profile.days).get(day, 0)


def _record(profile: Profile, stories: Sequence[tuple[str, str]]) -> dict[str, object]:
    return {
        "name": profile.name,
        "kind": str(profile.kind),
        "aliases": list(profile.aliases),
        "descriptions": [
            {"words": words, "outlet": where.article.outlet, "link": where.link}
            for words, where in profile.descriptions
        ],
        "says": [_claim_record(*pair) for pair in profile.says],
        "said_of": [_claim_record(*pair) for pair in profile.said_of],
        "disputes": [_claim_record(*pair) for pair in profile.disputes],
        "days": {day.isoformat(): number for day, number in profile.days},
        "appears_with": dict(profile.beside),
        "stories": [{"id": number, "title": title} for number, title in stories],
        "mentions": count(sum(number for _, number in profile.days), "passage"),
    }


def _claim_record(claim: Claim, citation: Citation) -> dict[str, object]:
    source = claim.attribution.source
    return {
        "source": source.name if source else "",
        "stance": str(claim.attribution.stance),
        "content": " … ".join(span.of(citation.article.text) for span in claim.content),
        "sentence": citation.quote,
        "outlet": citation.article.outlet,
        "link": citation.link,
    }
