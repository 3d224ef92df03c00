import { ProblemError } from "../client/src/problem-error.js";
import { byId } from "./dom.js";
import { AccountFeed } from "./edge/account-feed.js";
import { Api } from "./edge/api.js";
import { Connection } from "./edge/connection.js";
import { OpenSession, type Session } from "./edge/session.js";
import { ImageList } from "./images/image-list.js";
import { Library } from "./library/library.js";
import { Announcer } from "./show/announcer.js";
import { showBudgets } from "./show/budget-line.js";
import { ChainDiagram } from "./show/chain-diagram.js";
import { connectionBanner } from "./show/connection-banner.js";
import type { LoadImage } from "./show/image-card.js";
import { ImageListView } from "./show/image-list-view.js";
import { LibraryImage } from "./show/library-image.js";
import { LibraryView } from "./show/library-view.js";
import { searchForm } from "./show/search-form.js";
import { focusSignIn, signIn } from "./show/sign-in.js";
import { Viewer } from "./show/viewer.js";
import { dropAnywhere } from "./submit/drop.js";
import { submitForm } from "./submit/form.js";
import { pasteAnywhere } from "./submit/paste.js";
import { chosenFeatures, type Submit } from "./submit/submitter.js";

// Wires the page. Imports go one way: this ▸ submit, show ▸ images, library ▸ edge, result. The report
// of the command line (report/) uses result/, too.

/** What belongs to the owner who is signed in. */
interface Account {
  readonly list: ImageList;
  readonly library: Library;
  readonly close: () => void;
}

const auth = document.documentElement.dataset["auth"];
const isUnconfigured = auth === "unconfigured";
const connection = new Connection();
const announcer = new Announcer();
const session = newSession();
const api = new Api(session, connection);
let account: Account | undefined;

const submit: Submit = (sources) => {
  if (account === undefined) {
    focusSignIn();
    return;
  }
  for (const source of sources) {
    account.list.submit({ source, features: chosenFeatures() });
  }
};

const load: LoadImage = async ({ file, view }, signal) =>
  file ?? (await api.image(view?.taskId ?? "", signal));

function openAccount(): Account {
  const closing = new AbortController();
  const feed = new AccountFeed(api);
  const list = new ImageList(api, feed.changes);
  const library = new Library(api);
  const viewer = new Viewer((item) => {
    const image = new LibraryImage(api, feed.changes, load, item);
    image.deleted.add(() => announcer.announce(`${image.name} was deleted.`));
    return image;
  });
  const loadTask = (taskId: string, signal: AbortSignal) => api.image(taskId, signal);
  const view = new LibraryView(library, loadTask, (item) => viewer.open(item));
  new ImageListView(list, load);
  new ChainDiagram(list);
  announcer.follow(list);
  // An edge that is not set up has nothing to list; the page says so.
  const followings = isUnconfigured
    ? []
    : [
        library.follow(feed.changes, closing.signal),
        showBudgets(api, feed.changes, closing.signal),
        feed.follow(closing.signal),
      ];
  for (const following of followings) {
    following.catch((error: unknown) => {
      // The library shows why the edge refuses its calls.
      if (!closing.signal.aborted && !(error instanceof ProblemError)) {
        throw error;
      }
    });
  }
  const close = (): void => {
    closing.abort();
    viewer.close();
    view.close();
    list.close();
  };
  return { list, library, close };
}

function changeOwner(): void {
  account?.close();
  byId("search", HTMLFormElement).reset();
  account = session.owner === undefined ? undefined : openAccount();
  byId("images-section", HTMLElement).hidden = account === undefined || isUnconfigured;
}

function newSession(): Session {
  byId("unconfigured", HTMLElement).hidden = !isUnconfigured;
  return auth === "oidc" ? signIn(connection) : new OpenSession();
}

byId("origin", HTMLElement).textContent = location.origin;
connectionBanner(connection);
submitForm(submit);
dropAnywhere(submit);
pasteAnywhere(submit);
searchForm((query) => account?.library.show(query));
session.ownerChanges.add(changeOwner);
changeOwner();

// Until the edge has accepted an image, only this page has it.
addEventListener("beforeunload", (event) => {
  if (account?.list.images.some(({ state }) => state.phase === "submitting")) {
    event.preventDefault();
  }
});
