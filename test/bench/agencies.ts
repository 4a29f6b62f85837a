import { createServer } from 'node:http';
import { latenciesOf } from './latency.ts';

/**
 * Simulated agencies in a process of their own: a city registry's REST wire, each with its own seeded answer time. Tells
 * its parent the port, and on request when the last answer of a round left, in milliseconds since 1970.
 */
const [countText = '0', seedText = '1', capText = '5000', everyText = '200', housesText = '1'] = process.argv.slice(2);
const count = Number(countText);
const latencies = latenciesOf(count, { seed: Number(seedText), capMs: Number(capText) });
const foundEvery = Number(everyText);
const housesEach = Number(housesText);
let lastAnswerAt = 0;
let answers = 0;

const head = { returnCode: '0000', total: '0', size: '50', page: '1' };
const nothing = JSON.stringify({ success: false, head: { ...head, msg: '查询当前项目信息为空' } });
const houseOf = (n: number, no: number) => ({
  bdcdyh: `990100001001GB${String(n).padStart(5, '0')}F0001${String(no).padStart(4, '0')}`,
  fdzl: `某市某路${n}号${no}室`,
  jzmj: '90.64',
  bdcqzh: `示（2019）不动产权第${n}-${no}号`,
  djsj: '2019-06-01 00:00:00',
  qszt: '1',
  qlrList: [{ qlrmc: '张三', qlrzjzl: '1', qlrzjh: '110100199003074112', qlbl: '1/1', gyfs: '0', sxh: '1' }],
});
const found = (n: number) => {
  const houses = Array.from({ length: housesEach }, (_, index) => houseOf(n, index + 1));
  return JSON.stringify({
    success: true,
    head: { ...head, total: String(houses.length), msg: '' },
    data: { fdcq: houses, cfdj: [], dyaq: [], tdsyq: [], jsydsyq: [], hysyq: [], gjzwsyq: [], lq: [], ygdj: [] },
  });
};

const server = createServer((incoming, outgoing) => {
  const n = Number(/^\/city\/(\d+)\//.exec(incoming.url ?? '')?.[1] ?? 0);
  incoming.resume();
  setTimeout(
    () => {
      outgoing.setHeader('content-type', 'application/json');
      outgoing.setHeader('x-chakong-simulated', '1');
      outgoing.end(n % foundEvery === 1 ? found(n) : nothing);
      lastAnswerAt = performance.timeOrigin + performance.now();
      answers += 1;
    },
    latencies[n % Math.max(1, count)] ?? 0,
  );
});
server.keepAliveTimeout = 120_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('message', (message) => {
  if (message === 'round') {
    process.send?.({ lastAnswerAt, answers, slowestMs: Math.max(...latencies) });
    answers = 0;
  }
  if (message === 'stop') process.exit(0);
});
