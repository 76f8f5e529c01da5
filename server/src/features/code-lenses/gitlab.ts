import { msg } from "../../text/message.js";
import type { Document } from "../../workspace/document.js";
import { runnerUrls } from "../runner-urls.js";
import type { Lens } from "./lens.js";

/** The way to GitLab, where a runner names it. */
export function gitlabLenses(document: Document): readonly Lens[] {
  const { uri } = document;
  return runnerUrls(document).map(({ url, range }) => {
    return { range, title: msg("Explain route"), command: "explainRoute", argument: { url, uri } };
  });
}
