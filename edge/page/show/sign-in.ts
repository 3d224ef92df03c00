import { byId } from "../dom.js";
import type { TokenSession } from "../edge/session.js";

/** Asks for an ID token, where the edge authenticates its users. */
export function signIn(session: TokenSession): void {
  const section = byId("sign-in", HTMLElement);
  const form = byId("token-form", HTMLFormElement);
  const field = byId("token", HTMLInputElement);
  const error = byId("token-error", HTMLElement);
  const change = byId("change-token", HTMLButtonElement);

  const ask = (reason: string): void => {
    section.hidden = false;
    change.hidden = true;
    showError(reason);
  };
  const showError = (text: string): void => {
    error.textContent = text;
    field.toggleAttribute("aria-invalid", text !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (session.use(field.value.trim())) {
      field.value = "";
      showError("");
      section.hidden = true;
      change.hidden = false;
      byId("urls", HTMLTextAreaElement).focus();
    } else {
      showError("This is not an ID token: it must have three parts, separated by dots.");
      field.focus();
    }
  });
  change.addEventListener("click", () => {
    ask("");
    field.focus();
  });
  session.rejected.add(() =>
    ask("iN did not accept this token. It may have expired: paste a new one."),
  );
  ask("");
}
