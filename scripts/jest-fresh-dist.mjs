import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Before the end-to-end specs, which run what was built: builds once, unless dist/ is current. */
export default function freshDist() {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the end-to-end specs need a build');
}
