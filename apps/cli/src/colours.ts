import type { Verdict } from '#contracts';

/** The one visual language of verdicts (domain.md §5.1): glyph and word carry the meaning, colour only helps. Never green, never red. */
export const verdictSigns: Readonly<
  Record<Verdict, { readonly glyph: string; readonly zh: string; readonly en: string; readonly colour: string }>
> = {
  found: { glyph: '■', zh: '查有财产', en: 'found', colour: '34' },
  nothing: { glyph: '○', zh: '已反馈：无财产', en: 'nothing', colour: '37' },
  'no-answer': { glyph: '▨', zh: '未反馈', en: 'no answer', colour: '33' },
  'not-asked': { glyph: '–', zh: '未查询', en: 'not asked', colour: '90' },
};

export type Paint = (colour: string, text: string) => string;

/** ANSI colours, or the text as it is when colours are off. */
export const painter = (on: boolean): Paint =>
  on ? (colour, text) => `\u001B[${colour}m${text}\u001B[0m` : (_, text) => text;
