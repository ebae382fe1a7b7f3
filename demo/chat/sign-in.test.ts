import { expect, it } from "vitest";
import { createSignIn } from "./sign-in";

it("a token is good for the user it was issued for, and for nothing else", () => {
  const signIn = createSignIn();
  const token = signIn.issue("u.1");
  expect(signIn.verify(token)).toBe("u.1");
  for (const bad of [
    `${token}x`,
    token.replace("u.1", "u.2"),
    "",
    ".",
    "u.1",
    "u.1.",
    null,
    7,
    createSignIn().issue("u.1"),
  ]) {
    expect(signIn.verify(bad)).toBeNull();
  }
});
