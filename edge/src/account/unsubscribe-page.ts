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

/** The form has no action: it is sent to the page's own URL, token included. */
export const ASK_PAGE = mailPage(`<p>Stop all mail from iN to this account's address?</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button>Stop mail</button>
</form>`);

export const DONE_PAGE = mailPage("<p>No more mail is sent to you.</p>");

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
