"""Who passed a question on, cut off: "fwd from Jonas: ...", "a friend says that ...".

The asker's own informants are no source that an article could name. A station or paper by its
name may be one, so only those that nobody could look up are cut ("talk radio has it that").
"""

from __future__ import annotations

import re

_TELL = (
    r"(?:say|says|said|write|writes|wrote|claim|claims|claimed|post|posts|posted|tweet|tweets|"
    r"tweeted|swear|swears|reckon|reckons|insist|insists|think|thinks|ask|asks|asked|text|texts|"
    r"told (?:me|us)|tells (?:me|us)|keeps? saying|is saying|are saying|has it|have it|is)"
)
_PERSON = (
    r"(?:colleague|friend|mate|neighbou?r|reader|listener|viewer|follower|guy|bloke|lady|user|"
    r"someone|somebody|cousin|mum|mom|dad|brother|sister|aunt|uncle|wife|husband|boss|intern|"
    r"flatmate|classmate|member|poster|commenter|person)"
)
_PLACE = (
    r"(?:talk radio|radio|telly|tv|twitter|x|facebook|telegram|whatsapp|tiktok|reddit|discord|"
    r"slack|chat|tweet|post|thread|blog|tabloids?|rumou?rs?|gossip|word|the internet|"
    r"the web|social media|the rumou?r mill)"
)
_HEARSAY = re.compile(
    r"^(?:(?:fwd|fw|forward(?:ed)?|msg|message|note|mail|e-?mail|dm|text|from)"
    r"(?: (?:from|by))?\s+[^:,?!]{2,40}:\s*"
    r"|[^\W\d_]+ (?:forwards|forwarded|shares|shared|posts|posted|writes|wrote|asks|texts|texted)"
    r"(?: me| us)?\s*(?::\s*|(?=[\"“'‘]))"
    rf"|(?:(?:an?|my|our|some|one|another|this)\s+)?{_PERSON}\b(?: [\w’']+){{0,5}}? {_TELL}\b"
    r"(?: that\b)?\s*:?\s*"
    rf"|(?:(?:the|a|some|local)\s+)?{_PLACE}\b(?: (?:here|today|going (?:a)?round))? {_TELL}\b"
    r"(?: that\b)?\s*:?\s*"
    r"|rumou?rs?\s*:\s*"
    r"|(?:hello|hi|hey|morning|good morning|dear)\s+"
    r"(?:desk|team|all|everyone|everybody|folks|colleagues|there)\b[\s,:!.-]*"
    r"|please\s*,\s*)",
    re.IGNORECASE,
)


def without_hearsay(text: str) -> str:
    """Return a question without who passed it on; as it is where nothing else would be left."""
    while (match := _HEARSAY.match(text)) and len(text) - match.end() >= _LEAST:
        text = text[match.end() :].lstrip(" \"“'‘,:")
    return text


_LEAST = 8
"""Characters that a question has left at least."""
