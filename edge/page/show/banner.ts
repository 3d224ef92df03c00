import type { Connection } from "../edge/connection.js";
import { byId, el } from "../dom.js";

const REGAINED_IS_SHOWN_MS = 4_000;

/** Says when the edge cannot be reached, and when it can again. */
export function connectionBanner(connection: Connection): void {
  const banner = byId("connection", HTMLElement);
  let hide: ReturnType<typeof setTimeout> | undefined;
  connection.changes.add((lost) => {
    clearTimeout(hide);
    banner.classList.toggle("lost", lost);
    if (lost) {
      const button = el("button", { type: "button" }, "Try now");
      button.addEventListener("click", () => connection.tryNow());
      banner.replaceChildren(
        el("p", {}, "The connection is lost. iN works on, and this page keeps trying."),
        button,
      );
    } else {
      banner.replaceChildren(el("p", {}, "Connected again."));
      hide = setTimeout(() => banner.replaceChildren(), REGAINED_IS_SHOWN_MS);
    }
  });
}
