import { byId } from "../dom.js";
import type { LibraryQuery } from "../edge/api.js";

/** The search box and the filter by status. */
export function searchForm(search: (query: LibraryQuery) => void): void {
  const form = byId("search", HTMLFormElement);
  const text = byId("query", HTMLInputElement);
  const status = byId("status", HTMLSelectElement);
  const submit = (): void =>
    search({ text: text.value.trim(), status: status.value as LibraryQuery["status"] });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  status.addEventListener("change", submit);
  text.addEventListener("input", () => {
    if (text.value === "") {
      submit();
    }
  });
}
