const most = 300;

/**
 * A body with one field renamed or removed, cut off, or emptied; each a thing that happens on real wires. The body is
 * text: XML by its attributes and elements, JSON by its keys.
 */
export function mutationsOf(text: string): readonly { readonly what: string; readonly text: string }[] {
  const attributes = namesIn(text, /\s([\p{L}_][\p{L}\p{N}_.:-]*)\s*=\s*"/gu);
  const elements = namesIn(text, /<([\p{L}_][\p{L}\p{N}_.:-]*)[\s/>]/gu);
  const keys = namesIn(text, /"([^"\\]{1,60})"\s*:/g);
  const mutations = [
    ...attributes.flatMap((name) => [
      {
        what: `attribute ${name} renamed`,
        text: text.replace(attributeNamed(name), (_, space: string, rest: string) => `${space}${name}X${rest}`),
      },
      {
        what: `attribute ${name} removed`,
        text: text.replace(new RegExp(`\\s${escaped(name)}\\s*=\\s*"[^"]*"`, 'gu'), ''),
      },
    ]),
    ...elements.map((name) => ({
      what: `element ${name} renamed`,
      text: text.replace(new RegExp(`(</?)${escaped(name)}(?=[\\s/>])`, 'gu'), `$1${name}X`),
    })),
    ...keys.map((name) => ({
      what: `key ${name} renamed`,
      text: text.replace(new RegExp(`"${escaped(name)}"(\\s*:)`, 'gu'), `"${name}X"$1`),
    })),
    ...[0.25, 0.5, 0.75, 0.95].map((share) => ({
      what: `cut after ${share}`,
      text: text.slice(0, Math.floor(text.length * share)),
    })),
    { what: 'emptied', text: '' },
  ];
  return mutations.filter((each) => each.text !== text).slice(0, most);
}

const attributeNamed = (name: string): RegExp => new RegExp(`(\\s)${escaped(name)}(\\s*=\\s*")`, 'gu');

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');

const namesIn = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])),
];
