import { describe, expect, it } from "vitest";
import { hub, rolesIn, scanTexts } from "./testing/scan-texts";

/** The roles of what stands in one.py, which another file uses. */
async function roles(text: string, name: string): Promise<string[]> {
  const main = `from core import CoreHub\nfrom one import ${name}\n\nCoreHub()\n${name}()\n`;
  return rolesIn(await scanTexts({ "core.py": hub("CoreHub"), "one.py": text, "main.py": main }), "one.py");
}

const desk = (attribute: string, ...lines: string[]): string =>
  [
    "class Desk:",
    "    def __init__(self):",
    `        self.${attribute} = {}`,
    "    def put(self, kind, fn):",
    `        self.${attribute}[kind] = fn`,
    "    async def take(self, m):",
    ...lines.map((line) => `        ${line}`),
    "",
  ].join("\n");

describe("a registry of handlers, whatever it is called", () => {
  it.each([
    ["kept in a field of any name", desk("_table", 'return self._table[m["type"]](m)')],
    ["asked by a walrus", desk("_handlers", 'if (h := self._handlers.get(m["type"])):', "    return await h(m)")],
    ["under a local name", desk("_handlers", "t = self._handlers", 'h = t[m["type"]]', "return await h(m)")],
    ["with several for a type", desk("_handlers", 'for h in self._handlers[m["type"]]:', "    await h(m)")],
    ["that all are asked", desk("_handlers", "for h in self._handlers:", "    await h(m)")],
    ["by class", desk("_handlers", "for k, h in self._handlers.items():", "    if isinstance(m, k):", "        h(m)")],
    ["as a chain", desk("_chain", "for h in self._chain:", "    if h.can_handle(m):", "        return h.handle(m)")],
  ])("is found: %s", async (_, text) => {
    expect(await roles(text, "Desk")).toEqual(["Desk duplicate"]);
  });

  it("is none where the table holds methods of the class itself", async () => {
    const text = `class Profile:
    def trace(self, frame, event, arg):
        if self.dispatch[event](self, frame, arg):
            return 1
    def on_call(self, frame, arg):
        return 1
    dispatch = {"call": on_call}
`;
    expect(await roles(text, "Profile")).toEqual([]);
  });

  it("calls a method that is named after the message", async () => {
    const text = 'class OneHub:\n    def publish(self, m):\n        return getattr(self, "on_" + m["type"])(m)\n';
    expect(await roles(text, "OneHub")).toEqual(["OneHub duplicate"]);
  });
});

describe("a proxy", () => {
  it.each([
    ["a parameter of no type", "    def __init__(self, inner):\n        self._inner = inner\n", "self._inner"],
    ["object.__setattr__", '    def __init__(self):\n        object.__setattr__(self, "_c", CoreHub())\n', "self._c"],
  ])("holds the other by %s", async (_, init, held) => {
    const text = `from core import CoreHub\n\nclass OneHub:\n${init}    def publish(self, message):\n        return ${held}.publish(message)\n    def __getattr__(self, name):\n        return getattr(${held}, name)\n`;
    expect(await roles(text, "OneHub")).toEqual(["OneHub proxy"]);
  });

  it("holds the other in its class", async () => {
    const text =
      "from core import CoreHub\n\nclass OneHub:\n    _inst = CoreHub()\n    @staticmethod\n    def publish(message):\n        return OneHub._inst.publish(message)\n";
    expect(await roles(text, "OneHub")).toEqual(["OneHub proxy"]);
  });
});

describe("an adapter that goes on by itself", () => {
  it("is a living implementation where its except goes through the handlers of a type", async () => {
    const text = `from core import CoreHub

class OneHub:
    def __init__(self):
        self._core = CoreHub()
        self._handlers = {}
    def publish(self, message):
        try:
            return self._core.publish(message)
        except Exception:
            for handler in self._handlers.get(message["type"], []):
                handler(message)
`;
    expect((await roles(text, "OneHub")).sort()).toEqual(["OneHub adapter", "OneHub duplicate"]);
  });
});

describe("handlers that are registered with a router of any name", () => {
  it("conflict where they claim one type, and nothing else does that has a method register()", async () => {
    const text = (made: string) =>
      `from core import CoreHub\n\ndef fa(m): pass\ndef fb(m): pass\n\ndef start():\n    hub = ${made}\n    hub.register("t", fa)\n    hub.register("t", fb)\n`;
    const conflicts = async (made: string) =>
      (await scanTexts({ "core.py": hub("CoreHub"), "main.py": text(made) })).handlerConflicts;
    expect(
      (await conflicts("CoreHub()")).map(({ type, claims }) => [type, claims.map(({ handler }) => handler)]),
    ).toEqual([["t", ["fa", "fb"]]]);
    expect(await conflicts("dict()")).toEqual([]);
  });
});
