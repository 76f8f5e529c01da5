import type { Service } from "../../service.js";
import { gitlabLenses } from "./gitlab.js";
import type { Lens } from "./lens.js";
import { scriptLenses } from "./scripts.js";

/** The commands that a document's lines offer, in the order in which they are shown. */
export function codeLenses(service: Service, uri: string): readonly Lens[] {
  const document = service.document(uri);
  return document ? [...gitlabLenses(document), ...scriptLenses(document)] : [];
}
