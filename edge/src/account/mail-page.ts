import type { MailLink } from "./mail.js";

/** A page for who opens the link of a mail. */
interface MailPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Nothing leaves for elsewhere, the URL with its token least of all. */
const headers = {
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

/** What each link shows before and after. A form has no action: it is sent to its own URL, token included. */
export const MAIL_PAGES = {
  unsubscribe: {
    ask: mailPage(`<p>Stop all mail from iN to this account's address?</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button>Stop mail</button>
</form>`),
    done: mailPage("<p>No more mail is sent to you.</p>"),
  },
  confirm: {
    ask: mailPage(`<p>Receive mail from iN at this address?</p>
<form method="post">
<input type="hidden" name="confirm" value="yes">
<button>Confirm address</button>
</form>`),
    done: mailPage("<p>The address is confirmed.</p>"),
  },
} as const satisfies Record<MailLink, { ask: MailPage; done: MailPage }>;

function mailPage(content: string): MailPage {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mail from iN</title>
</head>
<body>
<main>
<h1>Mail from iN</h1>
${content}
</main>
</body>
</html>
`;
  return { html, headers };
}
