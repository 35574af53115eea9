// Slack's own Socket Mode client, listening to the relay: what it takes, Slack would send so.
const { SocketModeClient } = require("@slack/socket-mode");

const [base, appToken] = process.argv.slice(2);
const client = new SocketModeClient({ appToken, clientOptions: { slackApiUrl: base }, logLevel: "error" });
for (const kind of ["slash_commands", "interactive", "app_mention"]) {
  client.on(kind, async ({ ack, body, retry_num }) => {
    await ack({ text: `${kind} ${body.command || body.type} ${retry_num ?? 0}` });
  });
}
client.start();
