import { describe, expect, it } from "vitest";
import { hub, rolesIn, scanTexts } from "./testing/scan-texts";

const CORE: Record<string, string> = { "core.py": hub("CoreHub"), "main.py": "from core import CoreHub\nCoreHub()\n" };

const TS_HUB = (name: string) => `export class ${name} {
  handlers = new Map();
  register(kind, handler) { this.handlers.set(kind, handler); }
  publish(message) { return this.handlers.get(message.type)(message); }
}
`;
const TS = 'id: hub, names: ["*Hub"], methods: [publish], canonical: "core.ts:CoreHub"';
const inTs = (texts: Record<string, string>) =>
  scanTexts(
    { "core.ts": TS_HUB("CoreHub"), "main.ts": 'import { CoreHub } from "./core";\nnew CoreHub();\n', ...texts },
    TS,
  );

describe("a star", () => {
  it("over a star passes on what that one does", async () => {
    const py = await scanTexts({ ...CORE, "a/__init__.py": "from .b import *\n", "a/b.py": "from core import *\n" });
    expect(rolesIn(py, "a/__init__.py")).toEqual(["CoreHub re_export"]);
    const ts = await inTs({ "a.ts": 'export * from "./b";\n', "b.ts": 'export * from "./core";\n' });
    expect([...rolesIn(ts, "a.ts"), ...rolesIn(ts, "b.ts")]).toEqual(["CoreHub re_export", "CoreHub re_export"]);
  });

  it("of an ES module does not bring what is only imported there", async () => {
    const report = await inTs({
      "b.ts": 'import { CoreHub } from "./core";\nexport const used = CoreHub;\n',
      "a.ts": 'export * from "./b";\n',
      "user.ts": 'import { CoreHub } from "./a";\nnew CoreHub();\n',
    });
    expect(rolesIn(report, "a.ts")).toEqual(["used re_export"]);
    expect(report.importers.legacy.map(({ file }) => file)).not.toContain("user.ts");
  });

  it("ends where stars go in a circle", async () => {
    const report = await inTs({ "a.ts": 'export * from "./b";\n', "b.ts": 'export * from "./a";\n' });
    expect(rolesIn(report, "a.ts")).toEqual([]);
  });
});

describe("a module that is missing from its package", () => {
  it("is named, and what the package holds or computes is not", async () => {
    const report = await scanTexts({
      ...CORE,
      "app/__init__.py": "limit = 3\n",
      "app/there.py": "",
      "app/user.py":
        "from core import CoreHub\nfrom . import there, gone\nfrom app import limit, lost\nfrom .open import any_name\n\nCoreHub()\n",
      "app/open/__init__.py": "def __getattr__(name):\n    return name\n",
    });
    expect(report.missingModules.map(({ module, line }) => `${line} ${module}`)).toEqual(["2 .gone", "3 app.lost"]);
  });
});

describe("another name for a class", () => {
  it.each([
    [
      "with a default",
      "one.py",
      "from core import CoreHub\n\nfound = None\nOneHub = found or CoreHub\n",
      "OneHub alias",
    ],
    ["as a type", "one.py", "from core import CoreHub\n\ntype OneHub = CoreHub\n", "OneHub alias"],
    ["in a class", "one.py", "from core import CoreHub\n\nclass Settings:\n    OneHub = CoreHub\n", "OneHub alias"],
  ])("is an alias: %s", async (_, file, text, expected) => {
    expect(rolesIn(await scanTexts({ ...CORE, [file]: text }), file)).toEqual([expected]);
  });

  it("is one in TypeScript as a type, and with a default", async () => {
    const report = await inTs({
      "one.ts":
        'import { CoreHub } from "./core";\nexport type OneHub = CoreHub;\nexport const TwoHub = null ?? CoreHub;\n',
    });
    expect(rolesIn(report, "one.ts")).toEqual(["OneHub alias", "TwoHub alias"]);
  });

  it("leads to the class behind a dot too", async () => {
    const texts = {
      "two.py": hub("TwoHub"),
      "one.py": "from two import TwoHub\n\nclass Settings:\n    hub_class = TwoHub\n",
      "user.py": "from one import Settings\n\nSettings.hub_class().close()\n",
    };
    const report = await scanTexts({ ...CORE, ...texts });
    expect(rolesIn(report, "two.py")).toEqual(["TwoHub duplicate"]);
  });

  it("may be that of a method", async () => {
    const text = hub("OneHub", "    def go(self, message):", "        return 1", "    send = publish").replace(
      "def publish",
      "def _publish",
    );
    const report = await scanTexts({
      ...CORE,
      "one.py": text.replace("send = publish", "publish = _publish"),
      "u.py": "import one\none.OneHub().publish(1)\n",
    });
    expect(report.drift.filter(({ kind }) => kind !== "method_name")).toEqual([]);
  });
});

describe("a backup copy", () => {
  it.each(["old.bak/core.py", "core (copy).py", "core (1).py", "core - Copy.py", "Copy of core.py", "app.orig/x.py"])(
    "is told by its path: %s",
    async (path) => {
      expect(rolesIn(await scanTexts({ ...CORE, [path]: hub("CoreHub") }), path)).toEqual(["CoreHub backup_copy"]);
    },
  );
});

describe("a class that is made without `class`", () => {
  it.each([
    ["method by method", "Desk.prototype.publish = function (message) { return this.table[message.type](message); };"],
    ["at once", "Desk.prototype = { publish(message) { return this.table[message.type](message); } };"],
    ["by assign", "Object.assign(Desk.prototype, { publish(message) { return this.table[message.type](message); } });"],
  ])("is judged by what its prototype is given: %s", async (_, given) => {
    const text = `function Desk() { this.table = {}; }\nDesk.prototype.put = function (k, f) { this.table[k] = f; };\n${given}\nmodule.exports = { Desk };\n`;
    const report = await inTs({ "desk.js": text, "user.js": 'const { Desk } = require("./desk");\nnew Desk();\n' });
    expect(rolesIn(report, "desk.js")).toEqual(["Desk duplicate"]);
  });

  it("derives from what it is told to", async () => {
    const text =
      'const { CoreHub } = require("./core");\nfunction OneHub() { CoreHub.call(this); }\nutil.inherits(OneHub, CoreHub);\nmodule.exports = { OneHub };\n';
    expect(rolesIn(await inTs({ "one.js": text }), "one.js")).toEqual(["OneHub thin_subclass"]);
  });
});

describe("an import at the time of use", () => {
  it.each([
    ["of the module", 'import("./one").then((m) => new m.OneHub());\n'],
    ["of a name", 'import("./one").then(({ OneHub }) => new OneHub());\n'],
    ["in a function", 'export const load = () => import("./one").then((m) => new m.OneHub());\n'],
    ["awaited", 'export async function load() { return new (await import("./one")).OneHub(); }\n'],
  ])("keeps the class alive: %s", async (_, text) => {
    const report = await inTs({ "one.ts": TS_HUB("OneHub"), "user.ts": text });
    expect(rolesIn(report, "one.ts")).toEqual(["OneHub duplicate"]);
    expect(report.importers.legacy.map(({ file }) => file)).toEqual(["user.ts"]);
  });

  it("takes the default where it is lazy", async () => {
    const texts = {
      "one.ts": TS_HUB("OneHub").replace("export", "export default"),
      "user.ts": 'const One = lazy(() => import("./one"));\n',
    };
    expect(rolesIn(await inTs(texts), "one.ts")).toEqual(["OneHub duplicate"]);
  });
});

describe("a class whose making gives a Proxy", () => {
  it.each([
    ["around one that is made", "constructor() { return new Proxy(new CoreHub(), {}); }"],
    ["around one that is given", "constructor(core: CoreHub) { return new Proxy(core, {}); }"],
    ["around one that it holds", "constructor(private core: CoreHub) { return new Proxy(this.core, {}); }"],
  ])("is a proxy: %s", async (_, making) => {
    const text = `import { CoreHub } from "./core";\nexport class OneHub { ${making} }\n`;
    const report = await inTs({ "one.ts": text, "user.ts": 'import { OneHub } from "./one";\nnew OneHub();\n' });
    expect(rolesIn(report, "one.ts")).toEqual(["OneHub proxy"]);
  });
});

describe("what is said of a class", () => {
  it("does not take an overload for a second definition", async () => {
    const overloads =
      "    @overload\n    def close(self, a: int) -> int: ...\n    @overload\n    def close(self, a: str) -> str: ...\n    def close(self, a):\n        return a\n";
    const py = await scanTexts({
      ...CORE,
      "one.py": `${hub("OneHub")}${overloads}`,
      "u.py": "import one\none.OneHub()\n",
    });
    const ts = await inTs({
      "one.ts": TS_HUB("OneHub").replace(
        "  register",
        "  close(a: string): string;\n  close(a: number): number;\n  close(a: any) { return a; }\n  register",
      ),
      "u.ts": 'import { OneHub } from "./one";\nnew OneHub();\n',
    });
    const said = [...py.symbols, ...ts.symbols].flatMap(({ reasons }) => reasons.map(({ text }) => text));
    expect(said.filter((text) => text.includes("already"))).toEqual([]);
  });

  it("does not deny a method that it has", async () => {
    const text =
      "class OneHub:\n    def __init__(self, link):\n        self.link = link\n    def publish(self, message):\n        return self.link.send(message, 1)\n    def a(self):\n        return 2\n";
    const { symbols } = await scanTexts(
      { ...CORE, "one.py": text },
      'id: hub, names: ["*Hub"], canonical: "core.py:CoreHub"',
    );
    const said = symbols.find(({ file }) => file === "one.py");
    expect([said?.role, said?.reasons[0]?.text]).toEqual([
      "unrelated",
      "keeps no handlers and dispatches no messages; of the job it has only the name publish()",
    ]);
  });

  it("does not miss what every object has", async () => {
    const py = await scanTexts({
      ...CORE,
      "u.py": "from core import CoreHub\n\nhub = CoreHub()\nhub.__str__()\nhub.gone()\n",
    });
    const ts = await inTs({
      "u.ts":
        'import { CoreHub } from "./core";\nconst hub = new CoreHub();\nhub.toString();\nhub.hasOwnProperty("a");\n',
    });
    expect([...py.drift, ...ts.drift].map(({ line, method }) => `${line} ${method}`)).toEqual(["5 gone"]);
  });
});

describe("a canonical that is a function", () => {
  const FUNCTION = "handlers = {}\n\n\ndef core_hub(message):\n    return handlers[message](message)\n";
  const concept = 'id: hub, names: ["*Hub"], canonical: "core.py:core_hub"';

  it("counts, and who imports it uses the canonical path", async () => {
    const report = await scanTexts(
      {
        "core.py": FUNCTION,
        "main.py": "from core import core_hub\n\ncore_hub(1)\n",
        "two.py": hub("TwoHub"),
        "u.py": "import two\ntwo.TwoHub()\n",
      },
      concept,
    );
    expect([rolesIn(report, "core.py"), report.count]).toEqual([["core_hub canonical"], 2]);
    expect(report.compliance).toEqual({ canonical: 1, total: 2, ratio: 0.5 });
  });
});

describe("what is found in ways less common", () => {
  it.each([
    ["setattr", 'setattr(self, "_core", CoreHub())'],
    ["its own dict", 'self.__dict__["_core"] = CoreHub()'],
  ])("is a proxy that holds the other by %s, and differs in no signature", async (_, given) => {
    const text = `from core import CoreHub\n\nclass OneHub:\n    def __init__(self):\n        ${given}\n    def publish(self, *args, **kwargs):\n        return self._core.publish(*args, **kwargs)\n    def __getattr__(self, name):\n        return getattr(self._core, name)\n`;
    const report = await scanTexts({ ...CORE, "one.py": text, "u.py": "import one\none.OneHub()\n" });
    expect([rolesIn(report, "one.py"), report.drift]).toEqual([["OneHub proxy"], []]);
  });

  it("is a factory that asks another one", async () => {
    const text =
      "from core import CoreHub\n\nclass Hubs:\n    @staticmethod\n    def create():\n        return CoreHub()\n\ndef shared_hub():\n    return Hubs.create()\n";
    expect(rolesIn(await scanTexts({ ...CORE, "one.py": text }), "one.py")).toEqual(["shared_hub factory"]);
  });

  it("is no factory that gives back what it was given", async () => {
    const text =
      "from core import CoreHub\n\nhub = CoreHub()\n\ndef checked(hub):\n    return hub\n\nhub.publish({})\n";
    expect(rolesIn(await scanTexts({ ...CORE, "one.py": text }), "one.py")).toEqual([]);
  });

  it("is a class that derives through a mixin", async () => {
    const py = "from core import CoreHub\nfrom mix import logged\n\nclass OneHub(logged(CoreHub)):\n    pass\n";
    expect(
      rolesIn(await scanTexts({ ...CORE, "one.py": py, "mix.py": "def logged(base):\n    return base\n" }), "one.py"),
    ).toEqual(["OneHub thin_subclass"]);
    const ts =
      'import { CoreHub } from "./core";\nimport { Logged } from "./mix";\nexport class OneHub extends Logged(CoreHub) {}\n';
    expect(
      rolesIn(await inTs({ "one.ts": ts, "mix.ts": "export const Logged = (base) => base;\n" }), "one.ts"),
    ).toEqual(["OneHub thin_subclass"]);
  });

  it("is a class that has another one inside of its methods", async () => {
    const text = TS_HUB("OneHub").replace("register(kind, handler) {", "register(kind, handler) { class Inner {}\n ");
    const report = await inTs({ "one.ts": text, "user.ts": 'import { OneHub } from "./one";\nnew OneHub();\n' });
    expect(rolesIn(report, "one.ts")).toEqual(["OneHub duplicate"]);
  });

  it("is a class in a namespace", async () => {
    const report = await inTs({
      "one.ts": `export namespace Old {\n${TS_HUB("OneHub")}}\n`,
      "user.ts": 'import { Old } from "./one";\nnew Old.OneHub();\n',
    });
    expect(rolesIn(report, "one.ts")).toEqual(["OneHub duplicate"]);
  });
});
