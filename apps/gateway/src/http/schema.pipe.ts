import { type ArgumentMetadata, Injectable, type PipeTransform, StandardSchemaValidationPipe } from '@nestjs/common';
import { notFound, ProblemError } from './problem-error.ts';
import { problemItems, type SchemaIssue } from './schema-issues.ts';

/** Carries the issues out of Nest's pipe. */
class IssuesFound extends Error {
  override readonly name = 'IssuesFound';
  readonly issues: readonly SchemaIssue[];

  constructor(issues: readonly SchemaIssue[]) {
    super('the value does not fit its schema');
    this.issues = issues;
  }
}

const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => new IssuesFound(issues.map((issue) => ({ ...issue }))),
});

/** Parses body, query and ids once, at the edge, and names everything that is wrong at once. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      const parsed: unknown = await validation.transform(value, metadata);
      return parsed;
    } catch (error) {
      if (!(error instanceof IssuesFound)) throw error;
      throw problemOfIssues(error.issues, value, metadata.type);
    }
  }
}

function problemOfIssues(issues: readonly SchemaIssue[], value: unknown, type: ArgumentMetadata['type']): ProblemError {
  if (type === 'param') return notFound('thing');
  const isQuery = type === 'query';
  const errors = problemItems(issues, { in: isQuery ? 'query' : 'body', value });
  const isUnknown = isQuery && issues.some(({ code }) => code === 'unrecognized_keys');
  const detail = `${errors.length} ${errors.length === 1 ? 'item does' : 'items do'} not fit.`;
  return new ProblemError(isUnknown ? 'unknown-parameter' : 'validation', detail, { errors });
}
