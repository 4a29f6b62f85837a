import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSide } from '../../shared/i18n/use-side.ts';
import { momentOf } from '../../shared/time.ts';
import { AssetSections } from './asset-sections.tsx';
import { CoverageStrip } from './coverage-strip.tsx';
import { LineLists } from './line-lists.tsx';
import { ProvenanceDrawer } from './provenance-drawer.tsx';
import { type Asset, isStored, type ShownReport } from './shown-report.ts';
import { Totals } from './totals.tsx';
import './report.css';

/**
 * A report from top to bottom: what it is about, the sentence, coverage, totals, assets, who answered with nothing, who
 * did not answer. Nothing here counts or words a verdict by itself; sentence and totals come from the core.
 */
export function ReportView({ report }: { readonly report: ShownReport }): ReactElement {
  const { t } = useTranslation('report');
  const [asset, setAsset] = useState<Asset | null>(null);
  return (
    <article className="report">
      {report.simulated && <Alert className="simulated" type="warning" title={t('simulated')} />}
      <Heading report={report} />
      <Sentence report={report} />
      <CoverageStrip coverage={report.coverage} />
      <Totals report={report} />
      <AssetSections report={report} onSource={setAsset} />
      <LineLists lines={report.coverage.lines} at={report.stateAt} />
      <Notes report={report} />
      {asset && <ProvenanceDrawer asset={asset} inquiryId={report.inquiryId} onClose={() => setAsset(null)} />}
    </article>
  );
}

function Heading({ report }: { readonly report: ShownReport }): ReactElement {
  const { t } = useTranslation('report');
  const { legal, debtor, officer } = report;
  const entries: readonly (readonly [string, string])[] = [
    ['caseNumber', legal.caseNumber],
    ['debtor', debtor.name],
    ['identifier', debtor.ids.map(({ number }) => number).join('、')],
    ['basis', `${legal.documentName} ${legal.documentNumber}`],
    ['officer', `${officer.name} · ${legal.courtName}`],
    ['stateAt', momentOf(report.stateAt)],
    ['hash', report.contentHash],
  ];
  return (
    <dl className="report-head">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`head.${name}`)}</dt>
          <dd className={name === 'identifier' || name === 'hash' ? 'identifier' : ''}>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('head.version')}</dt>
        <dd>{isStored(report) ? t('head.stored', { version: report.reportVersion }) : t('head.live')}</dd>
      </div>
    </dl>
  );
}

function Sentence({ report }: { readonly report: ShownReport }): ReactElement {
  const { t } = useTranslation('report');
  const side = useSide();
  const [copied, setCopied] = useState(false);
  const { sentence } = report.summary;
  const words = side(sentence);
  const isPartial =
    sentence.code === 'nothing-partial' || sentence.code === 'none-answered' || sentence.code === 'nothing-weak';
  return (
    <section aria-label={t('sentence')}>
      {isPartial && <Alert type="warning" showIcon title={t('cannotConclude')} />}
      <p className="sentence" data-sentence={sentence.code}>
        {words}
      </p>
      <Button
        className="no-print"
        size="small"
        onClick={() => void navigator.clipboard.writeText(words).then(() => setCopied(true))}
      >
        {copied ? t('copied') : t('copy')}
      </Button>
    </section>
  );
}

function Notes({ report }: { readonly report: ShownReport }): ReactElement | null {
  const { t } = useTranslation('report');
  const side = useSide();
  const { notes } = report.summary;
  if (notes.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('notes')}</h2>
      <ul>
        {notes.map((note) => (
          <li key={note.code}>{side(note)}</li>
        ))}
      </ul>
    </section>
  );
}
