import { addressesIn } from "./addresses.js";
import { addressSources, fileSources, type Send } from "./sender.js";

/** Pictures can be dropped anywhere on the page: files, and addresses from other pages. */
export function dropAnywhere(send: Send): void {
  // Entering a child comes before leaving its parent: what is under the pointer is counted.
  let entered = 0;
  const mark = (): void => {
    document.body.classList.toggle("dropping", entered > 0);
  };
  addEventListener("dragenter", () => {
    entered++;
    mark();
  });
  addEventListener("dragleave", () => {
    entered = Math.max(0, entered - 1);
    mark();
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    entered = 0;
    mark();
    const { dataTransfer } = event;
    if (dataTransfer === null) {
      return;
    }
    if (dataTransfer.files.length > 0) {
      send(fileSources(dataTransfer.files));
    } else {
      // A line that begins with # is a comment (RFC 2483).
      const list = dataTransfer.getData("text/uri-list").replaceAll(/^#.*$/gm, "");
      send(addressSources(addressesIn(list || dataTransfer.getData("text/plain")).good));
    }
  });
}
