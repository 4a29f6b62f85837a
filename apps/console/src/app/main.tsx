/** Only a browser that lacks something loads the stand-ins (ux.md §14); the newest of them tells. */
const isOld = !('withResolvers' in Promise) || !('groupBy' in Object) || !('toSorted' in Array.prototype);

async function begin(): Promise<void> {
  if (isOld || !('Iterator' in globalThis)) await import('./polyfills.ts');
  const { start } = await import('./start.tsx');
  await start();
}

void begin();
