import { Button, Tag } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../api/generated/types.gen.ts';
import { moneyOf } from '../../shared/money.ts';
import { dateOf } from '../../shared/time.ts';

/** The file in a list of facts. What is not known says so; it is neither 0 nor today. */
export function CaseSummary({ file }: { readonly file: Case }): ReactElement {
  const { t } = useTranslation('desk');
  const unknown = <span className="desk-quiet">{t('case.unknown')}</span>;
  const { claim, preservation, filedOn, executionNoticeOn } = file;
  return (
    <section className="panel" aria-label={t('case.facts')}>
      <dl className="case-facts">
        <Fact label={t('newCase.field.caseNumber')}>
          <span className="identifier">{file.caseNumber}</span> <CopyNumber number={file.caseNumber} />
        </Fact>
        <Fact label={t('column.state')}>{t(`state.${file.state}`)}</Fact>
        <Fact label={t('newCase.field.court')}>{file.courtName}</Fact>
        <Fact label={t('newCase.field.legalBasis')}>{file.legalBasis}</Fact>
        <Fact label={t('newCase.field.claim')}>{claim === null ? unknown : moneyOf(claim)}</Fact>
        <Fact label={t('newCase.field.filedOn')}>{filedOn ?? unknown}</Fact>
        <Fact label={t('newCase.field.executionNoticeOn')}>{executionNoticeOn ?? unknown}</Fact>
        <Fact label={t('case.entered')}>{dateOf(file.createdAt)}</Fact>
        {preservation !== null && (
          <Fact label={t('case.preservation')}>
            {moneyOf(preservation.limit)} · {preservation.documentNumber}
          </Fact>
        )}
      </dl>
      {file.warnings.length > 0 && (
        <p>
          {file.warnings.map(({ code, pointer }) => (
            <Tag className="desk-warning" key={`${code} ${pointer}`}>
              {t(code === 'case-number-form' ? 'warning.case-number-form' : 'warning.other')}
            </Tag>
          ))}
        </p>
      )}
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** With the brackets that a file wants: （2026）, not (2026). The gateway keeps it so. */
function CopyNumber({ number }: { readonly number: string }): ReactElement {
  const { t } = useTranslation('desk');
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const copy = () =>
    navigator.clipboard.writeText(number).then(
      () => setState('done'),
      () => setState('failed'),
    );
  return (
    <>
      <Button size="small" type="link" onClick={() => void copy()}>
        {t('case.copy')}
      </Button>
      <span role="status">{state === 'idle' ? '' : t(`case.copy-${state}`)}</span>
    </>
  );
}
