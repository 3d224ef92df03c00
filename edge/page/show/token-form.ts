import { byId } from "../dom.js";
import type { UserSession } from "../edge/session.js";

/** Takes an ID token, for channels whose users bring their own. */
export function tokenForm(session: UserSession, accepted: () => void): void {
  const form = byId("token-form", HTMLFormElement);
  const field = byId("token", HTMLInputElement);
  const error = byId("token-error", HTMLElement);

  const showError = (text: string): void => {
    error.textContent = text;
    field.toggleAttribute("aria-invalid", text !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (session.use(field.value.trim())) {
      field.value = "";
      showError("");
      accepted();
      byId("urls", HTMLTextAreaElement).focus();
    } else {
      showError("This is not an ID token: it must have three parts, separated by dots.");
      field.focus();
    }
  });
}
