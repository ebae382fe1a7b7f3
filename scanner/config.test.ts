import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";

const message = (text: string) => {
  const result = parseConfig(text, "signalbox.config.yaml");
  return result.ok ? "ok" : result.message;
};

describe("signalbox.config.yaml", () => {
  it.each([
    ["concepts:\n  - id: router\n    names: [A]\n    target: many", "signalbox.config.yaml: concepts[0].target: "],
    [
      "concepts:\n  - id: router\n    names: [A]\n    colour: red",
      "signalbox.config.yaml: concepts[0].colour: is no field of the config",
    ],
    ["concepts:\n  - id: Router\n    names: [A]", "signalbox.config.yaml: concepts[0].id: must be lower-case"],
    ["concepts:\n  - id: router", "signalbox.config.yaml: concepts[0]: needs names, methods, bases or a canonical"],
    [
      "concepts: [{ id: a, names: [A], exclude: [x, '../**'] }]",
      "concepts[0].exclude[1]: must stay within the checkout",
    ],
    ["concepts: [{ id: a, names: [A], limits: { size: 1 } }]", "concepts[0].limits.size: is no field of the config"],
    ["concepts: [{ id: a, names: ['[', A] }]", "concepts[0].names[0]: must be a name, with * and ?"],
    ["concepts: [{ id: a, names: [A], include: ['['] }]", "concepts[0].include[0]: has a [ without its ]"],
    ["concepts: []", "signalbox.config.yaml: concepts: "],
    [
      "concepts:\n  - {id: a, names: [A]}\n  - {id: a, names: [B]}",
      "signalbox.config.yaml: concepts: one id is given twice",
    ],
    [
      "concepts: [{ id: a, names: [A] }]\ncampaigns: [{ id: c, name: C, criteria: [{ kind: leaks, max: 0 }, { kind: reliability, min: 99 }] }]",
      "signalbox.config.yaml: campaigns[0].criteria[1].min: ",
    ],
    [
      "concepts: [{ id: a, names: [A] }]\ncampaigns: [{ id: c, name: C, criteria: [{ kind: implementations, concept: b, max: 1 }] }]",
      "campaigns[0].criteria[0].concept: no concept of this config has the id b",
    ],
    [
      "concepts: [{ id: a, names: [A] }]\ncampaigns: [{ id: c, name: C, window: soon, criteria: [{ kind: leaks, max: 0 }] }]",
      "campaigns[0].window: must be a period such as 30m",
    ],
    [
      "concepts: [{ id: a, names: [A] }]\ncampaigns: [{ id: c, name: C, window: 7m, criteria: [{ kind: leaks, max: 0 }] }]",
      "campaigns[0].window: must be 5, 10, 15, 20 or 30 minutes, or whole hours",
    ],
    [
      "concepts: [{ id: a, names: [A] }]\ncampaigns: [{ id: c, name: C, target: 1, criteria: [{ kind: leaks, max: 0 }] }]",
      "campaigns[0].target: is no field of the config",
    ],
    ["concepts: [", "signalbox.config.yaml: "],
    ["", "signalbox.config.yaml: the file: "],
  ])("names the field that is wrong: %s", (text, expected) => {
    expect(message(text)).toContain(expected);
  });

  it("gives one hash to configs that scan the same, whatever their campaigns", () => {
    const campaigns = "campaigns: [{ id: c, name: C, hold: 0, criteria: [{ kind: leaks, max: 0 }] }]";
    const hashes = [
      "concepts:\n  - id: a\n    names: [A]",
      `concepts: [{names: [A], id: a, target: 1}]\n${campaigns}`,
    ].map((text) => {
      const result = parseConfig(text, "config");
      return result.ok ? result.hash : result.message;
    });
    expect(hashes[0]).toBe(hashes[1]);
  });
});
