"""Who denies it, asked of a story: each disputed claim with who speaks against it, and how."""

from datetime import UTC, datetime, timedelta

import pytest
from desks import Person, desk_over
from fakes import FakeStore

from bot.chat.terminal import as_text
from bot.model import Item
from bot.respond import Responder
from summarizer.analysis import analyze
from summarizer.model import Article, Story

NOW = datetime(2026, 3, 12, 7, tzinfo=UTC)
TOLD = {
    "a1": "The dockers' union said on Monday that 300 dockers had left the port of Hallam. The "
    "port's owner said that trains were running.",
    "a2": "Ada Ruiz, the mayor of Hallam, denied that dockers had left the port. The union said "
    "that 300 dockers had left the port of Hallam.",
    "a3": "Harbour officials said that 200 dockers had left the port of Hallam. The Transport "
    "Ministry declined to confirm that a bridge would be closed.",
    "a4": "The harbour master said that the weir of Ellery had been opened.",
}


@pytest.fixture(scope="module")
def respond():
    store = FakeStore()
    for hours, (name, text) in enumerate(TOLD.items()):
        one = Article(name, text, "Dockers", f"Post {name}", published=NOW + timedelta(hours=hours))
        store.add(Item(one), seen=NOW)
        store.save_analysis(one.id, analyze(one))
    store.save_stories(
        [
            Story("5feceb", "Dockers leave Hallam", ("a1", "a2", "a3"), NOW, NOW),
            Story("0ddba1", "Weir opened", ("a4",), NOW, NOW),
        ]
    )
    desk = desk_over(store, NOW)
    return Responder(lambda _: desk)


@pytest.fixture
async def denied(respond):
    return await respond("and who denies it?", Person(context="story 5feceb"))


async def test_a_disputed_claim_stands_with_who_disputes_it_and_how(denied):
    """Whom they speak against is the first to say it; each has the sentence and its outlet."""
    (claim,) = denied.data["disputed"]
    assert claim["source"]["name"] == "The dockers' union"
    assert claim["article"]["id"] == "a1"
    assert {(one["source"], one["dissent"], one["number"]) for one in claim["disputes"]} == {
        ("Ada Ruiz", "denies", ""),
        ("Harbour officials", "another number", "200"),
    }
    shown = as_text(denied, width=300)
    assert "1 claim of this story is disputed" in shown
    assert "Ada Ruiz, the mayor of Hallam · denies: “Ada Ruiz, the mayor" in shown
    assert "Harbour officials · another number, 200" in shown


async def test_a_matter_is_told_once_and_from_one_side(denied):
    """Neither the other number nor the denial is a second claim that is disputed."""
    assert denied.data["claims"] == denied.data["compared"] > len(denied.data["disputed"])


async def test_denials_of_what_nobody_says_are_told_besides(denied):
    """A refusal that stands against no claim of the story is not lost."""
    (other,) = denied.data["denials"]
    assert (other["source"], other["stance"]) == ("Transport Ministry", "declines to confirm")
    assert "Denied or not confirmed besides" in as_text(denied, width=300)


async def test_a_story_in_which_nobody_is_contradicted_says_so(respond):
    """An empty list is told in words."""
    told = await respond("who denies it?", Person(context="story 0ddba1"))
    assert "Nobody in this story disputes" in as_text(told, width=300)
    assert told.data["disputed"] == told.data["denials"] == []


async def test_the_story_itself_has_a_button_for_it(respond, denied):
    """It is the command that the question becomes."""
    story = await respond("story 5feceb", Person())
    buttons = [b for block in story.blocks for b in getattr(block, "buttons", ())]
    (button,) = [one for one in buttons if one.label == "Who denies it?"]
    assert (await respond(button.command, Person())).data == denied.data
