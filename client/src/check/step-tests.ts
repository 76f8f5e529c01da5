import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  l10n,
  MarkdownString,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  TestRunProfileKind,
  TestRunRequest,
  tests,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { CheckedResult, CheckedStep, CheckHostReport, CheckProgress } from "../../../server/src/protocol.js";
import type { HostCheck } from "./host-check.js";

/** The steps of a check in the Testing view, below the machine that they looked at. There are none before the first check. */
export class StepTests implements Disposable {
  private controller: TestController | undefined;

  constructor(private readonly check: HostCheck) {}

  /** The machine with its steps. */
  get host(): TestItem | undefined {
    return this.controller?.items.get("host");
  }

  dispose(): void {
    this.controller?.dispose();
  }

  /** Runs all steps. @returns undefined as {@link HostCheck.run} does */
  runAll(
    client: BaseLanguageClient,
    token: CancellationToken,
    progress: (progress: CheckProgress) => void,
  ): Promise<CheckHostReport | undefined> {
    this.controller ??= this.create();
    return this.run(this.controller, client, { request: new TestRunRequest(), token, progress });
  }

  private create(): TestController {
    const controller = tests.createTestController("runnerProxy.checkHost", "Runner Proxy");
    controller.items.add(controller.createTestItem("host", l10n.t("This host")));
    const runInView = async (request: TestRunRequest, token: CancellationToken) => {
      const client = await this.check.ready();
      if (client) await this.run(controller, client, { request, token, progress: () => undefined });
    };
    controller.createRunProfile(l10n.t("Check"), TestRunProfileKind.Run, runInView, true);
    return controller;
  }

  private async run(
    controller: TestController,
    client: BaseLanguageClient,
    { request, token, progress }: RunOptions,
  ): Promise<CheckHostReport | undefined> {
    const run = controller.createTestRun(request);
    // It can be cancelled where it was started, and in the view.
    const cancel = new CancellationTokenSource();
    const listeners = [token, run.token].map((one) => one.onCancellationRequested(() => cancel.cancel()));
    try {
      const steps = this.chosen(request);
      const report = await this.check.run(client, {
        token: cancel.token,
        ...(steps && { steps }),
        progress: (told) => {
          if (told.step !== undefined) run.started(this.itemOf(controller, told.step, told.text));
          progress(told);
        },
      });
      if (report) this.show(controller, run, report);
      return report;
    } finally {
      run.end();
      for (const listener of listeners) listener.dispose();
      cancel.dispose();
    }
  }

  /** The ids of the steps that a request asks for; undefined: all. */
  private chosen({ include, exclude = [] }: TestRunRequest): readonly string[] | undefined {
    const { host } = this;
    if (!host || (exclude.length === 0 && (include?.includes(host) ?? true))) return undefined;
    const all = [...host.children].map(([, item]) => item);
    const wanted = include === undefined || include.includes(host) ? all : include;
    return wanted.filter((item) => !exclude.includes(item)).map(({ id }) => id);
  }

  private itemOf(controller: TestController, id: string, title: string): TestItem {
    const children = this.host?.children;
    const known = children?.get(id);
    if (known) return known;
    const item = controller.createTestItem(id, title);
    // Steps stand in the order in which they run.
    item.sortText = String(children?.size ?? 0);
    children?.add(item);
    return item;
  }

  private show(controller: TestController, run: TestRun, { where, steps }: CheckHostReport): void {
    if (this.host) this.host.label = where;
    for (const step of steps) showStep(run, this.itemOf(controller, step.id, step.title), step.results);
  }
}

interface RunOptions {
  readonly request: TestRunRequest;
  readonly token: CancellationToken;
  readonly progress: (progress: CheckProgress) => void;
}

/** What cannot be told is neither passed nor failed: skipped. */
function showStep(run: TestRun, item: TestItem, results: CheckedStep["results"]): void {
  const problems = results.filter(({ verdict }) => verdict === "problem");
  const unknown = results.filter(({ verdict }) => verdict === "unknown");
  for (const { message } of results) run.appendOutput(`${message}\r\n`, undefined, item);
  item.description = (problems[0] ?? unknown[0])?.message ?? "";
  if (problems.length > 0) run.failed(item, problems.map(messageOf));
  else if (unknown.length > 0) run.skipped(item);
  else run.passed(item);
}

function messageOf({ markdown }: CheckedResult): TestMessage {
  return new TestMessage(new MarkdownString(markdown));
}
