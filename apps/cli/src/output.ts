import stringWidth from 'string-width';

/** Results go to stdout, progress and words about it to stderr; colour and moving lines only on a terminal. */
export interface Output {
  readonly colours: boolean;
  readonly moving: boolean; // stderr is a terminal: a line may be drawn again
  readonly columns: number;
  result(text: string): void;
  progress(text: string): void;
  /** Draws the line at the bottom again; null takes it away. */
  status(text: string | null): void;
}

interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

export function openOutput(
  streams: { readonly out: Stream; readonly err: Stream },
  { json, quiet, colour }: OutputOptions,
): Output {
  const { out, err } = streams;
  const moving = err.isTTY && !quiet;
  let status: string | null = null;
  const erase = () => {
    if (moving && status !== null) err.write('\r\u001B[2K');
  };
  const draw = () => {
    if (moving && status !== null) err.write(status);
  };
  return {
    colours: colour && !json && out.isTTY,
    moving,
    columns: Math.max(60, err.columns ?? 100),
    result(text) {
      erase();
      out.write(`${text}\n`);
      draw();
    },
    progress(text) {
      if (quiet) return;
      erase();
      err.write(`${text}\n`);
      draw();
    },
    status(text) {
      erase();
      status = text;
      draw();
    },
  };
}

/** Pads by what a terminal shows: a Chinese character takes two columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const gap = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return side === 'left' ? text + gap : gap + text;
}

/** Cuts at `width` columns, with an ellipsis where something is lost. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
