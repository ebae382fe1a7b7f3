import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, forLog, forMarkdown, forSlack, forTerminal, slackCode } from "./escape-text";

/** Ordinary text, anything at all, and what an attacker would send. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom(..."<>&*_~`@#!|[]()\\/:.wh tps\n\r\t\u202E\u2066\u200B\u001B[31m\uD800\u0000-1".split("")))
    .map((parts) => parts.join("")),
  fc.constantFrom(
    "<!channel>",
    "<@U123>",
    "<https://evil.example|Open in Signalbox>",
    "https://evil.example",
    "\u001b]8;;http://evil\u0007x",
  ),
);
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("text from telemetry", () => {
  it("moves no cursor, turns no direction and fakes no line on a terminal or in a log", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(forTerminal(given)).not.toMatch(INVISIBLE);
        expect(forLog(given)).not.toMatch(INVISIBLE);
        expect(forLog(given).length).toBeLessThanOrEqual(500);
      }),
    );
    expect(forTerminal("a\u001b[31mb\u202ec\nd")).toBe("a\\u{1b}[31mb\\u{202e}c\\nd");
    expect(forTerminal("agent_started für 東京 🎉")).toBe("agent_started für 東京 🎉");
  });

  it("mentions nobody, links nowhere and formats nothing in Slack", () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = forSlack(given);
        expect(shown).not.toMatch(/[<>*~`]/);
        expect(shown).not.toMatch(/&(?!(amp|lt|gt);)/);
        expect(shown).not.toMatch(/(^|\s)_|_(\s|$)/);
        expect(shown).not.toMatch(INVISIBLE);
      }),
    );
    expect(forSlack("<!channel> & <https://evil.example|here>")).toBe(
      "&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;",
    );
    expect(forSlack("agent_started of _x_")).toBe("agent_started of ˍxˍ");
  });

  it("stays inside its code in Slack", () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = slackCode(given);
        expect(shown).toMatch(/^(–|`[^`<>]+`)$/u);
        expect(shown).not.toMatch(/&(?!(amp|lt|gt);)/);
      }),
    );
  });

  it("is plain text in Markdown", () => {
    fc.assert(
      fc.property(text, (given) => {
        const shown = forMarkdown(given);
        expect(shown.replaceAll(/\\[!-/:-@[-`{-~]|&#\d+;/g, "")).not.toMatch(/[!-/:-@[-`{-~]/);
        expect(shown).not.toMatch(/[<>@]|www|^\d|^\s|:\/\//i);
        expect(shown).not.toMatch(INVISIBLE);
      }),
    );
    expect(forMarkdown("![x](http://e) @all")).toBe("\\!\\[x\\]\\(http&#58;\\/\\/e\\) &#64;all");
    expect(forMarkdown("1. no list")).toBe("&#49;\\. no list");
  });

  it("reads in Markdown as it was written", () => {
    const read = (shown: string) =>
      shown.replaceAll(/\\([!-/:-@[-`{-~])|&#(\d+);/g, (_, plain, code) => plain ?? String.fromCharCode(Number(code)));
    fc.assert(
      fc.property(text, (given) => {
        expect(read(forMarkdown(given))).toBe(forTerminal(given).trim());
      }),
    );
  });

  it("that is cut says by how much, and ends with a whole character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 30, max: 60 }), (given, max) => {
        const cut = cutText(given, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Cs}/u);
        const said = / … \((\d+) more characters\)$/.exec(cut);
        expect(cut === given || cut.length - (said?.[0].length ?? 0) + Number(said?.[1]) === given.length).toBe(true);
      }),
    );
    expect(cutText("x".repeat(50), 30)).toBe(`${"x".repeat(7)} … (43 more characters)`);
  });
});
