/** Keys whose value is a secret by their name. */
const secretKey = /(?:password|passwd|passphrase|secret|token|api-?key|access-?key|private-?key)$/i;

/** Paths of secrets that stand in a file as they are. `{ secret: name }` is a reference, not a secret. */
export function plainSecretPaths(value: unknown): readonly (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => below(index, item));
  if (typeof value !== 'object' || value === null) return [];
  const pairs: readonly [string, unknown][] = Object.entries(value);
  const isReference = pairs.length === 1 && pairs[0]?.[0] === 'secret';
  return pairs.flatMap(([key, inner]) => {
    const isText = typeof inner === 'string' || typeof inner === 'number';
    return isText && secretKey.test(key) && !isReference ? [[key]] : below(key, inner);
  });
}

function below(key: string | number, value: unknown): (string | number)[][] {
  return plainSecretPaths(value).map((path) => [key, ...path]);
}
