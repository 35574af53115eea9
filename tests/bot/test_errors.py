"""Errors go from one process to another as they are, for people are told their words."""

import pickle

import pytest

from bot.errors import ChatError, InputError, WhosaidError


def every(error):
    return [error, *(kind for below in error.__subclasses__() for kind in every(below))]


@pytest.mark.parametrize("kind", every(WhosaidError))
def test_every_error_can_be_sent(kind):
    """With its words, and what else it tells."""
    fault = kind("It is broken: mend it.")
    sent = pickle.loads(pickle.dumps(fault))
    assert type(sent) is kind
    assert str(sent) == "It is broken: mend it."
    assert vars(sent) == vars(fault)


def test_what_an_error_tells_besides_is_sent_too():
    assert pickle.loads(pickle.dumps(InputError("No.", outcome="empty"))).outcome == "empty"
    assert pickle.loads(pickle.dumps(ChatError("No.", permanent=True))).permanent
