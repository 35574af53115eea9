// Answers one JSON line for each JSON line read: what is wrong with a value by Discord's own
// schema, or how a parser of Discord's markdown reads a text.
import { createInterface } from "node:readline";
import * as spec from "discord-api-spec/zod";
import markdown from "discord-markdown-parser";

spec.setStrictObject?.(true);

function answer({ schema, value, text }) {
  if (text !== undefined) return { nodes: markdown.parse(text, "extended") };
  const found = spec[schema].safeParse(value);
  if (found.success) return { fault: "" };
  return { fault: found.error.issues.map((one) => `${one.path.join(".")}: ${JSON.stringify(one)}`).join("\n") };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
}
