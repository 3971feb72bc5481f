"""The figure's script in Node, file by file, without a page. Node comes with Playwright: it is there with the tests."""

import json
import math
import os
import subprocess
from pathlib import Path

import playwright

from livefig.page.assets import ROOMS

NODE = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
FLAGS = ["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]  # that a .js file is a module, Node sees from its exports
SERVER = """
import { createInterface } from "node:readline";
const parts = Object.assign({}, ...await Promise.all(process.argv.slice(1).map((address) => import(address))));
const plain = (_, x) => typeof x === "number" && !Number.isFinite(x) ? String(x) : ArrayBuffer.isView(x) ? [...x] : x;
for await (const line of createInterface({ input: process.stdin })) {
  const [body, args] = JSON.parse(line);
  let answer;
  try { answer = { value: new Function("parts", "args", body)(parts, args) }; }
  catch (error) { answer = { error: String(error) }; }
  console.log(JSON.stringify(answer, plain));
}
"""


class Modules:
    """What some files of the script export, as `parts`, in a Node of their own.

    >>> with Modules("controls/numbers") as numbers:
    ...     numbers("return parts.formatNumber(args[0], '.1f', {})", 0.25)
    '0.2'
    """

    def __init__(self, *names: str):
        addresses = [(ROOMS / f"{name}.js").as_uri() for name in names]
        command = [NODE, *FLAGS, "--input-type=module", "--eval", SERVER, *addresses]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def __call__(self, body, *args):
        """What a function body gives for `args`; numbers that JSON has not go and come as texts."""
        print(json.dumps([body, as_json(args)]), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline() or '{"error": "Node has stopped"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.communicate()


def as_json(value):
    """A value with every number that JSON does not know as JavaScript writes it: Number() reads that again."""
    if isinstance(value, dict):
        return {name: as_json(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value).replace("inf", "Infinity").replace("nan", "NaN")
    return value
