"""Slack's errors in words that tell the one who can act what to do (pure)."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.errors import ChatError

_COPY = "copy the bot token from the app's page “OAuth & Permissions” to WHOSAID_SLACK_BOT_TOKEN"
_INVITE = "invite it there: /invite @Whosaid"

PERMANENT = {
    "not_in_channel": f"Whosaid is not in this channel; {_INVITE}.",
    "channel_not_found": f"Slack shows Whosaid no such channel; if it is private, {_INVITE}.",
    "is_archived": "The channel is archived; unarchive it, or set the times in another one.",
    "restricted_action": "The workspace lets only some people post here; an admin can add Whosaid.",
    "restricted_action_read_only_channel": "The channel is read-only; an admin can add Whosaid.",
    "restricted_action_thread_only_channel": "The channel takes threads only; choose another one.",
    "ekm_access_denied": "The workspace's admins have suspended posting; ask them.",
    "no_permission": "The workspace does not let Whosaid do this; ask an admin of it.",
    "team_access_not_granted": "The app was not granted this workspace; ask an admin of it.",
    "cannot_reply_to_message": "Nobody can reply to this message any more.",
    "thread_not_found": "The message that this belongs under is gone.",
    "account_inactive": f"The app was removed from the workspace; install it again and {_COPY}.",
    "token_revoked": f"The bot token was revoked; install the app again and {_COPY}.",
    "token_expired": f"The bot token has expired; {_COPY}.",
    "invalid_auth": f"Slack refuses the token; {_COPY}.",
    "not_authed": f"No token reached Slack; {_COPY}.",
    "not_allowed_token_type": "That kind of token cannot do this; the bot's begins with xoxb-, "
    "the app-level one with xapp-.",
    "org_login_required": "The workspace is moving to another organisation; try when it is done.",
    "user_not_in_channel": "Who asked is not in the channel any more.",
    "invalid_blocks": "Slack refuses the layout of this message; please report it.",
    "msg_too_long": "Slack finds this message too long; please report it.",
    "msg_blocks_too_long": "Slack finds this message too long; please report it.",
    "no_text": "Slack finds this message empty; please report it.",
    "access_denied": "The workspace does not let Whosaid do this; ask an admin of it.",
}
"""Slack's error -> words, where trying again cannot help."""

PASSING = {
    "ratelimited": "Slack asks to wait: too many messages at once. It is tried again.",
    "rate_limited": "Slack asks to wait: too many messages at once. It is tried again.",
    "message_limit_exceeded": "The workspace is over its limit of messages. It is tried again.",
    "accesslimited": "Slack limits this workspace for now. It is tried again.",
}
"""Slack's error -> words, where it was surely not done but may be later."""

UNKNOWN = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}
"""Errors after which it may have been done nevertheless (Slack says so of them)."""


def error_name(fault: SlackApiError) -> str:
    """Return Slack's own name of an error, empty when the answer was none of Slack's."""
    try:
        return str(fault.response.get("error") or "")
    except (AttributeError, TypeError, ValueError):
        return ""


def is_unknown(fault: SlackApiError) -> bool:
    """Tell whether it may have been done although Slack answered with this error."""
    name = error_name(fault)
    status = getattr(fault.response, "status_code", 200)
    return name in UNKNOWN or not name or status >= 500


def in_words(fault: SlackApiError, place: str = "") -> ChatError:
    """Return an error of Slack's as one of ours: what happened, what to do, whether to try again.

    ``place`` names the channel.
    """
    name = error_name(fault)
    where = f"{place}: " if place else ""
    if name == "missing_scope":
        needed = fault.response.get("needed", "a scope")
        text = (
            f"The Slack app lacks the scope {needed}: update it from the manifest "
            "(“doctor” prints it) and install it again."
        )
        return ChatError(where + text, permanent=True)
    if name in PASSING:
        return ChatError(where + PASSING[name])
    text = PERMANENT.get(name, f"Slack refused ({name or 'no reason given'}); see “doctor”.")
    return ChatError(where + text, permanent=True)
