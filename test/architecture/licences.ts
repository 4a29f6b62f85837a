/** What package-lock.json says about one installed package. */
type Locked = { readonly version?: string; readonly license?: string; readonly dev?: boolean };
export type Lock = { readonly packages: Readonly<Record<string, Locked>> };

/** Licences that may be delivered; the font is the only package with OFL-1.1. */
const forProduction: ReadonlySet<string> = new Set(
  'MIT MIT-0 Apache-2.0 BSD-2-Clause BSD-3-Clause ISC 0BSD BlueOak-1.0.0 Unlicense Python-2.0 Zlib OFL-1.1'.split(' '),
);
/** Licences that may also be used for work on the product, which does not contain them. */
const forDevelopment: ReadonlySet<string> = new Set([...forProduction, 'MPL-2.0', 'CC0-1.0', 'CC-BY-4.0']);

/** Packages without a licence field, with the licence read from their text. */
export const reviewed: Readonly<Record<string, string>> = {
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
  'png-js': 'MIT',
  ssh2: 'MIT',
};

/** `(MIT OR CC0-1.0)` is fine when one of them is, `MIT AND ISC` when all are. */
const isAllowed = (expression: string, allowed: ReadonlySet<string>): boolean => {
  const plain = expression.replace(/[()]/g, '');
  if (plain.includes(' AND ')) return plain.split(' AND ').every((part) => isAllowed(part, allowed));
  return plain.split(' OR ').some((licence) => allowed.has(licence.trim()));
};

/** Packages that the product may not contain or be made with, one line each. */
export const licenceFaults = ({ packages }: Lock): string[] =>
  Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, { version, license, dev }]) => {
      const name = path.split('node_modules/').pop() ?? path;
      const licence = license ?? reviewed[name];
      if (licence === undefined) return [`${name}@${version} names no licence: read its text and add it to "reviewed"`];
      return isAllowed(licence, dev ? forDevelopment : forProduction) ? [] : [`${name}@${version} is ${licence}`];
    });
