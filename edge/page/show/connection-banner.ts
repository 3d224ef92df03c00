import { byId, el } from "../dom.js";
import type { Connection } from "../edge/connection.js";

const RESTORED_IS_SHOWN_MS = 4_000;

/** Shows when the edge cannot be reached, and when it can again. */
export function connectionBanner(connection: Connection): void {
  const banner = byId("connection", HTMLElement);
  let hide: ReturnType<typeof setTimeout> | undefined;
  connection.changes.add((lost) => {
    clearTimeout(hide);
    banner.classList.toggle("lost", lost);
    if (lost) {
      const button = el("button", { type: "button" }, "Retry now");
      button.addEventListener("click", () => connection.retryNow());
      banner.replaceChildren(
        el("p", {}, "Connection lost. Processing continues, and this page keeps retrying."),
        button,
      );
    } else {
      banner.replaceChildren(el("p", {}, "Connection restored."));
      hide = setTimeout(() => banner.replaceChildren(), RESTORED_IS_SHOWN_MS);
    }
  });
}
