import { InClient } from "../../client/src/client.js";
import type { Session as SessionView } from "../../client/src/generated/api.js";
import { byId, el } from "../dom.js";
import type { Connection } from "../edge/connection.js";
import { UserSession } from "../edge/session.js";
import { tokenForm } from "./token-form.js";

/** Why the edge sent the user back without a session (`/?signin=…`). */
const FAULTS: Readonly<Record<string, string>> = {
  denied: "You were not signed in: the sign-in was cancelled.",
  expired: "The sign-in took too long, or was begun in another browser. Please try again.",
  unavailable: "The sign-in service cannot be reached at the moment. Please try again later.",
};
const OTHER_FAULT = "The sign-in failed. Please try again.";

/** Lets users sign in and out, where the edge authenticates its users. */
export function signIn(connection: Connection): UserSession {
  // Nothing but the cookie authenticates these calls.
  const { session: api } = new InClient({ retry: connection });
  const session = new UserSession(async () => (await api.get()).user);
  new SignInView(session, api).start();
  return session;
}

class SignInView {
  readonly #section = byId("sign-in", HTMLElement);
  readonly #links = byId("sign-in-links", HTMLElement);
  readonly #error = byId("sign-in-error", HTMLElement);
  readonly #account = byId("account", HTMLElement);
  readonly #changeToken = byId("change-token", HTMLButtonElement);
  /** All windows of this browser share the cookie: each says whose it is now. */
  readonly #windows = new BroadcastChannel("in-session");
  /** The owner by the cookie. */
  #cookieOwner: string | undefined;

  constructor(
    private readonly session: UserSession,
    private readonly api: InClient["session"],
  ) {}

  start(): void {
    tokenForm(this.session, () => this.#hide());
    this.session.rejected.add(() => this.#rejected());
    this.#changeToken.addEventListener("click", () => {
      this.#ask("");
      byId("token", HTMLInputElement).focus();
    });
    byId("sign-out", HTMLButtonElement).addEventListener("click", () => void this.#signOut());
    this.#windows.addEventListener("message", ({ data }: MessageEvent<string | null>) => {
      const hasToken = this.#cookieOwner === undefined && this.session.owner !== undefined;
      const isNews = (data ?? undefined) !== this.#cookieOwner || this.#account.hidden;
      if (isNews && !hasToken) {
        void this.#load("");
      }
    });
    void this.#load(faultOfAddress()).then(() => this.#announceOwner());
  }

  async #load(fault: string): Promise<void> {
    const view = await this.api.get();
    this.#offer(view);
    const before = this.#cookieOwner;
    this.#cookieOwner = view.user?.owner;
    if (view.user !== undefined) {
      this.session.signedIn(view.user);
      byId("account-name", HTMLElement).textContent = view.user.name;
      byId("account-channel", HTMLElement).textContent =
        view.channels.find(({ name }) => name === view.user?.channel)?.title ?? "";
      this.#hide();
    } else if (before !== undefined || this.session.owner === undefined) {
      this.session.end();
      this.#ask(fault);
    }
    this.#account.hidden = view.user === undefined;
  }

  #offer({ channels, acceptsTokens }: SessionView): void {
    this.#links.replaceChildren(
      ...channels.map(({ name, title }) =>
        el(
          "li",
          {},
          el("a", { class: "button", href: this.api.signInUrl(name) }, `Sign in with ${title}`),
        ),
      ),
    );
    this.#links.hidden = channels.length === 0;
    byId("token-form", HTMLFormElement).hidden = !acceptsTokens;
  }

  #ask(reason: string): void {
    this.#section.hidden = false;
    this.#changeToken.hidden = true;
    this.#error.textContent = reason;
  }

  #hide(): void {
    this.#section.hidden = true;
    this.#error.textContent = "";
    this.#changeToken.hidden = this.#cookieOwner !== undefined;
  }

  #rejected(): void {
    const hadToken = this.#account.hidden;
    this.#account.hidden = true;
    this.#ask(
      hadToken
        ? "iN did not accept this token. It may have expired: paste a new one."
        : "Your session has ended. Please sign in again.",
    );
  }

  async #signOut(): Promise<void> {
    await this.api.end();
    await this.#load("");
    this.#announceOwner();
    focusSignIn();
  }

  #announceOwner(): void {
    this.#windows.postMessage(this.#cookieOwner ?? null);
  }
}

/** Where somebody who must sign in first goes on. */
export function focusSignIn(): void {
  const link = byId("sign-in-links", HTMLElement).querySelector("a");
  (link ?? byId("token", HTMLInputElement)).focus();
}

/** The fault in the page's address, which is said once. */
function faultOfAddress(): string {
  const fault = new URLSearchParams(location.search).get("signin");
  if (fault === null) {
    return "";
  }
  history.replaceState(null, "", "/");
  return Object.hasOwn(FAULTS, fault) ? (FAULTS[fault] ?? OTHER_FAULT) : OTHER_FAULT;
}
