import { describe, expect, it } from "vitest";
import type { ScanReport } from "@/domain/consolidation/types";
import { parseConfig } from "./config";
import type { ScanOptions } from "./scan";
import { HUBS, hub, scanTextsWhole } from "./testing/scan-texts";
import { importsOf, mentions, wordsOf } from "./words";

const CORE: Record<string, string> = {
  "core.py": hub("CoreHub"),
  "main.py": "from core import CoreHub\n\nCoreHub()\n",
};

const both = async (texts: Record<string, string>, concept = HUBS): Promise<Record<"all" | "wanted", ScanReport>> => {
  const scan = (parse: ScanOptions["parse"]) => scanTextsWhole({ ...CORE, ...texts }, concept, { parse });
  return { all: await scan("all"), wanted: await scan("wanted") };
};

describe("a tree of which only what can matter is parsed", () => {
  it.each<[string, Record<string, string>]>([
    [
      "a registry of another name",
      { "desk.py": hub("Desk").replaceAll("publish", "take"), "u.py": "import desk\ndesk.Desk()\n" },
    ],
    [
      "a registry that is kept in a field of any name",
      {
        "desk.py":
          'class Desk:\n    def __init__(self):\n        self._t = {}\n    def put(self, k, f):\n        self._t[k] = f\n    def take(self, m):\n        f = self._t[m["k"]]\n        return f(m)\n',
        "u.py": "from desk import Desk\nDesk()\n",
      },
    ],
    [
      "an instance, and who imports it",
      { "one.py": "from core import CoreHub\n\nbus = CoreHub()\n", "u.py": "from one import bus\nbus.publish(1)\n" },
    ],
    [
      "an instance that is imported in a list over several lines",
      {
        "one.py": "from core import CoreHub\n\nbus = CoreHub()\n\ndef far():\n    return 1\n",
        "u.py": "from one import (  # the lines (all)\n    far,  # of one (two)\n    bus,\n)\n",
        "v.py": "try:\n    from one import (far,\n        bus as line)\nexcept ImportError:\n    pass\n",
      },
    ],
    [
      "an instance that is passed on under another name",
      {
        "one.py": "from core import CoreHub\n\nbus = CoreHub()\n",
        "pk/__init__.py": "from one import bus as line\n",
        "u.py": "from pk import line\n",
        "v.py": "import pk\n\npk.line.publish(1)\n",
      },
    ],
    [
      "an instance that goes from hand to hand, beside modules of the same name",
      {
        "a/b/one.py": "from core import CoreHub\n\nbus = CoreHub()\n",
        "a/b/__init__.py": "from .one import bus\n",
        "a/__init__.py": "from a.b import bus\n",
        "u.py": "from a import (\n    bus,\n)\n",
        "v.py": "from u import bus as line\n",
        "w.py": "import a.b.one\n\na.b.one.bus.publish(1)\n",
        "c/one.py": "bus = 1\n",
        "x.py": "from c.one import bus\n",
      },
    ],
    [
      "what another class of its module uses",
      {
        "one.py": `${hub("OneHub")}\nclass Service:\n    def __init__(self):\n        self.it = OneHub()\n`,
        "u.py": "from one import Service\n",
      },
    ],
    [
      "a base in a file of another word",
      {
        "two.py": "from base import Base\n\nclass TwoHub(Base):\n    pass\n",
        "base.py": "from deep import Deep as Base\n",
        "deep.py": "class Deep:\n    def go(self):\n        return 1\n",
      },
    ],
    [
      "stars over stars",
      {
        "a/__init__.py": "from .b import *\n",
        "a/b.py": "from core import *\n",
        "u.py": "from a import *\n\nCoreHub()\n",
      },
    ],
    [
      "an interface of one of the methods",
      { "port.py": "from typing import Protocol\n\nclass Port(Protocol):\n    def publish(self, message): ...\n" },
    ],
    [
      "a name with letters of its own",
      { "größe.py": hub("GrößeHub"), "u.py": "from größe import GrößeHub as Größe\n", "v.py": "from u import Größe\n" },
    ],
    [
      "a snake_case name",
      { "f.py": "handlers = {}\n\ndef my_hub(m):\n    return handlers[m](m)\n", "u.py": "from f import my_hub\n" },
    ],
    [
      "handlers of one type",
      { "h.py": 'class A:\n    supported_types = ["x"]\n\nclass B:\n    supported_types = ["x"]\n' },
    ],
  ])("says the same as the whole tree does: %s", async (_, texts) => {
    const { all, wanted } = await both({ ...texts, "far.py": "def far():\n    return 1\n", "empty.py": "" });
    expect(all.unparsed).toBe(0);
    expect(wanted.unparsed).toBeGreaterThan(0);
    expect({ ...wanted, unparsed: 0 }).toEqual(all);
  });

  it("claims nothing of files without a word: neither that they parse nor that they do not", async () => {
    const { all, wanted } = await both({ "far.py": "def far(:\n" });
    expect(all.notAnalysed.map(({ file }) => file)).toEqual(["far.py"]);
    expect([wanted.notAnalysed, wanted.unparsed]).toEqual([[], 1]);
  });
});

describe("asking a text for the words", () => {
  it("takes time that grows with its length, whatever stands in it", () => {
    const parsed = parseConfig(
      'concepts: [{ id: r, names: ["*MessageRouter*"], methods: [route, dispatch] }]',
      "config",
    );
    const words = parsed.ok ? wordsOf(parsed.config) : null;
    if (!words) throw new Error("no words");
    const pieces = [
      "self.x[",
      "for a in ",
      "x = ",
      "(",
      "import (",
      "this.a.get(",
      " ",
      "@a.",
      "message=",
      "from ",
      "\\\n",
      "a,",
      "handlers[",
      "\n ",
      "\n  def a(message):",
      '"""',
      "')",
    ];
    for (const piece of pieces) {
      const text = `self.x[1] = 2 message ${piece.repeat(200_000 / piece.length)}`;
      const before = process.cpuUsage();
      mentions(words, text, "python");
      importsOf(text);
      const { user } = process.cpuUsage(before);
      expect(`${JSON.stringify(piece)} ${user < 3_000_000}`).toBe(`${JSON.stringify(piece)} true`);
    }
  });
});
