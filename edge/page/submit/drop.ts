import { fileSources, type Submit, urlSources } from "./submitter.js";
import { urlsIn } from "./urls.js";

/** Images can be dropped anywhere on the page: files, and links from other pages. */
export function dropAnywhere(submit: Submit): void {
  // Entering a child comes before leaving its parent, so the entered elements are counted.
  let entered = 0;
  const highlight = (): void => {
    document.body.classList.toggle("dropping", entered > 0);
  };
  addEventListener("dragenter", () => {
    entered++;
    highlight();
  });
  addEventListener("dragleave", () => {
    entered = Math.max(0, entered - 1);
    highlight();
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    entered = 0;
    highlight();
    const { dataTransfer } = event;
    if (dataTransfer === null) {
      return;
    }
    if (dataTransfer.files.length > 0) {
      submit(fileSources(dataTransfer.files));
    } else {
      // A line that begins with # is a comment (RFC 2483).
      const list = dataTransfer.getData("text/uri-list").replaceAll(/^#.*$/gm, "");
      submit(urlSources(urlsIn(list || dataTransfer.getData("text/plain")).valid));
    }
  });
}
