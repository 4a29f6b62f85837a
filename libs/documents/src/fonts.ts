import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');

/** Noto Sans SC, of which only the used characters go into a document. */
export const regularFont = join(folder, 'NotoSansHans-Regular.otf');
export const boldFont = join(folder, 'NotoSansHans-Bold.otf');
