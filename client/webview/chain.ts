/** The page that shows the chain: boxes in columns, beside each the addresses that it goes to, and wires to those. */
import {
  isPictureData,
  type PictureData,
  type PictureHop,
  type PictureHost,
  type PictureLink,
  type PictureMessage,
} from "../src/chain/picture-data.js";
import { drawWires, type Wire } from "./wires.js";

declare function acquireVsCodeApi(): { postMessage(message: PictureMessage): void };

const editor = acquireVsCodeApi();
const main = document.querySelector("main") ?? document.body;
/** Watches for what moves the boxes: the window's size, another font. */
const observer = new ResizeObserver(() => {
  for (const redraw of redraws) redraw();
});
let redraws: (() => void)[] = [];

window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isPictureData(data)) show(data);
});
editor.postMessage({ type: "ready" });

function show({ hosts, texts }: PictureData): void {
  const focused = document.activeElement?.id;
  observer.disconnect();
  redraws = [];
  const copy = button("copy", texts.copy, () => editor.postMessage({ type: "copy" }));
  copy.textContent = texts.copy;
  const header = element("header", "", element("h1", "", texts.title), ...(hosts.length > 0 ? [copy] : []));
  const pictures = hosts.map((host, index) => picture(host, `host${index}`));
  main.replaceChildren(header, ...(hosts.length > 0 ? pictures : [element("p", "", texts.empty)]));
  for (const redraw of redraws) redraw();
  // What is shown anew, the keyboard finds where it was.
  if (focused) document.getElementById(focused)?.focus();
}

function picture({ name, hops }: PictureHost, id: string): HTMLElement {
  const boxes = hops.map((hop, index) => box(hop, `${id}-${index}`));
  const wires: Wire[] = [];
  const items = hops.map((hop, index) => {
    const links = hop.links.map((link, at) => {
      const from = stub(link, `${id}-${index}-${at}`);
      const to = boxes[link.to];
      if (to) wires.push({ from, to, look: link.problem ? (link.problem.error ? "error" : "warning") : "right" });
      return element("li", "", from);
    });
    const list = links.length > 0 ? [element("ul", "links", ...links)] : [];
    return { column: hop.column, item: element("li", "hop", boxes[index] ?? "", ...list) };
  });
  const columns = [...new Set(items.map(({ column }) => column))].sort((a, b) => a - b);
  const lists = columns.map((column) =>
    element("ol", "column", ...items.flatMap((one) => (one.column === column ? [one.item] : []))),
  );
  const chain = element("div", "chain", ...lists);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  chain.prepend(svg);
  redraws.push(() => drawWires(svg, chain, wires));
  observer.observe(chain);
  return element("section", "", ...(name === "" ? [] : [element("h2", "", name)]), chain);
}

function box({ title, state, look, label, place }: PictureHop, id: string): HTMLElement {
  const texts = [element("span", "title", title), ...(state === "" ? [] : [element("span", "state", state)])];
  const made = place === undefined ? element("div", "") : button(id, label, () => open(place));
  made.classList.add("box", look);
  made.append(...texts);
  return made;
}

function stub({ address, problem, label, place }: PictureLink, id: string): HTMLElement {
  const made = button(id, label, () => open(place));
  made.classList.add("link", problem ? (problem.error ? "error" : "warning") : "right");
  made.append(element("span", "address", address));
  if (problem) {
    made.append(element("span", "message", problem.message));
    made.title = `${problem.message} (${problem.rule})`;
  }
  return made;
}

function open(place: number): void {
  editor.postMessage({ type: "open", place });
}

function button(id: string, label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.id = id;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", press);
  return made;
}

function element(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...content);
  return made;
}
