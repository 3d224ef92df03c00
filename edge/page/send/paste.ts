import { byId } from "../dom.js";
import { addressesIn } from "./addresses.js";
import { fileSources, type Send } from "./sender.js";

/**
 * Pictures can be pasted anywhere. Addresses, too: outside of a field they come into the form's, to
 * be looked at before they are sent.
 */
export function pasteAnywhere(send: Send): void {
  addEventListener("paste", (event) => {
    const { clipboardData, target } = event;
    if (clipboardData === null) {
      return;
    }
    if (clipboardData.files.length > 0) {
      event.preventDefault();
      send(fileSources(clipboardData.files));
      return;
    }
    const inField = target instanceof Element && target.closest("input, textarea") !== null;
    const { good } = addressesIn(clipboardData.getData("text/plain"));
    if (!inField && good.length > 0) {
      event.preventDefault();
      const field = byId("addresses", HTMLTextAreaElement);
      field.value = [field.value, ...good].filter((part) => part !== "").join("\n");
      field.focus();
    }
  });
}
