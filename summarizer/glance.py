"""Which texts need to be read for a question, or for a claim: those that share a word with it.

Their words alone tell that, at a tenth of what reading their terms costs; each word is compared
once. What is told apart here has nothing of what is sought in ``bags.Bag`` either.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from summarizer.bags import NOTHING, Bag, may_be_one_name, read_bag
from summarizer.numbers import read_numbers
from summarizer.placenames import places_by_first_word
from summarizer.spelling import initial
from summarizer.terms import Term
from summarizer.wordbook import TOKEN, known_word


class Glance(dict[str, bool]):
    """Looks at texts for terms that are sought. Keeps of each lower-case word whether it has any.

    ``akin`` are stems that count as well.
    """

    def __init__(self, terms: Iterable[Term], akin: Iterable[str] = ()) -> None:
        """Look at nothing yet."""
        super().__init__()
        sought = tuple(terms)
        words = [term for term in sought if term.number is None]
        self._counts = len(words) < len(sought)
        self._places = frozenset(term.place for term in words if term.place)
        self._concepts = frozenset(akin).union(
            *((term.stem, *term.senses, *term.heads, *term.kinds) for term in words)
        )
        self._names: dict[str, set[str]] = {}
        for term in words:
            self._names.setdefault(initial(term.text), set()).add(term.text)

    def read(self, text: str) -> Bag:
        """Return the terms of a text that has any of those sought, else nothing."""
        return read_bag(text) if self.found_in(text) else NOTHING

    def found_in(self, text: str) -> bool:
        """Tell whether a text may have any of the terms; False is certain."""
        found = any(map(self.__getitem__, words_in(text)))
        return found or (self._counts and bool(read_numbers(text)))

    def count_in(self, text: str) -> int:
        """Return how many words of a text may stand for one of the terms, numbers aside."""
        return sum(map(self.__getitem__, words_in(text)))

    def __missing__(self, word: str) -> bool:
        """Compare a word that was not met before."""
        known = known_word(word)
        found = self[word] = (
            (known is not None and not self._concepts.isdisjoint(known.concepts))
            or any(may_be_one_name(name, word) for name in self._names.get(initial(word), ()))
            or self._begins_place(word)
        )
        return found

    def _begins_place(self, word: str) -> bool:
        found = places_by_first_word().get(word) if self._places else None
        return found is not None and not self._places.isdisjoint(found.values())


@lru_cache(maxsize=16_384)
def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, in order."""
    return tuple(map(str.lower, TOKEN.findall(text)))
