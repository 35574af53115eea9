"""The feeds of a site are found from the address of a page."""

import pytest

from bot.feeds.discovery import feeds_in
from bot.feeds.places import usual_places
from bot.model import Feed

URL = "https://mast.example/news/ferry"


def page(head="", body=""):
    return f"<html><head><title>Ferry</title>{head}</head><body>{body}</body></html>"


def test_declared_feeds_come_in_the_pages_order_comments_last():
    head = """<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title=" All  news " href="/atom">
    <link rel="alternate" type="application/feed+json" href="https://mast.example/feed.json">
    <link rel="alternate" type="application/atom+xml" title="Again" href="/atom">
    <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="/a.css">"""
    assert feeds_in(page(head), url=URL) == (
        Feed("https://mast.example/atom", "All news"),
        Feed("https://mast.example/feed.json"),
        Feed("https://mast.example/comments/feed", "Comments"),
    )


@pytest.mark.parametrize(
    "href", ["/rss", "feed/", "/sport.rss", "/atom.xml", "/rss-world.xml", "/feed.php?section=1"]
)
def test_where_none_is_declared_links_to_feeds_count(href):
    body = f"<p><a href='/about'>About</a> <a href='{href}'>Our <b>feed</b></a></p>"
    (found,) = feeds_in(page(body=body), url=URL)
    assert found.title == "Our feed"


@pytest.mark.parametrize(
    "href",
    ["/feedback", "/news/feed-the-birds", "javascript:feed", "http://[broken/rss", "", "/xml"],
)
def test_other_links_are_no_feeds(href):
    assert feeds_in(page(body=f"<a href='{href}'>x</a>"), url=URL) == ()


@pytest.mark.parametrize("text", ["", "<", "plain"])
def test_what_is_no_page_names_none(text):
    assert feeds_in(text, url=URL) == ()


def test_the_usual_places_are_of_the_pages_own_site():
    places = usual_places(URL)
    assert "https://mast.example/feed" in places
    assert all(place.startswith("https://mast.example/") for place in places)
