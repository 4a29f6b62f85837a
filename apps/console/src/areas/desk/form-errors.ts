import { failureOf } from '../../shared/api/problem.ts';
import type { FieldError } from './form-parts.tsx';

/**
 * What the gateway found wrong, by field: the first part of the pointer that is the id of a field. What belongs to no field
 * of the form stands at its first one, so that nothing is lost.
 */
export function fieldErrorsOf(error: unknown, fields: readonly string[]): readonly FieldError[] {
  const failure = failureOf(error);
  const [first = ''] = fields;
  if (failure.kind !== 'problem') return [];
  const { errors, detail } = failure.problem;
  if (errors.length === 0) return [{ field: first, text: detail }];
  return errors.map((item) => {
    const [, head = ''] = (item.pointer ?? '').split('/');
    return { field: fields.includes(head) ? head : first, text: `${item.detail} ${item.fix}` };
  });
}
