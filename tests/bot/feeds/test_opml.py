"""Lists of feeds go in and out without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.feeds.opml import write_opml
from bot.feeds.opml_reading import read_opml
from bot.model import Feed

LISTED = (
    Feed("https://mast.example/feed", "The Mast & more", "News/Harbour"),
    Feed("https://agency.example/rss?a=1&b=2", "Agency", "News", state_media=True),
    Feed("https://lone.example/atom", "“Lone”"),
)


def test_a_list_survives_the_round_trip():
    assert set(read_opml(write_opml(LISTED).encode(), place="x")) == set(LISTED)


def test_others_lists_keep_their_folders_names_and_untitled_feeds():
    """A slash in a folder's name parts no folders, and an address is no title."""
    theirs = b"""<opml version="2.0"><body><outline text="Arts / Culture"><outline text="Stage">
    <outline type="rss" text="The Mast" xmlUrl="https://mast.example/feed"/></outline>
    <outline type="rss" xmlUrl="https://lone.example/atom"/></outline></body></opml>"""
    feeds = read_opml(theirs, place="x")
    assert {feed.title for feed in feeds} == {"The Mast", ""}
    ours = write_opml(feeds)
    assert set(read_opml(ours.encode(), place="x")) == set(feeds)
    assert ours.count('text="Arts / Culture"') == 1
    assert ours.index("Arts / Culture") < ours.index('text="Stage"')


def test_feeds_are_added_for_a_channel():
    feeds = read_opml(write_opml(LISTED).encode(), place="x", channel="console")
    assert {feed.channel for feed in feeds} == {"console"}


@pytest.mark.parametrize(
    "raw",
    [
        b"<opml version='2.0'><body/></opml>",
        b"<opml",
        b"<opml><body><outline xmlUrl='javascript:1'/></body></opml>",
    ],
)
def test_a_list_without_feeds_is_told(raw):
    with pytest.raises(InputError) as fault:
        read_opml(raw, place="feeds.opml")
    assert fault.value.outcome == "no-feeds"
    assert "feeds.opml" in str(fault.value)


# No name begins or ends with white space, as U+2028 (Zl) and U+2029 (Zp) are.
words = st.text(
    st.characters(
        min_codepoint=33,
        max_codepoint=0x2FFF,
        exclude_characters="/,",
        exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn"),
    ),
    min_size=1,
    max_size=12,
)


@given(st.lists(st.tuples(words, words), max_size=8))
def test_titles_and_folders_survive(names):
    feeds = {
        Feed(f"https://mast.example/{place}", title, folder)
        for place, (title, folder) in enumerate(names)
    }
    if feeds:
        assert set(read_opml(write_opml(feeds).encode(), place="x")) == feeds
