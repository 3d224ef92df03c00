import { byId } from "../dom.js";
import { fileSources, type Submit } from "./submitter.js";
import { urlsIn } from "./urls.js";

/**
 * Images can be pasted anywhere on the page. URLs, too: they are put into the form's field, to be
 * checked before they are submitted.
 */
export function pasteAnywhere(submit: Submit): void {
  addEventListener("paste", (event) => {
    const { clipboardData, target } = event;
    if (clipboardData === null) {
      return;
    }
    if (clipboardData.files.length > 0) {
      event.preventDefault();
      submit(fileSources(clipboardData.files));
      return;
    }
    const inField = target instanceof Element && target.closest("input, textarea") !== null;
    const { valid } = urlsIn(clipboardData.getData("text/plain"));
    if (!inField && valid.length > 0) {
      event.preventDefault();
      const field = byId("urls", HTMLTextAreaElement);
      field.value = [field.value, ...valid].filter((part) => part !== "").join("\n");
      field.focus();
    }
  });
}
