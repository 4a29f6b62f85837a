import type { IncomingMessage } from 'node:http';

/** The body, or null when it is longer than `atMostBytes` (the rest is not read). */
export async function readBody(message: IncomingMessage, atMostBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    sizeBytes += bytes.length;
    if (sizeBytes > atMostBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, sizeBytes);
}
