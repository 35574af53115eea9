"""Feed entries, pages and drops -> items: articles with an id, times and a body (pure)."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import datetime

from bot.errors import InputError
from bot.feeds.addresses import article_id, canonical, host
from bot.feeds.extract import LEAST_STORY, Page
from bot.feeds.markup import fragment
from bot.feeds.moments import believed, moment, zone_name
from bot.feeds.tasks import UNKNOWN, Entry, Outlet, ParsedFeed
from bot.model import Item
from summarizer.captions import caption
from summarizer.copy import Drop, read_drop
from summarizer.language import reason_not_english
from summarizer.model import Article

TEASER_LENGTH = 600
"""A shorter text without a full content element is a teaser: the page has the story."""

_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_TAG = re.compile(r"<[a-zA-Z/!]|&\w+;|&#\d+;")


def feed_items(
    feed: ParsedFeed, *, url: str, now: datetime, outlet: Outlet = UNKNOWN
) -> tuple[Item, ...]:
    """Return a feed's entries as items, each once; those without words or address are left out.

    A guid that another entry of another address has too is no identity, and is not kept.
    """
    name = outlet.name or feed.title or host(url)
    guids = [entry.guid for entry in feed.entries]
    found: dict[str, Item] = {}
    for entry in feed.entries:
        lone = replace(entry, guid="") if guids.count(entry.guid) > 1 else entry
        made = _item(lone, feed, url=url, now=now, outlet=replace(outlet, name=name))
        if made.article.text or made.article.title or made.teaser:
            found.setdefault(made.article.id, made)
    return tuple(found.values())


def _item(entry: Entry, feed: ParsedFeed, *, url: str, now: datetime, outlet: Outlet) -> Item:
    full = entry.content or entry.summary
    drop = _read(full, plain(entry.title), outlet.name)
    address = canonical(entry.url, base=feed.home or url)
    text = drop.body
    published = moment(entry.published) or moment(entry.updated)
    updated = moment(entry.updated) if entry.published else None
    article = Article(
        id=article_id(url=address, feed=url, guid=entry.guid, text=f"{entry.title} {text}"),
        text=text,
        title=plain(entry.title) or text.partition(". ")[0][:120],
        outlet=entry.outlet or outlet.name,
        url=address,
        published=believed(published, now=now),
        updated=believed(updated, now=now) if updated != published else None,
        zone=outlet.zone or zone_name(published, dateline_zone=drop.zone),
        byline=", ".join(entry.authors),
        dateline=drop.dateline,
        language=language(text, entry.language or feed.language),
        captions=drop.captions,
    )
    return Item(article, feed=url, guid=entry.guid, teaser=_is_teaser(entry, article))


def plain(title: str) -> str:
    """Return a title without the markup that feeds put in it."""
    return " ".join(" ".join(fragment(title)[0]).split()) if _TAG.search(title) else title


def _read(full: str, title: str, outlet: str) -> Drop:
    """Read an entry's text, HTML or plain."""
    if not _TAG.search(full):
        lines, pictures = html.unescape(full).splitlines(), list[str]()
    else:
        lines, pictures = fragment(full)
        if lines and _TAG.search(lines[0]) and not re.search(r"</?p\b", full):
            lines, pictures = fragment(html.unescape(full))
    drop = read_drop("\n".join(lines), title=title, outlet=outlet)
    if not drop.body:  # no line looked like a sentence: then all of it is what there is
        drop = replace(drop, body="\n\n".join(lines))
    return replace(drop, captions=(*(caption(line) for line in pictures), *drop.captions))


def _is_teaser(entry: Entry, article: Article) -> bool:
    if not article.url:
        return False
    if _CUT_OFF.search(entry.content.rstrip().removesuffix("</p>")) or not article.text:
        return True
    return not entry.content and len(article.text) < TEASER_LENGTH


def language(text: str, said: str = "") -> str:
    """Return the language of a text (ISO 639-1); what the page says is believed of short ones.

    English is told by its little words: the model for all languages takes 100 MB, and is loaded
    when a text is something else.
    """
    if len(text) < LEAST_STORY and said:
        return said.partition("-")[0].lower()
    if not text:
        return said or "en"
    if not reason_not_english(text[:4000]):
        return "en"
    from py3langid import classify  # noqa: PLC0415 - see above

    return str(classify(text[:4000])[0])


def page_item(
    page: Page, *, url: str, now: datetime, place: str = "", outlet: Outlet = UNKNOWN
) -> Item:
    """Return the story on a page as an item; ``place`` is the file that the page was read from.

    Raises:
        InputError: there is no story on it; ``outcome`` is ``login``, ``cookie-wall``,
            ``paywall``, ``error-page`` or ``no-article``.

    """
    _refuse_walls(page, place or url, url)
    about = page.about
    published = believed(about.published, now=now)
    updated = believed(about.updated, now=now)
    address = about.url or canonical(url)
    article = Article(
        id=article_id(url=address, text=f"{about.title} {page.text}"),
        text=page.text,
        title=about.title,
        outlet=outlet.name or about.outlet,
        url=address,
        published=published,
        updated=updated if updated and published and updated > published else None,
        zone=outlet.zone or zone_name(about.published, dateline_zone=page.place_zone),
        byline=", ".join(about.authors),
        dateline=page.dateline,
        language=language(page.text, about.language),
        captions=page.captions,
    )
    return Item(article, feed=place or url)


LONGEST_WALL = 900
"""A notice has at most so many characters of prose; a longer text is a story on the subject."""

_WALLS = (
    (
        "cookie-wall",
        re.compile(r"cookies?\b|consent|privacy choices|datenschutz|einwilligung", re.IGNORECASE),
        "shows a cookie notice and no story. Save the page in your browser and give me the file.",
    ),
    (
        "paywall",
        re.compile(
            r"subscribe (?:now )?to (?:continue|read|unlock)|subscribers? only|already a subscriber"
            r"|to continue reading|keep reading with|premium article",
            re.IGNORECASE,
        ),
        "is for subscribers and shows no story. Save the page in your browser while logged in.",
    ),
    (
        "error-page",
        re.compile(
            r"\b40[34]\b|\b50[0234]\b|not found|page (?:you|is|was|can)|no longer available"
            r"|something went wrong|access denied|forbidden|are you a robot|captcha|just a moment"
            r"|enable javascript",
            re.IGNORECASE,
        ),
        "shows an error and no story. Open it in a browser; the address may have changed.",
    ),
)


_LOGIN_TITLE = re.compile(
    r"\s*(?:(?:please )?(?:log|sign)[ -]?in\b|anmelde|einloggen|connexion|se connecter"
    r"|iniciar sesi|accedi\b)",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|oauth2?)(?:[/.?]|$)", re.IGNORECASE)


def _is_login(page: Page, url: str) -> bool:
    """Tell whether a page shows little but a login: by its fields, its title, or its address."""
    if page.passwords and len(page.text) < LONGEST_WALL:
        return True
    named = _LOGIN_TITLE.match(page.about.title) or _LOGIN_PATH.search(url)
    return bool(named) and len(page.text) < LEAST_STORY


def _is_wall(page: Page, words: re.Pattern[str]) -> bool:
    """Tell whether a page shows little but a notice: short, its words in the title or all over."""
    found = len(words.findall(page.shown))
    if len(page.text) < LEAST_STORY:
        return bool(found or words.search(page.about.title))
    dense = found * 20 >= len(page.shown.split())
    return len(page.text) < LONGEST_WALL and (dense or bool(words.search(page.about.title)))


def _refuse_walls(page: Page, place: str, url: str) -> None:
    """Raise for pages that are no stories, each with its own name and advice."""
    if _is_login(page, url):
        text = f"{place} is a login form. Save the page in your browser and give me the file."
        raise InputError(text, outcome="login")
    for outcome, words, advice in _WALLS:
        if _is_wall(page, words):
            raise InputError(f"{place} {advice}", outcome=outcome)
    if len(page.text.split()) < 12:
        text = f"There is no story on {place}. Give the address of one article, or of a feed."
        raise InputError(text, outcome="no-article")


def drop_item(text: str, *, place: str, now: datetime, outlet: Outlet = UNKNOWN) -> Item:
    """Return a plain-text drop as an item.

    Raises:
        InputError: it holds no sentence of a story (``no-article``).

    """
    drop = read_drop(text, outlet=outlet.name, zone=outlet.zone)
    if not drop.body:
        told = (
            f"There is no story in {place}: no line of it is a sentence. Paste the article's text."
        )
        raise InputError(told, outcome="no-article")
    article = Article(
        id=article_id(text=f"{drop.title} {drop.body}"),
        text=drop.body,
        title=drop.title or drop.body.partition(". ")[0][:120],
        outlet=drop.outlet,
        published=believed(drop.published, now=now),
        updated=believed(drop.updated, now=now) if drop.updated != drop.published else None,
        zone=drop.zone,
        byline=drop.byline,
        dateline=drop.dateline,
        language=language(drop.body),
        captions=drop.captions,
    )
    return Item(article, feed=place)
