"""The manifest that a person pastes at Slack to make the app: what it may do, and why (pure)."""

from __future__ import annotations

SCOPES = {
    "app_mentions:read": "to hear a question that begins with its name",
    "channels:history": "to read the thread that a question stands in, and find its own posts",
    "channels:read": "to tell whether who asks created the channel",
    "chat:write": "to answer and to post digests where it is invited",
    "commands": "for /source, /briefing, /whosaid and “Who said this?”",
    "files:write": "to put a chart below an answer that is shared",
    "groups:history": "the same in private channels that it is invited to",
    "groups:read": "the same in private channels that it is invited to",
    "im:history": "to be asked in a conversation of its own",
    "users:read": "to tell whether who asks is an admin",
}
"""Each scope of the bot token, and what needs it."""
GROUP_SCOPE = "usergroups:read"
"""Needed only where a user group of the config may change settings."""
EVENTS = ("app_home_opened", "app_mention", "message.im")

_TEXT = """\
# Paste this at https://api.slack.com/apps under “Create New App”, “From a manifest”.
# Then: “Install App” gives the bot token (xoxb-...) for WHOSAID_SLACK_BOT_TOKEN;
# “Basic Information”, “App-Level Tokens”, with the scope connections:write, gives the
# app-level token (xapp-...) for WHOSAID_SLACK_APP_TOKEN.
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
    - command: /source
      description: Who said it, through whom, and who disputes it
      usage_hint: a claim, a question or a pasted sentence
      should_escape: false
    - command: /briefing
      description: This channel's digest now, or the briefing of one article
      usage_hint: "[an address, or words of the article]"
      should_escape: false
    - command: /whosaid
      description: Everything else, and all of it with help
      usage_hint: "[help | entity | story | search | feeds | schedule ...]"
      should_escape: false
oauth_config:
  scopes:
    bot:
{scopes}
settings:
  event_subscriptions:
    bot_events:
{events}
  interactivity:
    is_enabled: true
  org_deploy_enabled: false
  socket_mode_enabled: true
  token_rotation_enabled: false
"""


def manifest(*, manager_group: str = "") -> str:
    """Return the app's manifest as YAML. A manager group needs one scope more."""
    scopes = dict(SCOPES)
    if manager_group:
        scopes[GROUP_SCOPE] = "to tell who is in the group that may change settings"
    lines = "\n".join(f"      - {scope}  # {why}" for scope, why in sorted(scopes.items()))
    events = "\n".join(f"      - {event}" for event in EVENTS)
    return _TEXT.format(scopes=lines, events=events)
