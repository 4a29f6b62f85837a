import ts from 'typescript';
import { findNodes, isTest, placeOf, type SourceFile } from './source-files.ts';

/** A rule about form that the linter cannot say. `says` teaches whoever breaks it what to do instead. */
export type SourceRule = {
  readonly name: string;
  readonly says: string;
  readonly appliesTo: (path: string) => boolean;
  readonly find: (tree: ts.SourceFile) => readonly ts.Node[];
};

const everywhere = (): boolean => true;
const inSource = (path: string): boolean => !isTest(path);
/** The wrong examples of this folder live in strings, where a search by text would find them. */
const outsideExamples = (path: string): boolean => !path.startsWith('test/architecture/');
const inLibraries = (path: string): boolean => path.startsWith('libs/') && !isTest(path);

/** `a.b(…)` as ['a', 'b']; `f(…)` as ['', 'f']. */
const calleeOf = (node: ts.Node): readonly [object: string, name: string] | undefined => {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  if (ts.isIdentifier(expression)) return ['', expression.text];
  return ts.isPropertyAccessExpression(expression)
    ? [expression.expression.getText(), expression.name.text]
    : undefined;
};

const calls =
  (object: string, name: string) =>
  (node: ts.Node): boolean => {
    const callee = calleeOf(node);
    return callee !== undefined && callee[0] === object && callee[1] === name;
  };

const isEmptyValue = (node: ts.Node | undefined): boolean => {
  if (node === undefined) return false;
  if (ts.isParenthesizedExpression(node)) return isEmptyValue(node.expression);
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  return node.kind === ts.SyntaxKind.NullKeyword;
};

const returnsEmpty = (node: ts.Node): boolean => ts.isReturnStatement(node) && isEmptyValue(node.expression);

const extendsAnythingButError = (node: ts.Node): boolean =>
  ts.isClassLike(node) &&
  (node.heritageClauses ?? []).some(
    ({ token, types }) =>
      token === ts.SyntaxKind.ExtendsKeyword && types.some(({ expression }) => expression.getText() !== 'Error'),
  );

/** The function given to `.catch(…)` of a promise. */
const promiseCatches = (tree: ts.SourceFile): (ts.ArrowFunction | ts.FunctionExpression)[] =>
  findNodes(tree, (node) => calleeOf(node)?.[1] === 'catch').flatMap((node) => {
    const [onError] = ts.isCallExpression(node) ? node.arguments : [];
    return onError && (ts.isArrowFunction(onError) || ts.isFunctionExpression(onError)) ? [onError] : [];
  });

const wordMethods = new Set(['includes', 'match', 'matchAll', 'startsWith', 'endsWith', 'search', 'indexOf']);
const isMessage = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isPropertyAccessExpression(node) && node.name.text === 'message';

/** `error.message.includes(…)`, `/…/.test(error.message)`, `error.message === '…'`. */
const readsWordsOfError = (node: ts.Node): boolean => {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    return (
      (isMessage(expression) && wordMethods.has(name.text)) || (name.text === 'test' && isMessage(node.arguments[0]))
    );
  }
  if (!ts.isBinaryExpression(node)) return false;
  const { left, right, operatorToken } = node;
  return (
    operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken &&
    ((isMessage(left) && ts.isStringLiteral(right)) || (isMessage(right) && ts.isStringLiteral(left)))
  );
};

const catchClauses = (tree: ts.SourceFile): ts.CatchClause[] =>
  findNodes(tree, ts.isCatchClause).filter(ts.isCatchClause);

const isStarExport = (node: ts.Node): boolean =>
  ts.isExportDeclaration(node) && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause));

const emptyCatches = (tree: ts.SourceFile): ts.Node[] => [
  ...catchClauses(tree).filter(({ block }) => block.statements.length === 0),
  ...promiseCatches(tree).filter(({ body }) => ts.isBlock(body) && body.statements.length === 0),
];

const emptyResultsInCatches = (tree: ts.SourceFile): ts.Node[] => [
  ...catchClauses(tree).flatMap(({ block }) => findNodes(block, returnsEmpty)),
  ...promiseCatches(tree).flatMap(({ body }) => (isEmptyValue(body) ? [body] : findNodes(body, returnsEmpty))),
];

const isDateWithoutArguments = (node: ts.Node): boolean =>
  ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0;

/** Comments that switch a checker off. Sizes may be waived in place, with a reason after `--`; nothing else may. */
const silencing = /(?:oxlint|eslint)-disable|biome-ignore|@ts-nocheck/;
const waivedSize =
  /oxlint-disable-next-line (?:max-lines-per-function|max-params) -- \S|oxlint-disable max-lines -- \S/;
const silencedLines = (tree: ts.SourceFile): ts.Node[] =>
  tree.text.split('\n').some((line) => silencing.test(line) && !waivedSize.test(line)) ? [tree] : [];

const readsClock = (node: ts.Node): boolean => isDateWithoutArguments(node) || calls('Date', 'now')(node);

const parsesFloat = (node: ts.Node): boolean => calls('', 'parseFloat')(node) || calls('Number', 'parseFloat')(node);

const namesEnvironmentOfNode = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'NODE_ENV';

const anyNode = (wanted: (node: ts.Node) => boolean) => (tree: ts.SourceFile) => findNodes(tree, wanted);

export const sourceRules: readonly SourceRule[] = [
  {
    name: 'no star export',
    says: 'Name what you export.',
    appliesTo: everywhere,
    find: anyNode(isStarExport),
  },
  {
    name: 'no enum',
    says: 'Use a union of string literals.',
    appliesTo: everywhere,
    find: anyNode(ts.isEnumDeclaration),
  },
  {
    name: 'no inheritance',
    says: 'Nothing inherits, except from Error.',
    appliesTo: everywhere,
    find: anyNode(extendsAnythingButError),
  },
  {
    name: 'no empty catch',
    says: 'Do not swallow errors: throw, or log a code and say why it may go on.',
    appliesTo: inSource,
    find: emptyCatches,
  },
  {
    name: 'no empty result in a catch',
    says: 'A failure is not an empty result: throw, or answer with a reason.',
    appliesTo: inSource,
    find: emptyResultsInCatches,
  },
  {
    name: 'no words of errors',
    says: 'Errors are told apart by their code, never by their words.',
    appliesTo: inSource,
    find: anyNode(readsWordsOfError),
  },
  {
    name: 'no silenced checker',
    says: 'Mend it, or put the file and the reason into the settings of the checker.',
    appliesTo: outsideExamples,
    find: silencedLines,
  },
  {
    name: 'no question for the test',
    says: 'Source never asks whether it is under test.',
    appliesTo: inSource,
    find: anyNode(namesEnvironmentOfNode),
  },
  {
    name: 'no decorator in a library',
    says: 'Decorators live in apps; libraries are functions and values.',
    appliesTo: inLibraries,
    find: anyNode(ts.isDecorator),
  },
  {
    name: 'no own time',
    says: 'Time is passed in: take a clock.',
    appliesTo: inLibraries,
    find: anyNode(readsClock),
  },
  {
    name: 'no own chance',
    says: 'Chance is passed in.',
    appliesTo: inLibraries,
    find: anyNode(calls('Math', 'random')),
  },
  {
    name: 'no float for money',
    says: 'Money is a decimal string.',
    appliesTo: inLibraries,
    find: anyNode(parsesFloat),
  },
];

/** A file that may break a rule, and why. */
type Exemption = { readonly rule: string; readonly path: string; readonly reason: string };

const exemptions: readonly Exemption[] = [
  { rule: 'no own time', path: 'libs/platform/src/clock.ts', reason: 'the home of time' },
  {
    rule: 'no question for the test',
    path: 'libs/platform/src/environment.ts',
    reason: 'refuses simulated channels where NODE_ENV says production',
  },
];

/** Exemptions whose file does not break the rule (any more): they go. */
export const needlessExemptions = (files: readonly SourceFile[]): Exemption[] =>
  exemptions.filter(({ rule: name, path }) => {
    const file = files.find((each) => each.path === path);
    const broken = sourceRules.find((each) => each.name === name);
    return file === undefined || broken === undefined || broken.find(file.tree).length === 0;
  });

const isExempt = (name: string, path: string): boolean =>
  exemptions.some((exemption) => exemption.rule === name && exemption.path === path);

/** What a file breaks, one line per place: where, which rule, what to do instead. */
export const brokenRules = (file: SourceFile): string[] =>
  sourceRules
    .filter(({ name, appliesTo }) => appliesTo(file.path) && !isExempt(name, file.path))
    .flatMap(({ name, says, find }) => find(file.tree).map((node) => `${placeOf(file, node)} ${name}: ${says}`));
