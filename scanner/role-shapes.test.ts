import { describe, expect, it } from "vitest";
import { hub, rolesIn, scanTexts } from "./testing/scan-texts";

/** The role of what stands in one.py, which another file uses. */
async function roles(text: string, name = "OneHub"): Promise<string[]> {
  const report = await scanTexts({
    "core.py": hub("CoreHub"),
    "one.py": text,
    "main.py": `from core import CoreHub\nfrom one import ${name}\n\nCoreHub()\n${name}()\n`,
  });
  return rolesIn(report, "one.py");
}

describe("a name that doubles and real ones have", () => {
  it.each(["InMemoryHub", "NullHub", "RecordingHub", "NoOpHub"])("%s is a duplicate by its body", async (name) => {
    expect(await roles(hub(name), name)).toEqual([`${name} duplicate`]);
  });

  it.each([
    ["NullHub", "class NullHub:\n    def publish(self, message):\n        pass\n"],
    ["RecordingHub", "class RecordingHub:\n    def publish(self, message):\n        self.sent.append(message)\n"],
  ])("%s is a test double where its body does nothing else", async (name, text) => {
    expect(await roles(text, name)).toEqual([`${name} test_double`]);
  });
});

describe("a class that takes handlers into a list", () => {
  it("does more than record where it asks them", async () => {
    const text = `class OneHub:
    def __init__(self):
        self._handlers = []
    def add(self, handler):
        self._handlers.append(handler)
    def publish(self, message):
        for handler in self._handlers:
            if handler.can_handle(message):
                return handler.handle(message)
`;
    expect(await roles(text)).toEqual(["OneHub duplicate"]);
  });
});

describe("a tombstone", () => {
  it.each([
    ["says what it raises beforehand", '        text = "gone"\n        raise NotImplementedError(text)\n'],
    ["raises at once", '        raise NotImplementedError("gone")\n'],
  ])("that %s is a stub", async (_, body) => {
    const text = `class OneHub:\n    def __init__(self):\n${body}    def publish(self, message):\n${body}`;
    expect(await roles(text)).toEqual(["OneHub stub"]);
  });
});
