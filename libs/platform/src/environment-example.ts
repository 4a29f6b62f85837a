import { variables } from './environment.ts';

const head = [
  '# Settings of Chakong Gateway. This file is made from libs/platform; a test compares the two.',
  '# Every line shows a default; remove the # to change it. Empty means unset. Flags of the command line win.',
  '# NODE_ENV=production refuses simulated channels in every profile.',
  '# Secrets may be mounted as files: NAME_FILE names the file that holds NAME.',
];

/** The text of `.env.example`. */
export function environmentExample(): string {
  const blocks = variables().map(([, { name, default: text, expected, unit, meaning, isSecret }]) => {
    const notes = [expected, ...(unit === null ? [] : [`unit: ${unit}`]), ...(isSecret ? [`or ${name}_FILE`] : [])];
    return ['', `# ${meaning}`, `# ${notes.join('; ')}`, `#${name}=${text ?? ''}`].join('\n');
  });
  return `${[...head, ...blocks].join('\n')}\n`;
}
