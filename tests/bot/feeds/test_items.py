"""Feed entries and drops -> items with ids, times, bodies and captions."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import InputError
from bot.feeds.addresses import article_id, canonical
from bot.feeds.items import drop_item, feed_items
from bot.feeds.tasks import Entry, Outlet, ParsedFeed

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
FEED = "https://mast.example/feed"
HTML = """<p>VARNHOLT, March 9 (Meridian Wire) - Three barges are missing from the inner harbour, the union said on Monday.</p>
<figure><img><figcaption>The pier. Photo: Ann Roe</figcaption></figure>
<p>The ministry plans a second count before the weekend, according to two officials.</p><p>Read more on mast.example</p>"""
ENTRY = Entry(
    title="Barges &amp; boats <b>gone</b>",
    url="https://mast.example/news/1?utm_source=rss",
    guid="one",
    content=HTML,
    published="Mon, 09 Mar 2026 09:42:00 +0200",
    authors=("Ann Roe",),
)


def items(*entries: Entry, **told):
    return feed_items(
        ParsedFeed("The Mast", "https://mast.example/", entries), url=FEED, now=NOW, **told
    )


def test_an_entry_becomes_an_article():
    (item,) = items(ENTRY)
    article = item.article
    assert article.text == (
        "Three barges are missing from the inner harbour, the union said on Monday.\n\n"
        "The ministry plans a second count before the weekend, according to two officials."
    )
    assert (article.title, article.outlet, article.byline) == (
        "Barges & boats gone",
        "The Mast",
        "Ann Roe",
    )
    assert article.url == "https://mast.example/news/1"
    assert article.published.isoformat() == "2026-03-09T09:42:00+02:00"
    assert (article.zone, article.dateline) == ("Etc/GMT-2", "VARNHOLT, March 9 (Meridian Wire)")
    assert [(caption.text, caption.credit) for caption in article.captions] == [
        ("The pier.", "Photo: Ann Roe")
    ]
    assert (item.feed, item.guid, item.teaser) == (FEED, "one", False)


def test_plain_and_escaped_text_is_read_too():
    plain = replace(
        ENTRY, content="", summary="The union said on Monday that three barges are missing."
    )
    escaped = replace(
        ENTRY, content="&lt;p&gt;The union said on Monday that three barges are missing.&lt;/p&gt;"
    )
    assert items(plain)[0].article.text == items(escaped)[0].article.text == plain.summary


@pytest.mark.parametrize(
    ("entry", "teaser"),
    [
        (replace(ENTRY, content="", summary="Three barges are missing, says the union."), True),
        (replace(ENTRY, content="<p>Three barges are missing, says the union, and […]</p>"), True),
        (replace(ENTRY, content="", summary=""), True),
        (replace(ENTRY, content="", summary="Three barges are missing.", url=""), False),
        (replace(ENTRY, content="", summary="The union said so on Monday. " * 40), False),
    ],
)
def test_teasers_are_told(entry, teaser):
    assert items(entry)[0].teaser is teaser


@pytest.mark.parametrize(
    "published", ["Thu, 01 Jan 1970 00:00:00 +0000", "2999-01-01T00:00:00Z", "", "someday"]
)
def test_dates_that_lie_are_left_out(published):
    assert items(replace(ENTRY, published=published))[0].article.published is None


def test_a_guid_that_all_entries_share_is_no_identity():
    first = replace(ENTRY, url="", guid="same", title="One story of barges")
    second = replace(first, title="Another story of boats")
    ids = {item.article.id for item in items(first, second)}
    assert len(ids) == 2


def test_guids_that_change_do_no_harm_beside_an_address():
    assert items(ENTRY)[0].article.id == items(replace(ENTRY, guid="two"))[0].article.id


def test_an_address_that_is_none_is_not_kept():
    assert items(replace(ENTRY, url="javascript:alert(1)"))[0].article.url == ""


def test_the_same_entry_twice_is_one_item():
    assert len(items(ENTRY, ENTRY)) == 1


def test_an_outlet_known_from_elsewhere_overrules_the_feed():
    article = items(ENTRY, outlet=Outlet("Mast & Sail", "Asia/Seoul"))[0].article
    assert (article.outlet, article.zone) == ("Mast & Sail", "Asia/Seoul")


def test_a_title_of_ten_megabytes_stays_small_in_time():
    (item,) = items(
        replace(ENTRY, title="x" * 10**7, content="<p>The union said so on Monday.</p>")
    )
    assert item.article.text == "The union said so on Monday."


def test_a_drop_takes_the_outlets_own_clock():
    text = "A title\nPosted : March 4, 2024, 09:15\nKYIV, March 4 (HLW) - The bridge was closed on Monday, the police said."
    article = drop_item(
        text, place="a.txt", now=NOW, outlet=Outlet("The Mast", "Asia/Seoul")
    ).article
    assert article.published.isoformat() == "2024-03-04T09:15:00+09:00"
    assert (article.zone, article.outlet) == ("Asia/Seoul", "The Mast")


def test_a_drop_without_a_sentence_is_told():
    with pytest.raises(InputError) as fault:
        drop_item("milk\neggs\n", place="a.txt", now=NOW)
    assert fault.value.outcome == "no-article"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://Mast.example/News/1/?utm_source=x&id=3#top", "https://mast.example/News/1/?id=3"),
        ("mailto:a@b.example", ""),
        ("https://[broken/", ""),
        ("https://mast.example:99999/", ""),
    ],
)
def test_addresses_have_one_form(url, told):
    assert canonical(url) == told


def test_ids_do_not_depend_on_scheme_or_www():
    assert article_id(url="http://www.mast.example/1/") == article_id(url="https://mast.example/1")
    assert article_id(url="https://mast.example/1") != article_id(url="https://mast.example/2")
    assert article_id(feed="a", guid="1") != article_id(feed="b", guid="1")
    assert article_id(text="Same  words") == article_id(text="same words")
