import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, it } from '@jest/globals';
import { syntheticDebtor, truthOf } from '../../apps/simulator/src/index.ts';
import { atOnce } from './court.ts';
import { type Product, startProduct } from './product.ts';
import { differences } from './true-report.ts';
let product: Product;
beforeAll(async () => {
  product = await startProduct({ latency: 0.05, pollMs: 1000, environment: { CHAKONG_LOG_LEVEL: 'warn' } });
}, 60_000);
afterAll(() => product?.stop());
const cpu = () => Object.entries(product.running).map(([n, p]) => { const f = readFileSync(`/proc/${p.pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return `${n} ${(Number(f[11]) + Number(f[12])) / 100}s`; }).join(' ');
it('x', async () => {
  const t0 = performance.now();
  const lat: number[] = [];
  const wrong = await atOnce(Number(process.env['C'] ?? 20), [...Array(Number(process.env['N'] ?? 100)).keys()], async (n) => {
    const debtor = syntheticDebtor(1, n);
    const t = performance.now();
    const id = await product.court.ask(debtor);
    const report = await product.court.closed(id, { complete: true, everyMs: 500 });
    lat.push(performance.now() - t);
    return differences(report, truthOf({ seed: 1, debtor, agencies: product.agencies }));
  });
  lat.sort((a, b) => a - b);
  console.log('total', (performance.now() - t0) / 1000, 'p50', lat[lat.length >> 1], 'max', lat.at(-1), cpu());
  console.log(wrong.flat().slice(0, 20), wrong.flat().length);
  console.log(product.written().slice(-1500));
}, 110_000);
