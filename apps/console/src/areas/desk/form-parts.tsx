import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What is wrong with a field, by the id of its input. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly errors: readonly FieldError[];
  readonly children: ReactNode;
}

/** A label that is always seen, a hint, and what is wrong, beside the input that they are about. */
export function Field({ id, label, hint, errors, children }: FieldProps): ReactElement {
  const own = errors.filter(({ field }) => field === id);
  return (
    <div className="desk-field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint !== undefined && <p className="desk-field-hint">{hint}</p>}
      <div id={`${id}-error`}>
        {own.map(({ text }) => (
          <p className="desk-field-error" key={text}>
            {text}
          </p>
        ))}
      </div>
    </div>
  );
}

/** For the input itself: what a screen reader is told of it. */
export const fieldProps = (id: string, errors: readonly FieldError[]) => ({
  id,
  'aria-describedby': `${id}-error`,
  ...(errors.some(({ field }) => field === id) ? { 'aria-invalid': true, status: 'error' as const } : {}),
});

/** Everything that is wrong, first on the page; every item leads to its field. */
export function ErrorSummary({ errors }: { readonly errors: readonly FieldError[] }): ReactElement | null {
  const { t } = useTranslation('desk');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div className="panel error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t('form.wrong', { count: errors.length })}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li key={`${field} ${text}`}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
