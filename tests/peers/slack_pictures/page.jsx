// Draws one message, Home tab or form of Block Kit, given as window.PICTURE.
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";
import "./page.css";

const picture = window.PICTURE;
const logo =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36"><rect width="36" height="36" rx="6" fill="#23435c"/><text x="18" y="25" font-size="20" font-family="sans-serif" text-anchor="middle" fill="#fff">W</text></svg>',
  );
const moment = ({ timestamp }) =>
  new Date(1000 * Number(timestamp)).toLocaleString("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Europe/London",
  });
const shared = { logo, name: "Whosaid", theme: picture.theme, hooks: { date: moment }, data: picture.data };
const time = new Date(picture.time);

function Blocks({ blocks }) {
  return <Message {...shared} blocks={blocks} time={time} withoutWrapper />;
}

function Field({ block, error }) {
  const { element } = block;
  const shown = element.initial_conversation ? "# news" : element.initial_value;
  return (
    <div className="field">
      <b>{block.label.text}</b>
      <div className="entry">{shown || <i>{element.placeholder?.text ?? "Choose"}</i>}</div>
      {error && <div className="error">{error}</div>}
      {block.hint && <small>{block.hint.text}</small>}
    </div>
  );
}

function Form({ view }) {
  return (
    <div className="form">
      <header>{view.title.text}</header>
      {view.blocks.map((block, at) =>
        block.type === "input" ? (
          <Field key={at} block={block} error={picture.errors?.[block.block_id]} />
        ) : (
          <Blocks key={at} blocks={[block]} />
        ),
      )}
      <footer>
        <button>{view.close.text}</button>
        <button className="main">{view.submit.text}</button>
      </footer>
    </div>
  );
}

function Home({ view }) {
  return (
    <div className="home">
      <Blocks blocks={view.blocks} />
    </div>
  );
}

function Post({ blocks, alone }) {
  return (
    <div>
      {alone && <div className="alone">Only visible to you</div>}
      <Message {...shared} blocks={blocks} time={time} />
    </div>
  );
}

const kinds = { post: Post, home: Home, form: Form };
const Kind = kinds[picture.kind];
document.body.className = picture.theme;
flushSync(() => createRoot(document.getElementById("root")).render(<Kind {...picture} />));
// The drawer says of a search that it cannot search: Slack shows no such line.
for (const one of document.querySelectorAll("#root *")) {
  if (one.children.length === 0 && one.textContent === "Requires external data source") one.remove();
}
document.title = String(Math.ceil(document.getElementById("root").getBoundingClientRect().height));
