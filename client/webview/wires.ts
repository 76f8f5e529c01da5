/** From the right end of an address to the left side of a box. */
export interface Wire {
  readonly from: Element;
  readonly to: Element;
  readonly look: "right" | "warning" | "error";
}

const namespace = "http://www.w3.org/2000/svg";

/** Length and half width of an arrow's head, in pixels. */
const head = { length: 9, width: 5 };

/** Draws all wires anew, as wide and high as what they connect. */
export function drawWires(svg: SVGElement, chain: Element, wires: readonly Wire[]): void {
  const origin = chain.getBoundingClientRect();
  svg.setAttribute("width", String(chain.scrollWidth));
  svg.setAttribute("height", String(chain.scrollHeight));
  const ends = new Map<Element, readonly Wire[]>();
  for (const wire of wires) ends.set(wire.to, [...(ends.get(wire.to) ?? []), wire]);
  const paths = [...ends].flatMap(([to, arriving]) => {
    const target = to.getBoundingClientRect();
    return arriving.flatMap(({ from, look }, index) => {
      const start = from.getBoundingClientRect();
      // The line under the address goes on as the wire; many that arrive share the box's side.
      const line = (from.querySelector(".address") ?? from).getBoundingClientRect().bottom;
      const y = target.top + (target.height * (index + 1)) / (arriving.length + 1);
      return wire(
        { x: start.right - origin.left, y: line - origin.top - 1 },
        { x: target.left - origin.left, y: y - origin.top },
        look,
      );
    });
  });
  svg.replaceChildren(...paths);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function wire(from: Point, to: Point, look: Wire["look"]): readonly SVGElement[] {
  const end = to.x - head.length + 1;
  const middle = (from.x + end) / 2;
  return [
    path(`M ${from.x} ${from.y} C ${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`, `wire ${look}`),
    path(`M ${to.x} ${to.y} l ${-head.length} ${-head.width} v ${2 * head.width} Z`, `head ${look}`),
  ];
}

function path(line: string, className: string): SVGElement {
  const made = document.createElementNS(namespace, "path");
  made.setAttribute("d", line);
  made.setAttribute("class", className);
  return made;
}
