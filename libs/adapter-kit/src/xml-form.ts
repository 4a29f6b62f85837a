const name = '[\\p{L}_:][\\p{L}\\p{M}\\p{N}_:.·-]*';
const startTag = new RegExp(`<(${name})`, 'uy');
const attributeStart = new RegExp(`\\s+(${name})\\s*=\\s*(["'])`, 'uy');
const tagEnd = /\s*(\/?)>/y;
const endTag = new RegExp(`</(${name})\\s*>`, 'uy');
/** Parts that are skipped as they stand: where they begin and end. */
const opaque = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** How deep the elements of a text nest; null if it is not one well-formed XML document without a document type. */
export function wellFormedDepth(text: string): number | null {
  const open: string[] = [];
  let [at, roots, depth] = [text.startsWith('\uFEFF') ? 1 : 0, 0, 0];
  while (at < text.length) {
    const part = partAt(text, at);
    if (!part || (open.length === 0 && !part.mayStandOutside)) return null;
    if (part.closes !== undefined && open.pop() !== part.closes) return null;
    if (part.opens !== undefined) {
      if (open.length === 0) roots += 1;
      open.push(part.opens);
      depth = Math.max(depth, open.length);
      if (part.isEmpty) open.pop();
    }
    at = part.end;
  }
  return open.length === 0 && roots === 1 ? depth : null;
}

interface Part {
  readonly end: number;
  readonly opens?: string;
  readonly isEmpty?: boolean;
  readonly closes?: string;
  readonly mayStandOutside: boolean; // of the root element
}

function partAt(text: string, at: number): Part | null {
  if (text[at] !== '<') {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    return { end, mayStandOutside: text.slice(at, end).trim() === '' };
  }
  const kind = opaque.find(([start]) => text.startsWith(start, at));
  if (kind) {
    const last = text.indexOf(kind[1], at + kind[0].length);
    return last < 0 ? null : { end: last + kind[1].length, mayStandOutside: kind[1] !== ']]>' };
  }
  const [whole, closes] = matchAt(endTag, text, at) ?? [];
  if (whole !== undefined && closes !== undefined) return { end: at + whole.length, closes, mayStandOutside: false };
  return startTagAt(text, at);
}

/** Values are found by their closing quote, so that a document of megabytes inside one costs no more than its length. */
function startTagAt(text: string, at: number): Part | null {
  const [start, opens] = matchAt(startTag, text, at) ?? [];
  if (start === undefined || opens === undefined) return null;
  const attributes = new Set<string>();
  for (let next = at + start.length; ; ) {
    const [end, slash] = matchAt(tagEnd, text, next) ?? [];
    if (end !== undefined) return { end: next + end.length, opens, isEmpty: slash === '/', mayStandOutside: true };
    const [before, attribute = '', quote = ''] = matchAt(attributeStart, text, next) ?? [];
    if (before === undefined || attributes.has(attribute)) return null;
    attributes.add(attribute);
    const valueAt = next + before.length;
    const valueEnd = text.indexOf(quote, valueAt);
    if (valueEnd < 0 || text.slice(valueAt, valueEnd).includes('<')) return null;
    next = valueEnd + 1;
  }
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at;
  return sticky.exec(text);
}
