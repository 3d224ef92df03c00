import { byId } from "./dom.js";
import { Api } from "./edge/api.js";
import { Connection } from "./edge/connection.js";
import { OpenSession, type Session, TokenSession } from "./edge/session.js";
import { StreamSlots } from "./edge/stream-slots.js";
import { ImageList } from "./images/image-list.js";
import { Announcer } from "./show/announcer.js";
import { ChainDiagram } from "./show/chain-diagram.js";
import { connectionBanner } from "./show/connection-banner.js";
import type { LoadImage } from "./show/image-card.js";
import { ImageListView } from "./show/image-list-view.js";
import { signIn } from "./show/sign-in.js";
import { dropAnywhere } from "./submit/drop.js";
import { submitForm } from "./submit/form.js";
import { pasteAnywhere } from "./submit/paste.js";
import { chosenFeatures, type Submit } from "./submit/submitter.js";

// Wires the page. Imports go one way: this ▸ submit, show ▸ images ▸ edge, result. The report of the
// command line (report/) uses result/, too.

const connection = new Connection();
const announcer = new Announcer();
const slots = new StreamSlots();
const session = newSession();
const api = new Api(session, connection);
let list: ImageList | undefined;

const submit: Submit = (sources) => {
  if (list === undefined) {
    byId("token", HTMLInputElement).focus();
    return;
  }
  for (const source of sources) {
    list.submit({ source, features: chosenFeatures() });
  }
};

const load: LoadImage = async ({ file, view }, signal) =>
  file ?? (await api.image(view?.taskId ?? "", signal));

function openList(): void {
  list?.close();
  if (session.owner !== undefined) {
    list = new ImageList(api, slots, session.owner);
    new ImageListView(list, load);
    new ChainDiagram(list);
    announcer.follow(list);
    list.restore();
  }
}

function newSession(): Session {
  const auth = document.documentElement.dataset["auth"];
  byId("unconfigured", HTMLElement).hidden = auth !== "unconfigured";
  if (auth !== "oidc") {
    return new OpenSession();
  }
  const session = new TokenSession();
  signIn(session);
  return session;
}

byId("origin", HTMLElement).textContent = location.origin;
connectionBanner(connection);
submitForm(submit);
dropAnywhere(submit);
pasteAnywhere(submit);
session.ownerChanges.add(openList);
openList();

// Until the edge has accepted an image, only this page has it.
addEventListener("beforeunload", (event) => {
  if (list?.images.some(({ state }) => state.phase === "submitting")) {
    event.preventDefault();
  }
});
