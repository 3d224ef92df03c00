// Built from page/ by build/page.js.
import script from "../../dist/page/app.js.txt";
import icon from "../../dist/page/icon.svg.txt";
import html from "../../dist/page/index.html.txt";
import style from "../../dist/page/style.css.txt";

export interface Asset {
  readonly contentType: string;
  readonly text: string;
}

export const document: Asset = { contentType: "text/html; charset=utf-8", text: html };

/** What the document references, by its name under /page/. */
export const assets: Readonly<Record<string, Asset>> = {
  "app.js": { contentType: "text/javascript; charset=utf-8", text: script },
  "icon.svg": { contentType: "image/svg+xml", text: icon },
  "style.css": { contentType: "text/css; charset=utf-8", text: style },
};
