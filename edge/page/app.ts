import { Api } from "./edge/api.js";
import { Connection } from "./edge/connection.js";
import { OpenSession, type Session, TokenSession } from "./edge/session.js";
import { Turns } from "./edge/turns.js";
import { Desk } from "./pictures/desk.js";
import type { Picture } from "./pictures/picture.js";
import { dropAnywhere } from "./send/drop.js";
import { sendForm } from "./send/form.js";
import { pasteAnywhere } from "./send/paste.js";
import { type Send, wantedFeatures } from "./send/sender.js";
import { Announcer } from "./show/announcer.js";
import { connectionBanner } from "./show/banner.js";
import { Chain } from "./show/chain.js";
import { byId } from "./dom.js";
import { List } from "./show/list.js";
import { tokenForm } from "./show/token-form.js";

// Puts the page together. Imports go one way: this ▸ send, show ▸ pictures ▸ edge.

const connection = new Connection();
const announcer = new Announcer();
const turns = new Turns();
const session = newSession();
const api = new Api(session, connection);
let desk: Desk | undefined;

const send: Send = (sources) => {
  if (desk === undefined) {
    byId("token", HTMLInputElement).focus();
    return;
  }
  for (const source of sources) {
    desk.send({ source, features: wantedFeatures() });
  }
};

const load = async (picture: Picture, signal: AbortSignal): Promise<Blob> => {
  const { file, view } = picture;
  return file ?? (await api.image(view?.taskId ?? "", signal));
};

function openDesk(): void {
  desk?.close();
  if (session.owner !== undefined) {
    desk = new Desk(api, turns, session.owner);
    new List(desk, load);
    new Chain(desk);
    announcer.follow(desk);
    desk.recall();
  }
}

function newSession(): Session {
  const auth = document.documentElement.dataset["auth"];
  byId("unconfigured", HTMLElement).hidden = auth !== "unconfigured";
  if (auth !== "oidc") {
    return new OpenSession();
  }
  const session = new TokenSession();
  tokenForm(session);
  return session;
}

byId("origin", HTMLElement).textContent = location.origin;
connectionBanner(connection);
sendForm(send);
dropAnywhere(send);
pasteAnywhere(send);
session.ownerChanges.add(openDesk);
openDesk();

// What is on its way to the edge is with nobody else yet.
addEventListener("beforeunload", (event) => {
  if (desk?.pictures.some(({ state }) => state.phase === "sending")) {
    event.preventDefault();
  }
});
