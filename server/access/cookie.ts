/** The session cookie. Browsers share cookies between the ports of one host, so its name carries the port. */

/** Seconds a browser keeps the cookie; the server's idle limit decides earlier. */
const MAX_AGE_S = 30 * 86_400;

/** Name of the session cookie of the installation at `publicUrl`. */
export function sessionCookieName(publicUrl: string): string {
  const { port, protocol } = new URL(publicUrl);
  return `signalbox_${port || (protocol === "https:" ? "443" : "80")}`;
}

/** Value of cookie `name` in a `Cookie` header; null when it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/** How long the page that somebody asked for is remembered while they get a link. */
const ASKED_FOR_S = 3_600;

/** The page that a browser without session asked for; null when none is remembered. */
export function readAskedFor(publicUrl: string, header: string | undefined): string | null {
  const value = readCookie(header, askedForName(publicUrl));
  try {
    return value && decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** `Set-Cookie` that remembers the page asked for; an empty path forgets it. */
export function writeAskedFor(publicUrl: string, path: string): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  const age = path === "" ? 0 : ASKED_FOR_S;
  const value = encodeURIComponent(path);
  return `${askedForName(publicUrl)}=${value}; Path=/sign-in; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}

function askedForName(publicUrl: string): string {
  return `${sessionCookieName(publicUrl)}_asked`;
}

/** `Set-Cookie` that keeps `value`; an empty value removes the cookie. */
export function writeSessionCookie(publicUrl: string, value: string): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  const age = value === "" ? 0 : MAX_AGE_S;
  return `${sessionCookieName(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure}`;
}
