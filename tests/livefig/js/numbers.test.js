import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, formatNumber, readNumber } from "../../../livefig/controls/numbers.js";

const words = { nan: "not a number", infinity: "∞" };

test("numbers have a true minus sign, and what rounds to zero has none", () => {
  assert.equal(formatNumber(-0.1234, ".3g", words), "−0.123");
  assert.equal(formatNumber(-0.001, ".2f", words), "0.00");
  assert.equal(formatNumber(-0.001, "+.2f", words), "+0.00");
});

test("a number is read as readers type it, and none that might be another", () => {
  const typed = ["0,2", "−0.2", " -,5 ", "+7", "3.", "1e-3", "1,5e3", "0,125", "1,0001"];
  assert.deepEqual(typed.map(readNumber), [0.2, -0.2, -0.5, 7, 3, 0.001, 1500, 0.125, 1.0001]);
  for (const other of [
    "",
    " ",
    "-",
    ".",
    "e",
    "0x10",
    "Infinity",
    "1 0",
    "1..2",
    "1,2,3",
    "1,000",
    "-12,500",
    "1.234,5",
    "10²",
  ])
    assert.ok(Number.isNaN(readNumber(other)), other);
});

test("ties go to the even digit, as in Python", () => {
  assert.deepEqual(
    [0.125, 0.375].map((x) => formatNumber(x, ".2f", words)),
    ["0.12", "0.38"],
  );
  assert.deepEqual(
    [0.5, 1.5, 2.5].map((x) => formatNumber(x, "d", words)),
    ["0", "2", "2"],
  );
});

test("a text stays as it is, and what is no number is said in words", () => {
  assert.deepEqual(
    ["Adam", NaN, -Infinity].map((x) => formatNumber(x, ".2f", words)),
    ["Adam", "not a number", "−∞"],
  );
});

test("fields are filled in, doubled braces are braces, and other braces stay", () => {
  assert.equal(
    fill("f({x:d}) = {y} in {{0, 1}}, {1,2} and {z}", { x: 3, y: 0.25 }, words),
    "f(3) = 0.25 in {0, 1}, {1,2} and {z}",
  );
});

test("a truth value is one or zero, and no field reads what every object has", () => {
  assert.equal(fill("{ticked:d} {toString}", { ticked: true }, words), "1 {toString}");
});
