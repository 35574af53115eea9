"""A Message becomes Discord messages: within the limits, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from random_messages import EXAMPLES, messages

from bot.chat import discord_limits as limits
from bot.chat.discord_components import Payload, command_of, commands_in, payloads, shown_text
from bot.chat.discord_escape import address, one_line
from bot.chat.visible import clean
from bot.message import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Heading,
    Message,
    Paragraph,
    Picture,
    Quote,
    Run,
    Small,
    Text,
    When,
    plain,
)

SHARE = Button("Share", "!share")


def walk(components: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", ()))


def of_type(payload: Payload, kind: int) -> list[dict[str, Any]]:
    return [one for one in walk(payload.components) if one["type"] == kind]


def text_of(payload: Payload) -> str:
    return shown_text(payload.components)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_every_payload_of_any_message_is_within_every_limit(message: Message) -> None:
    for payload in payloads(message, controls=[SHARE, SHARE]):
        everything = list(walk(payload.components))
        texts = [one["content"] for one in of_type(payload, 10)]
        buttons = of_type(payload, 2)
        names = [button["custom_id"] for button in buttons]
        assert sum(map(limits.size, texts)) <= limits.TEXT
        assert len(everything) <= limits.COMPONENTS
        assert all(text.strip() for text in texts)
        assert len(set(names)) == len(names)
        assert all(0 < limits.size(name) <= limits.CUSTOM_ID and name.strip() for name in names)
        assert all(0 < limits.size(button["label"]) <= limits.LABEL for button in buttons)
        assert all(1 <= len(row["components"]) <= limits.ROW_BUTTONS for row in of_type(payload, 1))
        for menu in of_type(payload, 3):
            values = [option["value"] for option in menu["options"]]
            assert 0 < len(values) == len(set(values)) <= limits.SELECT_OPTIONS
            shown = values + [option["label"] for option in menu["options"]]
            assert all(0 < limits.size(text) <= limits.OPTION for text in shown)
        assert len(payload.uploads) <= limits.FILES
        assert Payload.from_json(payload.to_json()) == payload
        payload.to_json().encode()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_no_letter_of_any_message_is_lost(message: Message) -> None:
    found = payloads(message)
    if any(letters_of(block) for block in message.blocks):
        assert shown_letters(found) == "".join(letters_of(block) for block in message.blocks)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_every_picture_is_sent_once_and_shown_with_its_text(message: Message) -> None:
    pictures = [block for block in message.blocks if isinstance(block, Picture)]
    found = payloads(message)
    uploads = [upload for payload in found for upload in payload.uploads]
    assert [upload.png for upload in uploads] == [picture.png for picture in pictures]
    for payload in found:
        items = [one["items"][0] for one in of_type(payload, 12)]
        assert [item["media"]["url"] for item in items] == [
            f"attachment://{upload.name}" for upload in payload.uploads
        ]
        assert [item.get("description", "") for item in items] == [
            upload.alt for upload in payload.uploads
        ]
        assert all(limits.size(upload.alt) <= limits.ALT_TEXT for upload in payload.uploads)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_every_command_of_any_message_can_still_be_given(message: Message) -> None:
    rows = [block for block in message.blocks if isinstance(block, Buttons)]
    wanted = [clean(button.command).strip() for row in rows for button in row.buttons]
    found = payloads(message)
    pressed = [name for payload in found for name in commands_in(payload.components)]
    typed = "".join(letters(text_of(payload)) for payload in found)
    for command in filter(None, wanted):
        given = command in pressed or command_of(command) in pressed
        assert given or letters(command) in typed


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def letters_of(block: object) -> str:
    """The letters that a block shows, in order, from the block alone."""
    found = ""
    match block:
        case Heading():
            found = letters(clean(block.text))
        case Paragraph() | Quote() | Small():
            found = text_letters(block.text)
        case Facts():
            found = "".join(letters(clean(name)) + text_letters(text) for name, text in block.rows)
        case Bullets():
            found = "".join(map(text_letters, block.items))
        case Picture() if limits.size(one_line(block.alt)) > limits.ALT_TEXT:
            found = letters(one_line(block.alt)[512:])
        case Buttons():
            typed = [one for one in block.buttons if limits.size(clean(one.command)) > 95]
            found = "".join(letters(one_line(one.label) + one_line(one.command)) for one in typed)
    return found


def text_letters(text: Text) -> str:
    def one(part: Run | When) -> str:
        if isinstance(part, Run):
            return letters(clean(part.text))
        return "" if abs(part.unix) <= limits.MOMENT else letters(clean(part.fallback))

    return "".join(map(one, text))


def shown_letters(found: Iterable[Payload]) -> str:
    text = "\n".join(map(text_of, found))
    ours = r"(\\[^\w\s]|`[^`\n]*`)|(?<=\])\(<[^>]*>\)|<t:-?\d+:f>"
    text = re.sub(ours, lambda match: match[1] or "", text)
    lines = [
        line
        for line in text.split("\n")
        if not re.fullmatch(r"-# (Part \d+ of \d+|Goes on in part \d+ of \d+|\(nothing\))", line)
    ]
    return letters("".join(lines))


def test_an_empty_message_shows_its_summary() -> None:
    (payload,) = payloads(Message((), "All quiet"))
    assert text_of(payload) == "All quiet"


def test_blocks_stand_in_order_with_the_buttons_of_a_part_below_it() -> None:
    message = Message(
        (
            Heading("Digest"),
            Divider(),
            Heading("First", 2, "https://news.example/1"),
            Buttons((Button("Story", "story 1"),)),
            Divider(),
            Heading("Second", 2),
            Quote(plain("Verbatim.")),
            Buttons((Button("Story", "story 2"), Button("Stop", "unfollow x", danger=True))),
        ),
        "Digest",
    )
    (payload,) = payloads(message)
    (container,) = payload.components
    kinds = [one["type"] for one in container["components"]]
    assert kinds == [10, 14, 10, 1, 14, 10, 1]
    assert container["components"][2]["content"] == "### [First](<https://news.example/1>)"
    assert container["components"][5]["content"] == "### Second\n> Verbatim."
    assert [one["style"] for one in container["components"][6]["components"]] == [2, 4]


def test_quotations_stand_in_one_text_and_do_not_run_into_each_other() -> None:
    """Nor do the facts below: many markdown readers take a line below a quotation as its own."""
    quotes = (
        Quote(plain("One.\nAnd more.")),
        Quote(plain("Two.")),
        Facts((("Who", plain("Ann")),)),
    )
    (payload,) = payloads(Message(quotes, "s"))
    texts = [one["content"] for one in of_type(payload, 10)]
    assert texts == ["> One.\n> And more.\n\n> Two.", "**Who:** Ann"]


def test_several_buttons_with_long_labels_are_a_menu() -> None:
    """What is chosen from it is the command; one told twice is shown once."""
    title = "Pilot station told the doomed ferry to wait outside the harbour " * 2
    row = Buttons(tuple(Button(f"{title}{n}", f"story {n % 2}") for n in range(3)))
    (payload,) = payloads(Message((row,), "s"))
    (menu,) = of_type(payload, 3)
    assert [option["value"] for option in menu["options"]] == ["story 0", "story 1"]
    assert menu["options"][0]["label"].endswith("the doomed…")
    assert commands_in(payload.components) == ["story 0", "story 1"]


def test_a_story_is_not_torn_apart_where_it_fits_into_the_next_part() -> None:
    story = (
        Heading("Story", 2),
        Paragraph(plain("word " * 300)),
        Buttons((Button("S", "story 1"),)),
    )
    found = payloads(Message((*story, Divider(), *story, Divider(), *story), "s"))
    assert len(found) == 2
    assert [text_of(payload).count("### Story") for payload in found] == [2, 1]
    assert "-# Goes on in part 2 of 2" in text_of(found[0])
    assert text_of(found[1]).startswith("-# Part 2 of 2\n### Story")


def test_buttons_with_the_same_command_get_names_of_their_own_and_mean_the_same() -> None:
    row = Buttons((Button("A", "story 1"), Button("B", "story 1"), Button("C", "story 1")))
    (payload,) = payloads(Message((row,), "s"))
    names = [button["custom_id"] for button in of_type(payload, 2)]
    assert names == ["story 1", "story 1 ~2", "story 1 ~3"]
    assert {command_of(name) for name in names} == {"story 1"}


def test_a_moment_is_shown_in_the_readers_zone() -> None:
    (payload,) = payloads(Message((Paragraph((When(1_700_000_000, "14 Nov"),)),), "s"))
    assert text_of(payload) == "<t:1700000000:f>"


def test_a_moment_beyond_what_the_client_can_show_is_told_in_words() -> None:
    (payload,) = payloads(Message((Paragraph((When(10**16, "far off"),)),), "s"))
    assert text_of(payload) == "far off"


def test_a_link_that_is_too_long_loses_its_fragment_first() -> None:
    page = "https://news.example/a"
    assert address(f"{page}#:~:text={'x' * 2000}") == page
    assert address(f"{page}#:~:text=x") == f"{page}#:~:text=x"
    assert address("https://news.example/" + "x" * 2000) == ""


def test_only_addresses_of_the_web_become_links() -> None:
    for link in ("javascript:alert(1)", "discord://x", "ftp://x.example", "//x", "https://", "x"):
        (payload,) = payloads(Message((Paragraph((Run("here", link=link),)),), "s"))
        assert text_of(payload) == "here"


def test_a_link_cannot_be_left_by_what_stands_in_it() -> None:
    link = "https://news.example/a b>) [x](<https://evil.example>)"
    (payload,) = payloads(Message((Paragraph((Run("here", link=link),)),), "s"))
    assert re.fullmatch(r"\[here\]\(<https://news\.example/[^ <>()\[\]]*>\)", text_of(payload))


def test_a_star_in_a_link_does_not_end_a_style() -> None:
    run = Run("here", italic=True, link="https://news.example/x*y")
    (payload,) = payloads(Message((Paragraph((run,)),), "s"))
    assert text_of(payload) == "*[here](<https://news.example/x%2Ay>)*"
