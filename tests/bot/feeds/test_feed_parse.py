"""Feeds in every form that outlets use, and what is no feed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.feeds.parse import parse_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Mast</title><link>https://mast.example/</link><language>en-GB</language><ttl>45</ttl>
<skipHours><hour>0</hour><hour>1</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<item><title>Barges &amp; boats</title><link>/news/1</link><guid isPermaLink="false">one</guid>
<pubDate>Thu, 12 Mar 2026 02:10:00 +0000</pubDate><dc:creator>Ann Roe</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The whole story.</p>]]></content:encoded></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Mast</title><link href="https://mast.example/"/>
<entry><title>Barges</title><id>urn:1</id><link href="https://mast.example/1"/><updated>2026-03-12T02:10:00Z</updated>
<author><name>Ann Roe</name></author><content type="html">&lt;p&gt;The whole story.&lt;/p&gt;</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://mast.example/"><title>The Mast</title><link>https://mast.example/</link></channel>
<item rdf:about="https://mast.example/1"><title>Barges</title><link>https://mast.example/1</link><description>Words.</description></item>
</rdf:RDF>"""

RSS_091 = "<rss version='0.91'><channel><title>The Mast</title><item><title>Barges</title><link>https://mast.example/1</link></item></channel></rss>"

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Mast",
        "home_page_url": "https://mast.example/",
        "items": [
            {
                "id": 7,
                "url": "https://mast.example/1",
                "title": "Barges",
                "content_html": "<p>The whole story.</p>",
                "date_published": "2026-03-12T02:10:00Z",
                "authors": [{"name": "Ann Roe"}],
            },
            "no item",
        ],
    }
)


def test_an_rss_feed_gives_entries_and_wishes():
    feed = parse_feed(RSS.encode(), url="https://mast.example/feed")
    (entry,) = feed.entries
    assert (feed.title, feed.language, feed.ttl_seconds) == ("The Mast", "en", 2700)
    assert (feed.skip_hours, feed.skip_days) == (frozenset({0, 1}), frozenset({6}))
    assert (entry.title, entry.url, entry.guid) == (
        "Barges & boats",
        "https://mast.example/news/1",
        "one",
    )
    assert (entry.content, entry.summary) == ("<p>The whole story.</p>", "Short.")
    assert (entry.published, entry.authors) == ("Thu, 12 Mar 2026 02:10:00 +0000", ("Ann Roe",))


@pytest.mark.parametrize("text", [ATOM, RDF, RSS_091, JSON])
def test_other_forms_give_entries_too(text):
    feed = parse_feed(text.encode(), url="https://mast.example/feed")
    assert feed.title == "The Mast"
    assert [entry.title for entry in feed.entries] == ["Barges"]
    assert feed.entries[0].url == "https://mast.example/1"


@pytest.mark.parametrize(
    "raw",
    [
        RSS.replace("</channel></rss>", "").encode(),
        RSS.replace("Barges &amp; boats", "Barges & boats").encode(),
        RSS.replace("UTF-8", "ISO-8859-1").replace("Barges", "B\xe4rges").encode("latin-1"),
        RSS.replace("UTF-8", "nonsense").encode(),
        b"\xef\xbb\xbf\r\n" + RSS.encode(),
        RSS.replace("The whole", "The\0 whole\x0b").encode(),
        RSS.encode("utf-16"),
        RSS.replace(
            '<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE rss [<!ENTITY nbsp '&#160;'>]>"
        ).encode(),
    ],
)
def test_broken_feeds_are_read_as_far_as_they_go(raw):
    feed = parse_feed(raw, url="https://mast.example/feed")
    assert len(feed.entries) == 1
    assert feed.entries[0].title.endswith("boats")


def test_entities_from_files_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    text = RSS.replace(
        "<rss", f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]><rss"
    ).replace("Short.", "&x;")
    assert "do not tell" not in str(parse_feed(text.encode()))


def test_entity_bombs_stay_small():
    bomb = "<!DOCTYPE rss [<!ENTITY a '" + "x" * 1000 + "'>"
    for name, inner in zip("bcdefgh", "abcdefg", strict=True):
        bomb += f"<!ENTITY {name} '" + f"&{inner};" * 10 + "'>"
    text = RSS.replace("<rss", bomb + "]><rss").replace("Short.", "&h;")
    assert len(str(parse_feed(text.encode()))) < 10**6


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><body>No feed</body></html>",
        b"{}",
        b'{"items": 3}',
        b"<?xml version='1.0'?><thing/>",
        b"{" * 100_000,
    ],
)
def test_what_is_no_feed_is_told(raw):
    with pytest.raises(InputError) as fault:
        parse_feed(raw, url="https://mast.example/")
    assert fault.value.outcome == "not-a-feed"


def test_an_empty_feed_is_a_feed():
    assert (
        parse_feed(b"<rss version='2.0'><channel><title>The Mast</title></channel></rss>").entries
        == ()
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_a_feed_or_told(raw):
    try:
        parse_feed(b"<rss version='2.0'><channel><item><title>x</title>" + raw)
    except InputError as fault:
        assert fault.outcome == "not-a-feed"


def test_lone_surrogates_do_not_come_through():
    text = JSON.replace("Barges", "\\ud83d Barges \\ude00 \\ud83d\\ude00")
    assert parse_feed(text.encode()).entries[0].title == "\ufffd Barges \ufffd 😀"


def test_five_thousand_entries_are_read():
    entry = RSS[RSS.index("<item>") : RSS.index("</channel>")]
    many = "".join(f"<item><title>{number}</title></item>" for number in range(5000))
    assert len(parse_feed(RSS.replace(entry, many).encode()).entries) == 5000
