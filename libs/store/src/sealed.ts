import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { StoreFault } from './store-fault.ts';

type Keys = {
  seal(bytes: Uint8Array, context: string): Uint8Array;
  open(bytes: Uint8Array, context: string): Uint8Array;
};

/** Compressed and sealed columns. The context is `<table>.<column>/<identity of the row>`. */
export type Seals = {
  sealJson(value: unknown, context: string): Uint8Array;
  /** The same for a large value: it is compressed beside the event loop. */
  sealLargeJson(value: unknown, context: string): Promise<Uint8Array>;
  /**
   * What `sealJson` was given under this context. The type is trusted, because the seal proves that the bytes are those
   * this library wrote; where a value is small and rarely read, the reader parses it by its schema as well.
   * @throws when the seal does not fit
   */
  openJson<T>(bytes: Uint8Array, context: string): T;
  sealBytes(bytes: Uint8Array, context: string): Uint8Array;
  openBytes(bytes: Uint8Array, context: string): Uint8Array;
};

const level = 3; // beyond it, batches of answers shrink by a few per cent and take twice the time
const largestBytes = 268_435_456;

const options = { params: { [constants.ZSTD_c_compressionLevel]: level } };

const compressAside = promisify(zstdCompress);

const isAsWritten = <T>(value: unknown): value is T => value !== undefined;

export function createSeals(keys: Keys): Seals {
  const sealBytes = (bytes: Uint8Array, context: string) => keys.seal(zstdCompressSync(bytes, options), context);
  const openBytes = (bytes: Uint8Array, context: string) =>
    zstdDecompressSync(keys.open(bytes, context), { maxOutputLength: largestBytes });
  return {
    sealBytes,
    openBytes,
    sealJson: (value, context) => sealBytes(Buffer.from(JSON.stringify(value), 'utf8'), context),
    async sealLargeJson(value, context) {
      const bytes = Buffer.from(JSON.stringify(value), 'utf8');
      return keys.seal(await compressAside(bytes, options), context);
    },
    openJson: <T>(bytes: Uint8Array, context: string): T => {
      const value: unknown = JSON.parse(openBytes(bytes, context).toString('utf8'));
      if (!isAsWritten<T>(value)) throw new StoreFault('seal-mismatch');
      return value;
    },
  };
}
