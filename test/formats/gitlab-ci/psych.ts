import { spawnSync } from "node:child_process";

const program = `
require "json"
require "psych"
texts = JSON.parse(STDIN.read)
def scalars(node, out)
  out << node.value if node.is_a?(Psych::Nodes::Scalar)
  (node.children || []).each { |child| scalars(child, out) }
  out
end
puts JSON.generate(texts.map { |text|
  begin
    scalars(Psych.parse_stream(text), [])
  rescue Psych::SyntaxError
    nil
  end
})
`;

/** The scalars of each text in order, as Ruby's Psych (libyaml) reads them, which is what GitLab uses; null where it rejects the text. */
export function psychScalars(texts: readonly string[]): readonly (readonly string[] | null)[] {
  const { stdout, stderr, status } = spawnSync("ruby", ["-e", program], {
    input: JSON.stringify(texts),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  const read: unknown = JSON.parse(stdout);
  if (!Array.isArray(read)) throw new Error("no list");
  return read;
}
