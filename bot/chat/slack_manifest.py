"""The manifest that a person pastes at Slack to make the app: what it may do, and why (pure)."""

from __future__ import annotations

from bot.chat.slack_setup import EVENTS_PATH, REDIRECT_PATH

SCOPES = {
    "app_mentions:read": "to hear a question that begins with its name",
    "channels:history": "for the thread of a question, and its own posts",
    "channels:read": "to tell whether who asks created the channel",
    "chat:write": "to answer and to post digests where it is invited",
    "commands": "for /source, /briefing, /whosaid and “Who said this?”",
    "files:write": "to put a chart below an answer that is shared",
    "groups:history": "the same in private channels that it is invited to",
    "groups:read": "the same in private channels that it is invited to",
    "im:history": "to be asked in a conversation of its own",
    "im:write": "to tell who looks after a channel that fails",
    "users:read": "to tell whether who asks is an admin",
}
"""Each scope of the bot token, and what needs it."""
GROUP_SCOPE = "usergroups:read"
"""Needed only where a user group of the config may change settings."""
EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_unarchive",
    "group_unarchive",
    "member_joined_channel",
    "message.im",
)
UNINSTALLED = ("app_uninstalled", "tokens_revoked")
"""Events that matter where several workspaces install the app: then a token is to be deleted."""

_TEXT = """\
# Paste this at https://api.slack.com/apps under “Create New App”,
# “From a manifest”. Then copy into the environment:
{steps}
display_information:
  name: Whosaid
  description: News briefings that can name the source of any claim in them
  background_color: "#23435c"
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: Whosaid
    always_online: true
  shortcuts:
    - name: Who said this?
      type: message
      callback_id: who_said_this
      description: Name the source of what this message says
  slash_commands:
    - command: /source{url}
      description: Who said it, through whom, and who disputes it
      usage_hint: a claim, a question or a pasted sentence
      should_escape: false
    - command: /briefing{url}
      description: This channel's digest now, or the briefing of one article
      usage_hint: "[an address, or words of the article]"
      should_escape: false
    - command: /whosaid{url}
      description: Everything else, and all of it with help
      usage_hint: "[help | entity | story | search | feeds | schedule ...]"
      should_escape: false
oauth_config:{redirect}
  scopes:
    bot:
{scopes}
settings:
  event_subscriptions:{request}
    bot_events:
{events}
  interactivity:
    is_enabled: true{interactive}
  org_deploy_enabled: false
  socket_mode_enabled: {socket}
  token_rotation_enabled: false
"""

_BOT = """\
# WHOSAID_SLACK_BOT_TOKEN, the bot token (xoxb-...), from “Install App”"""
_MANY = """\
# WHOSAID_SLACK_CLIENT_ID and WHOSAID_SLACK_CLIENT_SECRET,
# from “Basic Information”, “App Credentials”
# “Manage Distribution” lets other workspaces install it, at
# {public}/slack/install"""
_SOCKET = """\
# WHOSAID_SLACK_APP_TOKEN, an app-level token (xapp-...) with the scope
# connections:write, from “Basic Information”, “App-Level Tokens”"""
_HTTP = """\
# WHOSAID_SLACK_SIGNING_SECRET, from “Basic Information”, “App Credentials”
# Start Whosaid, then let “Event Subscriptions” verify the address."""
EXAMPLE = "https://whosaid.example"
"""Stands for ``slack.public_url`` where that is not set yet."""


def scopes(*, manager_group: str = "") -> dict[str, str]:
    """Return the scopes of the bot token, and what needs each. A manager group needs one more."""
    if not manager_group:
        return SCOPES
    return SCOPES | {GROUP_SCOPE: "to tell who is in the group that may change settings"}


def manifest(
    *, manager_group: str = "", http: bool = False, many: bool = False, public_url: str = ""
) -> str:
    """Return the app's manifest as YAML.

    With ``http`` Slack calls us below ``public_url``; with ``many`` workspaces install it there.
    """
    public = public_url or EXAMPLE
    address = f"{public}{EVENTS_PATH}"
    wanted = sorted(scopes(manager_group=manager_group).items())
    events = sorted([*EVENTS, *(UNINSTALLED if many else ())])
    return _TEXT.format(
        steps=f"{_MANY.format(public=public) if many else _BOT}\n{_HTTP if http else _SOCKET}",
        url=f"\n      url: {address}" if http else "",
        redirect=f"\n  redirect_urls:\n    - {public}{REDIRECT_PATH}" if many else "",
        scopes="\n".join(f"      - {scope}  # {why}" for scope, why in wanted),
        request=f"\n    request_url: {address}" if http else "",
        events="\n".join(f"      - {event}" for event in events),
        interactive=(
            f"\n    request_url: {address}\n    message_menu_options_url: {address}" if http else ""
        ),
        socket="false" if http else "true",
    )
