/**
 * A pure function of texts that remembers its answers. A host says the same few addresses and lists again and again, and
 * a keystroke changes one of them. When there are `most` answers all are forgotten, so that memory stays bounded.
 */
export function remembering<Arguments extends readonly string[], Answer>(
  compute: (...texts: Arguments) => Answer,
  most = 2000,
): (...texts: Arguments) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (...texts) => {
    const key = texts.join("\0");
    const found = known.get(key);
    if (found) return found.answer;
    if (known.size >= most) known.clear();
    const answer = compute(...texts);
    // A long text is seldom seen twice, and would keep much.
    if (key.length < 2000) known.set(key, { answer });
    return answer;
  };
}
