import type { TokenSession } from "../edge/session.js";
import { byId } from "../dom.js";

/** Asks for an ID token, where the edge wants to know who its users are. */
export function tokenForm(session: TokenSession): void {
  const section = byId("who", HTMLElement);
  const form = byId("token-form", HTMLFormElement);
  const field = byId("token", HTMLInputElement);
  const error = byId("token-error", HTMLElement);
  const change = byId("change-token", HTMLButtonElement);

  const ask = (why: string): void => {
    section.hidden = false;
    change.hidden = true;
    complain(why);
  };
  const complain = (why: string): void => {
    error.textContent = why;
    field.toggleAttribute("aria-invalid", why !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (session.use(field.value.trim())) {
      field.value = "";
      complain("");
      section.hidden = true;
      change.hidden = false;
      byId("addresses", HTMLTextAreaElement).focus();
    } else {
      complain("This is no ID token: it should be three parts, divided by dots.");
      field.focus();
    }
  });
  change.addEventListener("click", () => {
    ask("");
    field.focus();
  });
  session.wanted.add(() =>
    ask("iN did not accept this token. It may have expired: paste a new one."),
  );
  ask("");
}
