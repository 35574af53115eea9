"""The phrases that cards share: moments, sources, chains and denominators in words (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cards.verbs import agreeing
from bot.message import Run, Text, When
from summarizer.model import (
    Article,
    Carrier,
    Citation,
    Claim,
    Dissent,
    Searched,
    Source,
    SourceKind,
    Span,
)


def count(number: int, singular: str, plural: str = "") -> str:
    """Say a number of things: "1 outlet", "4 outlets"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def shortened(words: str, most: int) -> str:
    """Return words cut to at most so many characters, between two of them where that can be."""
    if len(words) <= most:
        return words
    start, _, _ = words[:most].rpartition(" ")
    return f"{start or words[: most - 1]}…"


def lapse(time: timedelta) -> str:
    """Say a length of time in its largest whole unit: "12 minutes", "5 hours", "3 days"."""
    minutes = time // timedelta(minutes=1)
    if minutes < 120:
        return count(minutes, "minute")
    hours = minutes // 60
    return count(hours, "hour") if hours < 48 else count(hours // 24, "day")


def moment(at: datetime, zone: str = "") -> str:
    """Say a moment in the zone it was printed in: "20 Oct 2024 12:29 KST"."""
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    name = local.tzname() or ""
    offset = name if name[:1].isalpha() else f"UTC{local:%z}"[:6] if name else ""
    return f"{local.day} {local:%b %Y %H:%M} {offset}".strip()


def shown_at(at: datetime, zone: str = "", *, day: bool = False) -> When:
    """Show a moment in the reader's own zone where the platform can, else as ``moment`` says it.

    There the ``day`` of the week may go before it.
    """
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    return When(int(at.timestamp()), f"{local:%a} {moment(local)}" if day else moment(local))


def published(article: Article) -> Text:
    """Say when an article was published, or that it does not tell."""
    if article.published is None:
        return (Run("the article gives no date"),)
    return (shown_at(article.published, article.zone),)


def source_in_words(source: Source) -> str:
    """Name a source with its role: "Lloyd Austin, U.S. Defense Secretary"."""
    if not source.role or source.role.casefold() in source.name.casefold():
        return source.name
    return f"{source.name}, {source.role}"


def who(claim: Claim | None, article: Article) -> Text:
    """Say who makes a claim, and what kind of source that is."""
    if claim is None:
        return (Run(article.outlet, bold=True), Run(f" ({SourceKind.OWN_VOICE})"))
    source = claim.attribution.source
    if source is None:
        return (Run("nobody in particular", bold=True), Run(" (no source is named)"))
    role = source_in_words(source).removeprefix(source.name)
    return (Run(source.name, bold=True), Run(f"{role} ({source.kind})"))


def how(claim: Claim | None, article: Article) -> Text:
    """Say how the claim is presented: the cue as it stands, its stance, hedges, quotation."""
    if claim is None:
        return (Run("stated as fact, no source named"),)
    attribution = claim.attribution
    cue = " … ".join(span.of(article.text) for span in attribution.cue)
    parts = [str(attribution.stance), f"{attribution.quotation} quotation"]
    if attribution.negated:
        parts.append("negated")
    hedges = ", ".join(f"“{span.of(article.text)}”" for span in attribution.hedges)
    if hedges:
        parts.append(f"hedged: {hedges}")
    words = " · ".join(parts)
    return (Run(f"“{cue}” · {words}"),) if cue else (Run(words),)


def chain_in_words(chain: tuple[Source, ...]) -> str:
    """Say a chain outermost first: "AJP, citing CNN, citing Ukrainian authorities"."""
    return ", citing ".join(link.name for link in chain)


def said(claim: Claim | None) -> str:
    """Say when it was said: the day when certain, with the article's words."""
    when = claim.attribution.when if claim is not None else None
    if when is None:
        return ""
    if when.day is None:
        return f"“{when.words}” (as the article has it)"
    return f"{when.day:%A} {when.day.day} {when.day:%b %Y} (“{when.words}”)"


def marked(text: str, within: Span, content: tuple[Span, ...]) -> Text:
    """Return a passage as runs, the content in bold. White space is shown as single spaces."""
    runs: list[Run] = []
    place = within.start
    for span in sorted(content):
        start, end = max(span.start, place), min(span.end, within.end)
        if start >= end:
            continue
        runs += [Run(text[place:start]), Run(text[start:end], bold=True)]
        place = end
    runs.append(Run(text[place : within.end]))
    return tuple(Run(" ".join(_spaced(run.text)), bold=run.bold) for run in runs if run.text)


def _spaced(words: str) -> list[str]:
    inner = words.split()
    if not inner:
        return ["", ""] if words else []
    lead = [""] if words[0].isspace() else []
    tail = [""] if words[-1].isspace() else []
    return lead + inner + tail


def reference(citation: Citation) -> Text:
    """Name a citation's outlet and title, the title linking to the passage."""
    article = citation.article
    title = article.title or "untitled"
    return (Run(f"{article.outlet or 'outlet unknown'}: "), Run(title, link=citation.link))


def searched_in_words(searched: Searched) -> str:
    """Say what was searched: "62 articles from 14 feeds since 1 Oct 2024; 1 feed down: ..."."""
    since = f" since {searched.since.day} {searched.since:%b %Y}" if searched.since else ""
    feeds = f" from {count(searched.feeds, 'feed')}" if searched.feeds else ""
    words = f"{count(searched.articles, 'article')}{feeds}{since}"
    if searched.down:
        words += f"; {count(len(searched.down), 'feed')} down: {', '.join(_down(searched))}"
    return words


def _down(searched: Searched) -> list[str]:
    """Name the feeds that fail, with the day of their last success."""
    times = [*searched.down_since, *[None] * len(searched.down)]
    return [
        f"{name} (since {at.day} {at:%b %Y})" if at else name
        for name, at in list(zip(searched.down, times, strict=False))[:3]
    ]


def dispute_line(dispute: Carrier) -> Text:
    """Say in one line who disputes a claim or would not confirm it, in which words, where."""
    article = dispute.citation.article
    quote = " ".join(dispute.citation.quote.split())
    return (
        Run(name_of(dispute), bold=True),
        Run(f" · {dissent_in_words(dispute)}: “{quote}” ("),
        Run(article.outlet or "link", link=dispute.citation.link),
        Run(")"),
    )


def name_of(carrier: Carrier) -> str:
    """Name who says a passage, with the role; the outlet where it is its own voice.

    Where the outlet only tells that a claim was denied, it is not the outlet that denies it.
    """
    told = carrier.claim.attribution if carrier.claim else None
    source = told.source if told else None
    if told is not None and source is None and told.negated:
        return "Somebody not named"
    return source_in_words(source) if source else carrier.citation.article.outlet


def dissent_in_words(dispute: Carrier) -> str:
    """Say how a passage disputes a claim: "denies", "another number, 5,000"."""
    if dispute.dissent is Dissent.NUMBER:
        return f"{dispute.dissent}, {dispute.number}"
    source = dispute.claim.attribution.source if dispute.claim else None
    if dispute.dissent is not None:
        return agreeing(dispute.dissent, source)
    return agreeing(dispute.claim.attribution.stance, source) if dispute.claim else "says"
