import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { exportFault, namingFaults } from './names.ts';
import { findNodes, readSources, type SourceFile, sourcePaths } from './source-files.ts';

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** The names that a file declares and exports. */
const exportedNames = ({ tree }: SourceFile): string[] =>
  findNodes(tree, isExported).flatMap((node) => {
    if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText(tree));
    const name = ts.getNameOfDeclaration(node as ts.Declaration);
    return name ? [name.getText(tree)] : [];
  });

describe('names', () => {
  it.each([
    ['libs/queue/src/inquiryFlow.ts', 'kebab-case'],
    ['libs/queue/src/queue.service.ts', 'suffixes'],
    ['libs/common/src/money.ts', 'says nothing'],
    ['libs/store/src/date-utils.ts', 'says nothing'],
    ['libs/contracts/src/types.ts', 'names a form'],
    ['libs/contracts/src/subject.ts', 'debtor'],
    ['apps/worker/src/bank-provider.ts', 'agency'],
  ])('of files are refused when they mislead: %s', (path, reason) => {
    expect(namingFaults(path)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    'apps/gateway/src/inquiries/inquiries.controller.ts',
    'libs/store/src/journal.spec.ts',
    'libs/store/src/migrations/0001-first-tables.ts',
  ])('of files may be plain: %s', (path) => {
    expect(namingFaults(path)).toEqual([]);
  });

  it.each(['IAgency', 'AgencyImpl', 'ReasonEnum', 'InquiryDto', 'ChannelManager', 'DateUtils'])(
    'of exports are refused when they say nothing: %s',
    (name) => {
      expect(exportFault(name)).not.toBeNull();
    },
  );

  it.each(['Inquiry', 'InquirySchema', 'IbanSchema', 'ids'])('of exports may be plain: %s', (name) => {
    expect(exportFault(name)).toBeNull();
  });

  it('of every file follow the rules', () => {
    expect(sourcePaths().flatMap(namingFaults)).toEqual([]);
  });

  it('of every export follow the rules', () => {
    const faults = readSources().flatMap((file) =>
      exportedNames(file).flatMap((name) => (exportFault(name) === null ? [] : [`${file.path} ${exportFault(name)}`])),
    );
    expect(faults).toEqual([]);
  });
});
