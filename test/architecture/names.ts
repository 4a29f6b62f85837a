/** Words that name nothing, or that stand for an idea with a name of its own in the glossary. */
const bannedWords: Readonly<Record<string, string>> = Object.fromEntries([
  ...['common', 'core', 'base', 'abstract', 'generic', 'misc', 'info'].map((word) => [word, 'says nothing']),
  ...['util', 'utils', 'helper', 'helpers', 'manager', 'handler'].map((word) => [
    word,
    'says nothing: name what it does',
  ]),
  ...['service', 'interface', 'types', 'dto', 'constants', 'enum'].map((word) => [word, 'names a form, not a thing']),
  ...['subject', 'target'].map((word) => [word, 'is called debtor here']),
  ['provider', 'is called agency, channel or adapter here'],
]);

const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const nestRoles = ['controller', 'module', 'guard', 'filter', 'interceptor', 'pipe'];
const suffixes = new RegExp(`^(?:\\.(?:${nestRoles.join('|')}))?(?:\\.(?:spec|config))?\\.tsx?$`);

/** What is wrong with the name of a file or of a folder above it; one sentence each. */
export const namingFaults = (path: string): string[] => {
  const [file = '', ...folders] = path.split('/').toReversed();
  const stem = file.split('.', 1).join('');
  const parts = [stem, ...folders];
  const words = parts.flatMap((part) => part.split('-'));
  return [
    ...parts.filter((part) => !kebab.test(part)).map((part) => `${path}: "${part}" is not kebab-case`),
    ...(suffixes.test(file.slice(stem.length)) ? [] : [`${path}: only Nest roles and .spec are suffixes`]),
    ...words.filter((word) => word in bannedWords).map((word) => `${path}: "${word}" ${bannedWords[word]}`),
  ];
};

const bannedForm = /^I[A-Z][a-z]|(?:Impl|Enum|Dto|Manager|Helpers?|Utils?)$/;

/** What is wrong with the name of an export; null when nothing is. */
export const exportFault = (name: string): string | null =>
  bannedForm.test(name) ? `"${name}": no I…, …Impl, …Enum, …Dto, and no words that name nothing` : null;
