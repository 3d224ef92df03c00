/** Says what this is, until there is a page that does something. */
export function page(): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>iN</title>
<h1>iN</h1>
<p>Submit a picture with <code>POST /v1/tasks</code>. There is no page for it yet.</p>
</html>
`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}
