"""What a page says of itself: title, authors, outlet, times, address (pure).

Home of extruct. JSON-LD is believed before meta tags, and meta tags before the visible page,
because only the first two are written for readers like us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extruct.jsonld import JsonLdExtractor

from bot.feeds.addresses import canonical, host
from bot.feeds.markup import Tree, squeezed
from bot.feeds.moments import has_clock, moment

_ARTICLE = re.compile(r"Article|BlogPosting|LiveBlog|Reportage|NewsItem")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article.published", "datepublished",
    "publication_date", "publish-date", "pubdate", "date.issued", "dc.date.issued", "dc.date",
    "dcterms.created", "sailthru.date", "parsely-pub-date", "article_date_original", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod")
_SUFFIX = re.compile(r"\s+[|–—·-]\s+[^|–—·]{2,40}$")
_BY = re.compile(r"^(?:by|von|par|di|por)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; "" or None where it says nothing. Times are aware.

    ``body`` is the story's text as JSON-LD has it, often without paragraphs.
    """

    title: str = ""
    titles: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    url: str = ""
    language: str = ""
    body: str = ""


def metadata(tree: Tree, source: str, *, url: str = "") -> Metadata:
    """Read what the page says of itself. ``source`` is its text, ``url`` where it was found."""
    meta = _meta_tags(tree)
    story = next(iter(_stories(source)), {})
    h1 = [squeezed(element) for element in tree.iter("h1")]
    head = squeezed(tree.find(".//title")) if tree.find(".//title") is not None else ""
    said = (_text(story.get("headline")), meta.get("og:title", ""), meta.get("twitter:title", ""))
    titles = [title for title in (*said, *h1[:3], head, _SUFFIX.sub("", head)) if title]
    return Metadata(
        title=_best_title(titles, h1),
        titles=tuple(dict.fromkeys((*titles, *(_SUFFIX.sub("", title) for title in titles)))),
        description=meta.get("og:description")
        or meta.get("description")
        or _text(story.get("description")),
        authors=_authors(story, meta, tree),
        outlet=_outlet(story, meta) or host(url),
        published=_time(story, "datePublished", meta, _PUBLISHED) or _visible_time(tree),
        updated=_time(story, "dateModified", meta, _UPDATED),
        url=_address(tree, meta, story, url),
        language=_language(tree, story),
        body=_text(story.get("articleBody")),
    )


def _meta_tags(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _stories(source: str) -> list[dict[str, Any]]:
    """Return the JSON-LD objects that are articles, the one with most said about it first."""
    try:
        objects = JsonLdExtractor().extract(source)
    except (ValueError, RecursionError, TypeError, AttributeError):
        return []
    stories = [thing for thing in _objects(objects) if _ARTICLE.search(str(thing.get("@type", "")))]
    return sorted(stories, key=lambda story: -sum(bool(story.get(key)) for key in _TELLING))


_TELLING = ("headline", "datePublished", "author", "articleBody", "publisher")


def _objects(data: object) -> Iterator[dict[str, Any]]:
    stack = [data]
    while stack:
        thing = stack.pop(0)
        if isinstance(thing, list):
            stack.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            stack.extend(value for value in thing.values() if isinstance(value, dict | list))


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return value.strip() if isinstance(value, str) else ""


def _best_title(titles: list[str], h1: list[str]) -> str:
    """Return the title as the page shows it where it shows the one it declares."""
    if not titles:
        return ""
    first = " ".join(titles[0].split())
    bare = _SUFFIX.sub("", first)
    return bare if bare != first and (bare in h1 or bare in titles[1:]) else first


def _authors(story: dict[str, Any], meta: dict[str, str], tree: Tree) -> tuple[str, ...]:
    said = story.get("author") or story.get("creator") or []
    names = [_text(one) for one in (said if isinstance(said, list) else [said])]
    if not any(names):
        names = [meta.get(key, "") for key in ("author", "article:author", "dc.creator", "byl")]
        names = [name for name in names if name and "://" not in name][:1]
    if not any(names):
        names = [squeezed(e) for e in tree.xpath('//a[@rel="author"]|//*[@itemprop="author"]')[:3]]
    tidy = (_BY.sub("", " ".join(name.split())) for name in names)
    parted = (part for name in tidy for part in re.split(r"\s*(?:,|;| and | und | & )\s*", name))
    return tuple(dict.fromkeys(part for part in parted if part and len(part) < 80))


def _outlet(story: dict[str, Any], meta: dict[str, str]) -> str:
    said = _text(story.get("publisher")) or meta.get("og:site_name") or meta.get("application-name")
    return " ".join((said or "").split())


def _time(
    story: dict[str, Any], key: str, meta: dict[str, str], names: tuple[str, ...]
) -> datetime | None:
    """Return the first time told; one with a clock time wins over one without."""
    told = [_text(story.get(key)), *(meta.get(name, "") for name in names)]
    known = [text for text in told if text and moment(text)]
    best = next((text for text in known if has_clock(text)), next(iter(known), ""))
    return moment(best) if best else None


def _visible_time(tree: Tree) -> datetime | None:
    """Return the time of a ``time`` element; dates in words are not guessed."""
    for element in tree.xpath("//time[@datetime]"):
        found = moment(element.get("datetime"))
        if found:
            return found
    return None


def _address(tree: Tree, meta: dict[str, str], story: dict[str, Any], url: str) -> str:
    """Return the canonical address, unless it names another host or only the front page."""
    links = tree.xpath('//link[@rel="canonical"]/@href')
    entity = story.get("mainEntityOfPage") or story.get("url")
    entity = entity.get("@id", "") if isinstance(entity, dict) else _text(entity)
    for said in (*links[:1], meta.get("og:url", ""), entity):
        found = canonical(str(said), base=url)
        path = found.partition("://")[2].partition("/")[2]
        if found and path.strip("/") and (not url or host(found) == host(url)):
            return found
    return canonical(url)


def _language(tree: Tree, story: dict[str, Any]) -> str:
    said = tree.get("lang") or _text(story.get("inLanguage"))
    return str(said or "").partition("-")[0].lower()[:3]
