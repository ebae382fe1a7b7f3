/** Which hosts Signalbox answers for, and which pages may write to it. Pure. */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Host and port of a `Host` header; null when it is none. */
function parseHost(header: string | undefined): URL | null {
  if (!header || /[/?#@\\\s]/.test(header)) return null;
  try {
    return new URL(`http://${header}`);
  } catch {
    return null;
  }
}

/** Whether `Host` names this installation: the public address, or loopback on any port (a tunnel changes the port). */
export function hostAllowed(publicUrl: string, host: string | undefined): boolean {
  const asked = parseHost(host);
  if (!asked) return false;
  return LOOPBACK.test(asked.hostname) || host?.toLowerCase() === new URL(publicUrl).host;
}

/**
 * Whether a page of `origin` may write or connect. Absent = no browser. A page on loopback must have been served
 * by the very host and port that it calls: cookies ignore ports, so another program's page would carry the session.
 */
export function originAllowed(publicUrl: string, origin: string | undefined, host?: string): boolean {
  if (origin === undefined) return true;
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (!LOOPBACK.test(page.hostname)) return false;
  if (host !== undefined) return page.host === host.toLowerCase();
  return LOOPBACK.test(own.hostname) && page.port === own.port;
}

/** `next` if it is a page of this site, else the overview. Foreign addresses, however disguised, are not followed. */
export function sameSitePath(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("//") || hasControlOrBackslash(next)) return "/";
  const base = "http://signalbox.invalid";
  if (!URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  if (
    url.origin !== base ||
    url.pathname.startsWith("//") ||
    url.pathname === "/sign-in" ||
    url.pathname === "/sign-out"
  )
    return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

function hasControlOrBackslash(text: string): boolean {
  return [...text].some((character) => character === "\\" || character.charCodeAt(0) <= 0x20);
}
