import { l10n, ProgressLocation, window } from "vscode";
import type { HostCheck } from "../check/host-check.js";
import type { ReportPage } from "../check/report-page.js";
import type { StepTests } from "../check/step-tests.js";

/** Checks the server's machine step by step, and opens the report. @returns whether there is a new one */
export async function checkHost(check: HostCheck, steps: StepTests, page: ReportPage): Promise<boolean> {
  const client = await check.ready();
  if (!client) return false;
  const report = await window.withProgress(
    { location: ProgressLocation.Notification, cancellable: true, title: l10n.t("Checking this host") },
    (progress, token) => {
      let reached = 0;
      return steps.runAll(client, token, ({ text, done = reached, total }) => {
        const increment = total === undefined ? 0 : (100 * (done - reached)) / total;
        reached = done;
        progress.report({ message: text, increment });
      });
    },
  );
  if (!report) return false;
  await page.show();
  void offerCopy(page, report.problems, report.unknown);
  return true;
}

async function offerCopy(page: ReportPage, problems: number, unknown: number): Promise<void> {
  const copy = l10n.t("Copy Report");
  const summary = l10n.t("Problems: {0}, not to be told here: {1}", problems, unknown);
  if ((await window.showInformationMessage(summary, copy)) === copy) await page.copy();
}
