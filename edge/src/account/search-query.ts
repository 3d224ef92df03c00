import { Problem } from "../http/problem.js";
import { STATUSES } from "../tasks/summary.js";

/** What a list or a search asks for; all of it must hold. */
export interface SearchTerms {
  /** In the language of SQLite's FTS5; undefined: any. */
  readonly words?: string;
  readonly status?: string;
  /** Days, as in `2026-11-26`; both exclusive. */
  readonly before?: string;
  readonly after?: string;
}

export const MAX_QUERY_LENGTH = 256;
const MAX_TERMS = 16;

/** `word`, `"some words"`, `key:word`, `key:"some words"` */
const TERM = /(?:([a-z]+):)?(?:"([^"]*)"|([^\s"]+))/gy;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads `q`. Words, and what is in quotation marks, are looked for everywhere and match as beginnings;
 * `camera:`, `color:`, `before:`, `after:` and `status:` narrow the search.
 *
 * @throws Problem where it cannot be understood: nothing of it is ignored
 */
export function parseQuery(q: string): SearchTerms {
  const words: string[] = [];
  const fields = new Map<string, string>();
  for (const { key, value } of termsOf(q)) {
    switch (key) {
      case undefined:
        words.push(...phrase(value, "*"));
        break;
      case "camera":
        words.push(...phrase(value, "*").map((text) => `camera : ${text}`));
        break;
      case "color":
        words.push(...phrase(value, "").map((text) => `colors : ${text}`));
        break;
      case "before":
      case "after":
      case "status":
        if (fields.has(key)) {
          throw refused(`${key}: can be given once`);
        }
        fields.set(key, key === "status" ? statusOf(value) : dayOf(key, value));
        break;
      default:
        throw refused(`there is no ${key}: to search by; put "${key}:${value}" in quotation marks`);
    }
  }
  return {
    ...(words.length === 0 ? {} : { words: words.join(" AND ") }),
    ...Object.fromEntries(fields),
  };
}

interface Term {
  readonly key: string | undefined;
  readonly value: string;
}

function termsOf(q: string): Term[] {
  const terms: Term[] = [];
  const text = q.trim();
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const match = TERM.exec(text);
    if (match === null) {
      throw refused("a quotation mark is not closed");
    }
    terms.push({ key: match[1], value: match[2] ?? match[3] ?? "" });
    TERM.lastIndex += /^\s*/.exec(text.slice(TERM.lastIndex))?.[0].length ?? 0;
  }
  if (terms.length > MAX_TERMS) {
    throw refused(`at most ${MAX_TERMS} terms`);
  }
  return terms;
}

/** As an FTS5 string, or nothing where there is no letter or digit to look for. */
function phrase(value: string, mark: "*" | ""): string[] {
  return /[\p{L}\p{N}]/u.test(value) ? [`"${value.replaceAll('"', '""')}"${mark}`] : [];
}

function statusOf(value: string): string {
  if (!(STATUSES as readonly string[]).includes(value)) {
    throw refused(`status: must be one of ${STATUSES.join(", ")}`);
  }
  return value;
}

function dayOf(key: string, value: string): string {
  if (!DAY.test(value) || Number.isNaN(Date.parse(value))) {
    throw refused(`${key}: must be a day, as in 2026-11-26`);
  }
  return value;
}

function refused(detail: string): Problem {
  return new Problem("invalid_request", `q: ${detail}`);
}
