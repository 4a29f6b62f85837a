interface ShapeLimits {
  readonly maxDepth: number;
  readonly maxValues: number; // in all lists and objects together
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Whether a JSON text nests too deep or holds too many values, seen before it is parsed: what walks it afterwards needs
 * neither limit of its own. Says nothing about a text that is not JSON.
 */
export function jsonShape(text: string, { maxDepth, maxValues }: ShapeLimits): 'fine' | 'too-deep' | 'too-many' {
  let depth = 0;
  let values = 1;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) isText = !isText;
    else if (isText) at += code === backslash ? 1 : 0;
    else if (code === comma) values += 1;
    else if ((code | 0x20) === 0x7b)
      depth += 1; // [ and {
    else if ((code | 0x20) === 0x7d) depth -= 1;
    if (depth > maxDepth) return 'too-deep';
    if (values > maxValues) return 'too-many';
  }
  return 'fine';
}
