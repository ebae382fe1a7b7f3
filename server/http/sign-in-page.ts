/** The sign-in pages: plain HTML that needs no script and no bundle, so that they work while everything else does not. */

const STYLE = `
:root { color-scheme: light dark; --ink: #16181d; --dim: #555d6b; --paper: #f6f7f9; --card: #fff; --line: #d5d9e0; --act: #1f5fd0; --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaee; --dim: #a3abb9; --paper: #0f1115; --card: #171a20; --line: #2d333d; --act: #7ea8ff; --on: #0b1020; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
main { width: min(30rem, calc(100vw - 2rem)); box-sizing: border-box; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .75rem; font-size: 1.35rem; }
p { margin: 0 0 1rem; color: var(--dim); }
code { font: .9em ui-monospace, monospace; color: var(--ink); overflow-wrap: anywhere; }
button { width: 100%; padding: .7rem 1rem; border: 0; border-radius: 8px; background: var(--act); color: var(--on);
  font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }`;

/** Text that may stand in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, nonce: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Signalbox</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`;
}

/** What somebody sees who opens a good link: one button, which spends it. */
export function confirmPage(nonce: string, token: string, next: string): string {
  return page(
    "Sign in to Signalbox",
    nonce,
    `<p>This link works once. Press the button to sign in on this browser.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<input type="hidden" name="next" value="${escapeHtml(next)}">
<button type="submit">Sign in</button>
</form>`,
  );
}

/** What somebody sees without a link. */
export function explainPage(nonce: string): string {
  return page(
    "You are not signed in",
    nonce,
    `<p>Signalbox is opened with a sign-in link. Each link works once, for ten minutes.</p>
<p>Whoever runs this installation makes one with <code>bin/signalbox invite &lt;your name&gt;</code>;
the demo prints one in its terminal.</p>`,
  );
}

/** What somebody sees whose link is over. */
export function spentPage(nonce: string): string {
  return page(
    "This link does not work any more",
    nonce,
    `<p>It was used already, or it is older than ten minutes.
If somebody else used it, tell whoever gave it to you.</p>
<p>A new one is made with <code>bin/signalbox invite &lt;your name&gt;</code>.</p>`,
  );
}
