import { Agent, request } from 'node:http';
import { readBody } from '../http-body.ts';
import { soapCall, soapReturn } from './wire-w.ts';

/** A bank's connection to the court's door. */
export interface DoorClient {
  /** Calls an operation and gives the text of its reply; null when the door gave none (fault, refusal, broken connection). */
  call(door: DoorAddress, operation: string, args: readonly string[]): Promise<string | null>;
  /** Sends a call and cuts the connection in the middle of it. */
  breakOff(door: DoorAddress, operation: string, args: readonly string[]): Promise<void>;
  close(): void;
}

export interface DoorAddress {
  readonly url: URL;
  readonly namespace: string;
}

const atMostReplyBytes = 67_108_864;
const patienceMs = 60_000;

export const simulatedHeader = { 'x-chakong-simulated': '1' } as const;

export function openDoorClient(connections: number): DoorClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = ({ namespace }: DoorAddress, operation: string, body: Buffer): Record<string, string | number> => ({
    ...simulatedHeader,
    'content-type': 'text/xml; charset=utf-8',
    'content-length': body.length,
    soapaction: `"${namespace}SyyhConvertDataHandle/${operation}"`,
  });

  return {
    call: (door, operation, args) =>
      new Promise((resolve) => {
        const body = Buffer.from(soapCall(door.namespace, operation, args));
        const sent = request(door.url, {
          method: 'POST',
          agent,
          headers: headers(door, operation, body),
          timeout: patienceMs,
        });
        sent.once('timeout', () => sent.destroy());
        sent.on('error', () => resolve(null));
        sent.once('response', (reply) => {
          readBody(reply, atMostReplyBytes).then(
            (bytes) => resolve(bytes === null || reply.statusCode !== 200 ? null : soapReturn(bytes.toString('utf8'))),
            () => resolve(null),
          );
        });
        sent.end(body);
      }),
    breakOff: (door, operation, args) =>
      new Promise((resolve) => {
        const body = Buffer.from(soapCall(door.namespace, operation, args));
        const sent = request(door.url, { method: 'POST', headers: headers(door, operation, body) });
        sent.on('error', () => resolve());
        sent.once('close', () => resolve());
        sent.write(body.subarray(0, Math.floor(body.length / 2)), () => sent.destroy());
      }),
    close: () => agent.destroy(),
  };
}
