import { describe, expect, it } from "vitest";
import { hub, rolesIn, scanTexts } from "./testing/scan-texts";

const CORE: Record<string, string> = { "core.py": hub("CoreHub"), "main.py": "from core import CoreHub\nCoreHub()\n" };

describe("a class that is used through its module", () => {
  it.each([
    ["a module of three parts", "import q.r.one\nq.r.one.OneHub()\n"],
    ["one of its methods", "import q.r.one\nq.r.one.OneHub.make()\n"],
    ["inside a function", "import q.r.one\n\ndef start():\n    return q.r.one.OneHub()\n"],
    ["with the import inside a function", "def start():\n    import q.r.one\n    return q.r.one.OneHub()\n"],
    ["another name", "import q.r.one as w\n\nw.OneHub()\n"],
    ["the package of the module", "from q.r import one\n\none.OneHub()\n"],
  ])("lives, and its user is a legacy importer: %s", async (_, text) => {
    for (const packages of [CORE, { ...CORE, "q/__init__.py": "", "q/r/__init__.py": "" }]) {
      const report = await scanTexts({ ...packages, "q/r/one.py": hub("OneHub"), "user.py": text });
      expect(rolesIn(report, "q/r/one.py")).toEqual(["OneHub duplicate"]);
      expect(report.importers.legacy.map(({ file }) => file)).toEqual(["user.py"]);
      expect(report.compliance).toEqual({ canonical: 1, total: 2, ratio: 0.5 });
    }
  });

  it("is the canonical's own path where the canonical is what is used", async () => {
    const report = await scanTexts({ ...CORE, "user.py": "import core\n\ncore.CoreHub()\n" });
    expect(report.compliance).toEqual({ canonical: 2, total: 2, ratio: 1 });
  });

  it("says nothing of modules whose other names are used", async () => {
    const texts = { "one.py": `${hub("OneHub")}\nLIMIT = 3\n`, "user.py": "import one\n\nprint(one.LIMIT)\n" };
    const report = await scanTexts({ ...CORE, ...texts });
    expect(rolesIn(report, "one.py")).toEqual(["OneHub dormant"]);
    expect(report.importers.legacy).toEqual([]);
  });
});

describe("a file of an uncommon kind", () => {
  it.each(["latin-1", "latin_1", "iso8859_15", "cp1252", "utf_8"])(
    "is read in the encoding that it names: %s",
    async (name) => {
      const text = Buffer.from(`# coding: ${name}\n# caf\xe9\n${hub("OneHub")}`, name === "utf_8" ? "utf8" : "latin1");
      const report = await scanTexts({ ...CORE, "one.py": text, "user.py": "import one\none.OneHub()\n" });
      expect(rolesIn(report, "one.py")).toEqual(["OneHub duplicate"]);
    },
  );

  it("may have a name with a line break", async () => {
    const report = await scanTexts({ ...CORE, "a\nb.py": hub("OneHub"), "a\nc/d.py": hub("TwoHub") });
    expect([...rolesIn(report, "a\nb.py"), ...rolesIn(report, "a\nc/d.py")]).toEqual([
      "OneHub dormant",
      "TwoHub dormant",
    ]);
  });
});
