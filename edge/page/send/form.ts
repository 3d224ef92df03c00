import { byId } from "../dom.js";
import { addressesIn } from "./addresses.js";
import { addressSources, fileSources, type Send } from "./sender.js";

/** The form: files by the picker, addresses by hand, several at once. */
export function sendForm(send: Send): void {
  const form = byId("send", HTMLFormElement);
  const field = byId("addresses", HTMLTextAreaElement);
  const error = byId("addresses-error", HTMLElement);
  const files = byId("files", HTMLInputElement);

  const complain = (why: string): void => {
    error.textContent = why;
    field.toggleAttribute("aria-invalid", why !== "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { good, bad } = addressesIn(field.value);
    const first = bad[0];
    if (first !== undefined) {
      complain(`“${first}” is no address: it should begin with https:// or http://.`);
      field.focus();
    } else if (good.length === 0) {
      complain("Write or paste the address of a picture first.");
      field.focus();
    } else {
      complain("");
      field.value = "";
      send(addressSources(good));
    }
  });
  // Enter sends, as in a field of one line; Shift and Enter begin another address.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  field.addEventListener("input", () => complain(""));
  files.addEventListener("change", () => {
    send(fileSources(files.files ?? []));
    // So that the same file can be chosen again.
    files.value = "";
  });
}
