/** What the two Node drivers share: reads cases, one JSON object a line, and answers one line a case. */
import { createInterface } from "node:readline";

/** @param {(url: string) => Promise<{error?: string, proxy?: string}>} request */
export async function serve(request) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { env, url } = JSON.parse(line);
    for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
    Object.assign(process.env, env);
    const answer = await request(url).catch((error) => ({ error: error.code ?? error.name }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
