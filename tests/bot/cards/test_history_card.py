"""Below an article's briefing: who else prints it, and what its outlet changed."""

from datetime import UTC, datetime

from bot.cards.history import History, with_history
from bot.chat.terminal import as_text
from bot.message import Bullets, Message, Paragraph, Run
from bot.model import Carriage, Version
from summarizer.model import Article

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
ARTICLE = Article(
    "a",
    "Four barges are missing, the union said. The harbour is closed.",
    "Four barges gone",
    "The Mast",
    url="https://mast.example/1",
)
CARD = Message((Paragraph((Run("Briefing"),)),), "Briefing", data={"title": "Four barges gone"})
OLDER = Version("a", 1, "Barges gone", "Three barges are missing, the union said.", NOW)


def carried(outlet, url, feed="f"):
    return Carriage("a", outlet, url, feed, NOW)


def shown(**told):
    return as_text(with_history(CARD, History(ARTICLE, **told)), width=200)


def test_an_article_without_a_history_keeps_its_card():
    own = carried("The Mast", ARTICLE.url)
    assert with_history(CARD, History(ARTICLE, [own, carried("The Mast", "", "g")])) is CARD


def test_every_outlet_that_prints_it_is_named_with_its_link():
    own, other = carried("The Mast", ARTICLE.url), carried("Gulf Wire", "https://wire.example/9")
    copy = Article("b", "...", "Barges", "Vale Post", url="https://vale.example/2")
    card = with_history(CARD, History(ARTICLE, [own, other, other], copies=[copy]))
    said = as_text(card, width=200)
    assert "Gulf Wire" in said
    assert "word for word" in said
    assert "Vale Post" in said
    assert "with edits" in said
    links = [
        run.link
        for block in card.blocks
        if isinstance(block, Bullets)
        for item in block.items
        for run in item
        if run.link
    ]
    assert links == ["https://wire.example/9", "https://vale.example/2"]
    assert card.data["title"] == "Four barges gone"
    assert card.data["also_printed_by"][1] == {
        "outlet": "Vale Post",
        "url": "https://vale.example/2",
        "edited": True,
    }


def test_an_edit_is_shown_with_its_words_and_headline():
    card = with_history(CARD, History(ARTICLE, versions=[OLDER]))
    said = as_text(card, width=200)
    assert "Edited 1 time since it was first read on 12 Mar 2026 08:00 UTC" in said
    assert "Headline, was: Barges gone" in said
    assert "Was: Three barges are missing, the union said." in said
    assert "Now: Four barges are missing, the union said." in said
    assert "Added: The harbour is closed." in said
    bold = [
        run.text
        for block in card.blocks
        if isinstance(block, Bullets)
        for item in block.items
        for run in item
        if run.bold
    ]
    assert bold == ["Three", "Four"]


def test_after_an_edit_nobody_is_said_to_print_the_new_words():
    other = carried("Gulf Wire", "https://wire.example/9")
    assert "word for word" not in shown(carriages=[other], versions=[OLDER])


def test_many_outlets_and_changes_are_counted_not_listed():
    outlets = [carried(f"Outlet {n}", f"https://o{n}.example/") for n in range(20)]
    long = Version("a", 1, "", " ".join(f"Sentence number {n} was cut." for n in range(9)), NOW)
    said = shown(carriages=outlets, versions=[long])
    assert "and 12 more." in said
    assert "more changes." in said


def test_scripts_get_every_step():
    first = Version("a", 1, "", "Two barges are missing.", NOW)
    card = with_history(CARD, History(ARTICLE, versions=[first, OLDER]))
    assert [step["changes"][0]["before"] for step in card.data["edits"]] == [
        "Two barges are missing.",
        "Three barges are missing, the union said.",
    ]
