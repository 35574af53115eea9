"""Feeds as they really look in the wild, each read through the whole path: bytes in, items out."""

from datetime import UTC, datetime

import pytest

from bot.feeds.parse import MOST_POLLED
from bot.feeds.tasks import POLLED, Task
from bot.feeds.work import do

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
URL = "https://mast.example/news/feed"
SAID = "The union said on Monday that “three” barges are missing – again."
ITEM = (
    "<item><title>Barges “gone”</title><link>https://mast.example/1</link>"
    f"<description>{SAID}</description></item>"
)


def rss(items=ITEM, encoding="UTF-8"):
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>'
        f"<title>The Mast</title><link>https://mast.example/</link>{items}</channel></rss>"
    )


def read(raw, kind="application/rss+xml", *, want=""):
    raw = raw.encode() if isinstance(raw, str) else raw
    task = Task(raw, URL, NOW, url=URL, media_type=kind, want=want)
    return [item.article for item in do(task).items]


def bare(encoding):
    """The feed in an encoding that has no curly quotes."""
    plain = rss(encoding=encoding).replace("–", "-")
    return plain.replace("“", "").replace("”", "").replace("again", "снова")


ENCODED = {
    "declared as UTF-8, written as Windows-1252": rss().encode("cp1252"),
    "Windows-1252 without a word of it": rss().partition("?>")[2].encode("cp1252"),
    "UTF-16 with a mark, declared as UTF-8": rss().encode("utf-16"),
    "UTF-16 without a mark": rss(encoding="utf-16").encode("utf-16-le"),
    "the other UTF-16 without a mark": rss(encoding="utf-16").encode("utf-16-be"),
    "a mark and blank lines before it": b"\xef\xbb\xbf\r\n\r\n " + rss().encode(),
    "an encoding that does not exist": rss(encoding="utf8-unicode-x").encode(),
    "control characters in the middle": rss().replace("three", "th\x08r\x1fee\x0b").encode(),
    "control characters as entities": rss().replace("three", "th&#8;r&#x1f;ee&#11;").encode(),
    "NUL bytes": rss().replace("three", "th\0ree").encode(),
}


@pytest.mark.parametrize("raw", ENCODED.values(), ids=ENCODED)
def test_odd_encodings_lose_no_word(raw):
    (article,) = read(raw)
    assert article.title == "Barges “gone”"
    assert article.text == SAID


def test_the_servers_word_on_the_encoding_is_not_believed_against_the_bytes():
    (article,) = read(rss().encode(), "text/xml; charset=iso-8859-1")
    assert article.text == SAID


def test_old_cyrillic_and_chinese_encodings_are_read():
    assert read(bare("koi8-r").encode("koi8-r"))[0].text.endswith("missing - снова.")
    chinese = rss(encoding="gb2312").replace("again", "再次").encode("gb18030")
    assert read(chinese)[0].text.endswith("missing – 再次.")


SERVED = {
    "as a page": (rss().encode(), "text/html; charset=utf-8"),
    "as plain text": (rss().encode(), "text/plain"),
    "as nothing": (rss().encode(), ""),
    "with a script's warning above it": (
        b"<br />\n<b>Warning</b>: Undefined index in /var/www/x.php on line 3<br />\n"
        + rss().encode(),
        "text/html",
    ),
    "below comments that name a page": (
        b"<!-- made by a machine --><!-- <html> -->" + rss().partition("?>")[2].encode(),
        "text/html",
    ),
    "without its channel": (rss().replace("channel>", "x>").encode(), "text/xml"),
    "in capitals": (rss().replace("item>", "ITEM>").replace("title>", "TITLE>").encode(), ""),
}


@pytest.mark.parametrize(("raw", "kind"), SERVED.values(), ids=SERVED)
def test_a_feed_served_as_something_else_is_a_feed(raw, kind):
    assert [article.text for article in read(raw, kind)] == [SAID]


def test_broken_markup_spoils_neither_its_entry_nor_the_next():
    broken = (
        "<item><title>Fish & chips < 3 euros</title><link>https://mast.example/2?a=1&b=2</link>"
        "<description><p>The ministry said on Monday that <b>fish is dear.<br></description></item>"
    )
    first, second = read(rss(broken + ITEM))
    assert (first.title, first.url) == ("Fish & chips < 3 euros", "https://mast.example/2?a=1&b=2")
    assert first.text == "The ministry said on Monday that fish is dear."
    assert second.text == SAID


def test_a_feed_that_was_cut_off_gives_what_came_whole():
    whole = rss(ITEM + ITEM.replace("/1<", "/2<").replace("union", "ministry"))
    assert read(whole[:-140])[0].text == SAID


def test_five_thousand_entries_are_read_and_of_a_poll_the_newest():
    entries = "".join(
        f"<item><title>Story {n}</title><link>https://mast.example/{n}</link>"
        f"<pubDate>{2000 + n // 336}-{n % 336 // 28 + 1:02}-{n % 28 + 1:02}T08:00:00Z</pubDate></item>"
        for n in range(5000)
    )
    assert len(read(rss(entries))) == 5000
    polled = read(rss(entries), want=POLLED)
    assert [article.title for article in polled] == [f"Story {n}" for n in range(4500, 5000)]
    assert len(polled) == MOST_POLLED


def test_of_undated_entries_without_end_both_ends_are_looked_at():
    """Some feeds have the newest first, some last."""
    entries = "".join(f"<item><title>Story {n}</title></item>" for n in range(2000))
    titles = [article.title for article in read(rss(entries), want=POLLED)]
    assert {"Story 0", "Story 1999"} <= set(titles)
    assert len(titles) == MOST_POLLED


def test_a_feed_without_dates_gives_none():
    assert read(rss())[0].published is None


DATES = {
    "Thu, 12 Mar 2026 02:10:00 +0100": "2026-03-12T02:10:00+01:00",
    "Thu,12 Mar 2026 2:10 GMT": "2026-03-12T02:10:00+00:00",
    "Thu Mar 12 02:10:00 2026": "2026-03-12T02:10:00+00:00",
    "1773281400": "2026-03-12T02:10:00+00:00",
    "1773281400000": "2026-03-12T02:10:00+00:00",
    "12.03.2026 02:10": "2026-03-12T02:10:00+00:00",
    "2026/03/12 02:10:00": "2026-03-12T02:10:00+00:00",
    "2026-03-12T02:10:00.000-0500": "2026-03-12T02:10:00-05:00",
    "20260312T021000Z": "2026-03-12T02:10:00+00:00",
    "March 12, 2026, 2:10 a.m.": "2026-03-12T02:10:00+00:00",
}


@pytest.mark.parametrize("written", DATES)
def test_dates_are_read_as_they_come(written):
    dated = ITEM.replace("</item>", f"<pubDate>{written}</pubDate></item>")
    (article,) = read(rss(dated))
    assert article.published.isoformat() == DATES[written]


@pytest.mark.parametrize(
    "title",
    [
        "&lt;b&gt;Barges&lt;/b&gt; &amp;amp; boats &amp;quot;gone&amp;quot;",
        "<![CDATA[ \n <b>Barges</b> &amp; boats &quot;gone&quot; ]]>",
        "Barges &amp; boats \n\t &quot;gone&quot;",
        "Barges &#38; boats &#34;gone&#34;",
    ],
)
def test_titles_lose_their_markup_and_not_their_words(title):
    (article,) = read(rss(ITEM.replace("Barges “gone”", title)))
    assert article.title == 'Barges & boats "gone"'


@pytest.mark.parametrize(
    "body",
    [
        "&lt;p&gt;{}&lt;/p&gt;",
        "&amp;lt;p&amp;gt;{}&amp;lt;/p&amp;gt;",
        "<![CDATA[<p>{}</p><script>alert(1)</script><img src=x onerror=alert(1)>]]>",
        "<p>{}</p>",
        "<![CDATA[a ]]> b <p>{}</p> ]]>",
    ],
)
def test_bodies_in_any_wrapping_are_their_sentences(body):
    (article,) = read(rss(ITEM.replace(SAID, body.format(SAID))))
    assert article.text == SAID


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<link>/news/2</link>", "https://mast.example/news/2"),
        ("<link>2.html</link>", "https://mast.example/news/2.html"),
        ("<link>//cdn.mast.example/2</link>", "https://cdn.mast.example/2"),
        ("<link><![CDATA[\n https://mast.example/2 \n]]></link>", "https://mast.example/2"),
        ("<guid>https://mast.example/2</guid>", "https://mast.example/2"),
        ("<guid>2</guid>", ""),
        ("<guid isPermaLink='false'>https://mast.example/2</guid>", ""),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>http://[broken/2</link>", ""),
    ],
)
def test_addresses_are_whole_or_none(link, address):
    (article,) = read(rss(ITEM.replace("<link>https://mast.example/1</link>", link)))
    assert article.url == address


def test_an_atom_feed_with_markup_everywhere_is_read():
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://mast.example/base/">
    <title type="html">The &lt;i&gt;Mast&lt;/i&gt;</title><link rel="self" href="https://mast.example/atom"/>
    <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Barges <b>gone</b></div></title>
    <id>tag:1</id><link rel="enclosure" href="https://mast.example/a.mp3"/><link href="1"/>
    <updated>2026-03-12T02:10:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>{SAID}</p><script>alert(1)</script></div></content></entry></feed>"""
    (article,) = read(atom, "application/atom+xml")
    assert (article.title, article.url) == ("Barges gone", "https://mast.example/base/1")
    assert article.text == SAID
    assert article.outlet == "The Mast"


def test_an_entry_without_a_title_takes_its_first_words():
    (article,) = read(rss(ITEM.replace("<title>Barges “gone”</title>", "")))
    assert article.title.startswith("The union said on Monday")


def test_an_episode_without_words_is_no_article():
    sound = (
        "<item><enclosure url='https://mast.example/a.mp3' type='audio/mpeg'/><guid>x</guid></item>"
    )
    assert read(rss(sound)) == []


def test_named_entities_of_html_are_read_though_xml_knows_none():
    odd = ITEM.replace("Barges “gone”", "Caf&eacute; &mdash; open")
    (article,) = read(rss(odd))
    assert article.title == "Café — open"
