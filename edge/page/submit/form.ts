import { byId } from "../dom.js";
import { fileSources, type Submit, urlSources } from "./submitter.js";
import { urlsIn } from "./urls.js";

/** The form: files from the file chooser, URLs from the field, several at once. */
export function submitForm(submit: Submit): void {
  const form = byId("submit", HTMLFormElement);
  const field = byId("urls", HTMLTextAreaElement);
  const error = byId("urls-error", HTMLElement);
  const files = byId("files", HTMLInputElement);

  const showError = (text: string): void => {
    error.textContent = text;
    field.toggleAttribute("aria-invalid", text !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { valid, invalid } = urlsIn(field.value);
    const first = invalid[0];
    if (first !== undefined) {
      showError(`“${first}” is not a URL: it must begin with https:// or http://.`);
      field.focus();
    } else if (valid.length === 0) {
      showError("Enter the URL of an image first.");
      field.focus();
    } else {
      showError("");
      field.value = "";
      submit(urlSources(valid));
    }
  });
  // Enter submits, as in a field of one line; Shift+Enter starts another line.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  field.addEventListener("input", () => showError(""));
  files.addEventListener("change", () => {
    submit(fileSources(files.files ?? []));
    // So that the same file can be chosen again.
    files.value = "";
  });
}
