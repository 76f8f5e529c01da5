import type { Span } from "../text/span.js";

/** A value in brackets that is to be filled in: `<proxy>`, `<your proxy's address>:<port>`. */
const bracketed = /<[^<>\n]{1,200}>/g;
/** What stands between the signs of an address, or a whole value of another kind. */
const words = /[^\s:/@?#,;"'`<>]+/g;

/**
 * Words that are told by themselves. Names below example.com, example.org and example.net belong to nobody (RFC 2606);
 * `.example` and `.test` are left alone, since people anonymise with them.
 */
const telling: readonly RegExp[] = [
  /^docker0_interface_ip$/i,
  /^(?:[\w-]+\.)*example\.(?:com|org|net)$/i,
  /^set_hash_here$/i,
  /^x{4,}$/i,
  /^change[_-]?(?:me|it)$/i,
  /^(?:place_?holder|replace[_-]?(?:me|this)|to[_-]?be[_-]?(?:done|defined|filled)|fill[_-]?me)$/i,
  // An address with letters for numbers: 10.x.x.x, xxx.xxx.xxx.xxx.
  /^(?=.*x)(?:\d{1,3}|x{1,3})(?:\.(?:\d{1,3}|x{1,3})){3}$/i,
];

/** Words that hold "your", which is looked for first: V8 takes most of a millisecond to make such a pattern ready. */
const yours: readonly RegExp[] = [
  // A label of a host that begins with "your". yourserver.de is a real one.
  /^(?:.*\.)?your[-_]?(?:proxy|company|corp|corporate|domain|org|organi[sz]ation)(?:[-_]?(?:host|server|name|address|ip|url))?(?:\..*)?$/i,
  /^your[-_](?:user|username|name|password|account|secret|host|ip|server)(?:[-_]\w+)*$/i,
];

/** Words in capitals, as a variable's name is: MY_PROXY, PROXY_HOST, PARENT_IP. */
const capitals: readonly RegExp[] = [
  /^(?:YOUR|MY)[_-](?:PROXY|USER|PASS|DOMAIN|HOST|SERVER|IP|PORT|ADDRESS|COMPANY|ACCOUNT|NAME|SECRET|HASH)[A-Z\d_-]*$/,
  /^(?:HTTPS?_)?(?:PROXY|PARENT|UPSTREAM)_(?:HOST|HOSTNAME|NAME|IP|IPADDR|ADDRESS|ADDR|SERVER|URL|PORT|USER|USERNAME|PASS|PASSWORD|DOMAIN)$/,
  /^(?:REPLACE|INSERT|ENTER|FILL_IN)_[A-Z][A-Za-z\d_]*$/,
  /^(?:USERNAME|USER_?NAME|PASSWORD|HOSTNAME|IP_?ADDRESS|YOURPROXY|MYPROXY)$/,
];

/** Words that are placeholders where they are all of a host, a port, a user name or a value. */
const whole = /^(?:USER|PASS|DOMAIN|PROXY|HOST|IP|SERVER|ADDRESS|PORT)$/;

/** What stands before `:port` for a host. */
const generic = /^(?:(?:proxy[-_]?)?host(?:name)?|proxy|server|address|ip)$/;

/** The first placeholder in an address or a value; undefined where there is none. Linear. */
export function placeholderIn(text: string): Span | undefined {
  return placeholdersIn(text)[0];
}

/** Every placeholder in an address or a value, in order. Real names never match: each word is judged as a whole. */
export function placeholdersIn(text: string): readonly Span[] {
  const found: Span[] = [];
  const host = text.lastIndexOf("@") + 1;
  for (const { 0: word, index: start } of text.matchAll(bracketed)) {
    const end = start + word.length;
    // Inside a password brackets may be its own characters.
    if (end > host || (isEdge(text[start - 1]) && isEdge(text[end]))) found.push({ start, end });
  }
  const inBrackets = found.slice();
  let next = 0;
  let before = "";
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length;
    while ((inBrackets[next]?.end ?? end) <= index) next++;
    const alone = isEdge(text[index - 1]) && isEdge(text[end]);
    const port = isPortWord(text, index, word);
    if ((inBrackets[next]?.start ?? end) >= end) {
      // host:port is one placeholder.
      if (port) found.push({ start: generic.test(before) ? index - before.length - 1 : index, end });
      else if (tells(word) || (alone && whole.test(word))) {
        found.push({ start: index, end });
      }
    }
    before = word;
  }
  return found.sort((a, b) => a.start - b.start);
}

function tells(word: string): boolean {
  const matches = (pattern: RegExp) => pattern.test(word);
  if (/your/i.test(word) && yours.some(matches)) return true;
  return (/^[A-Z]/.test(word) && capitals.some(matches)) || telling.some(matches);
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || character === ":" || character === "/" || character === "@";
}

/** `host:port`: a word where only a number can stand. The password of `user:port@host` is none. */
function isPortWord(text: string, start: number, word: string): boolean {
  if (!/^(?:proxy[-_]?)?port$/i.test(word) || text[start - 1] !== ":") return false;
  const next = text[start + word.length];
  return next === undefined || next === "/";
}
