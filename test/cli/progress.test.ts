import { expect, it } from "vitest";
import { Progress } from "../../server/src/cli/progress.js";

it("says nothing of a short run, a line now and then of a long one, and takes it away", () => {
  let time = 0;
  const written: string[] = [];
  const progress = new Progress(
    (text) => written.push(text),
    () => time,
  );
  progress.report("read", 1, 9);
  progress.clear();
  expect(written).toEqual([]);
  time = 1500;
  progress.report("read", 2, 9);
  progress.report("read", 3, 9);
  time = 1700;
  progress.report("checked", 4, 9);
  progress.clear();
  progress.clear();
  expect(written).toEqual(["\r\u001b[K2 of 9 files read", "\r\u001b[K4 of 9 files checked", "\r\u001b[K"]);
});

it("is silent where nobody watches", () => {
  let time = 0;
  const progress = new Progress(undefined, () => time);
  time = 5000;
  progress.report("read", 1, 2);
  progress.clear();
});
