"""What is done with strangers' bytes in the parsing process: bytes in, items out (pure)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.errors import InputError
from bot.feeds.discovery import feeds_in
from bot.feeds.items import drop_item, feed_items, page_item, plain
from bot.feeds.markup import is_flood
from bot.feeds.opml_reading import read_opml
from bot.feeds.parse import newest, parse_feed
from bot.feeds.sniff import Form, form, text_of
from bot.feeds.tasks import NAMED, POLLED, Result, Task, not_a_feed
from bot.model import Feed

_TEXTS = re.compile(r"$|text/(?:plain|markdown|html)|application/(?:xhtml|octet-stream)")
"""What servers call a page or a plain text; of anything else that looks like text it is data."""


def do(task: Task) -> Result:
    """Read the bytes as what they are.

    Raises:
        InputError: they are no news; the outcome tells why.

    """
    kind = form(task.raw, place=task.place, media_type=task.media_type)
    if is_flood(task.raw):
        text = f"{task.place} holds a flood of attributes and is left alone. It may be an attack."
        raise InputError(text, outcome="hostile")
    if task.want == POLLED and kind not in {Form.FEED, Form.JSON_FEED, Form.PAGE}:
        raise not_a_feed(task.place)
    match kind:
        case Form.OPML:
            return Result(kind, feeds=read_opml(task.raw, place=task.place))
        case Form.FEED | Form.JSON_FEED:
            return _feed(task, kind)
        case Form.PAGE:
            return _page(task)
        case Form.TEXT:
            return _text(task)


def _feed(task: Task, kind: Form) -> Result:
    base = task.url or task.place
    parsed = parse_feed(task.raw, url=base, media_type=task.media_type)
    parsed = replace(parsed, title=plain(parsed.title))
    if task.want == POLLED:
        parsed = replace(parsed, entries=newest(parsed.entries))
    items = feed_items(parsed, url=base, now=task.now, outlet=task.outlet)
    head = replace(parsed, entries=())
    return Result(kind, items, (Feed(base, parsed.title),), head)


def _page(task: Task) -> Result:
    source = text_of(task.raw, media_type=task.media_type)
    if task.want:
        return Result(Form.PAGE, feeds=feeds_in(source, url=task.url))
    # Imported here: it takes 40 MB, and many a bot reads feeds alone.
    from bot.feeds.extract import extract  # noqa: PLC0415 - see above

    page = extract(source, url=task.url)
    item = page_item(page, url=task.url, place=task.place, now=task.now, outlet=task.outlet)
    return Result(Form.PAGE, (item,))


def _text(task: Task) -> Result:
    if task.want == NAMED:
        raise not_a_feed(task.place)
    if task.url and not _TEXTS.match(task.media_type.strip()):
        kind = task.media_type.partition(";")[0].strip()
        told = f"{task.place} is no page but {kind[:60]}. Give the address of an article or a feed."
        raise InputError(told, outcome="not-html")
    text = text_of(task.raw, media_type=task.media_type)
    return Result(Form.TEXT, (drop_item(text, place=task.place, now=task.now, outlet=task.outlet),))
