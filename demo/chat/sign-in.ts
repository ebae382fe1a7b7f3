/** Sign-in by token: whoever holds the token of a user is that user. Tokens live as long as the process. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export interface SignIn {
  issue(userId: string): string;
  /** The user a token was issued for, or null. */
  verify(token: unknown): string | null;
}

export function createSignIn(): SignIn {
  const secret = randomBytes(32);
  const signature = (userId: string) => createHmac("sha256", secret).update(userId).digest("base64url");
  return {
    issue: (userId) => `${userId}.${signature(userId)}`,
    verify(token) {
      if (typeof token !== "string") return null;
      const dot = token.lastIndexOf(".");
      const userId = token.slice(0, Math.max(0, dot));
      const given = Buffer.from(token.slice(dot + 1));
      const expected = Buffer.from(signature(userId));
      return userId !== "" && given.length === expected.length && timingSafeEqual(given, expected) ? userId : null;
    },
  };
}
