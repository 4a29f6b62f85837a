import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agenciesUndecided } from '#inquiry';
import { useSide } from '../../shared/i18n/use-side.ts';
import { momentOf } from '../../shared/time.ts';
import { AssetMoves } from './asset-moves.tsx';
import { type Compared, lineGroups, lineRows, namesOf } from './compared.ts';
import { FieldChanges } from './field-changes.tsx';
import { LineGroupTable } from './line-group-table.tsx';
import { Signals } from './signals.tsx';
import './compare.css';

/**
 * A comparison from top to bottom: the sentence, what cannot be compared, the scope, then the groups of ux.md §7. A change
 * of what is known is nowhere shown as a change of what exists; the transitions come from the core.
 */
export function ComparisonView({ compared }: { readonly compared: Compared }): ReactElement {
  const { t } = useTranslation('compare');
  const { older, newer, changes } = compared;
  const rows = lineRows(compared);
  return (
    <article className="comparison">
      {(older.simulated || newer.simulated) && <Alert type="warning" title={t('simulated')} />}
      <Sentence compared={compared} />
      <Scope compared={compared} />
      <AssetMoves compared={compared} moves={['new-asset', 'no-longer-reported']} name="alert" />
      <FieldChanges compared={compared} />
      <AssetMoves compared={compared} moves={['newly-established']} name="established" />
      <AssetMoves compared={compared} moves={['found-after-widening']} name="widened" />
      <AssetMoves compared={compared} moves={['cannot-tell', 'no-longer-asked']} name="undecided" />
      <AssetMoves compared={compared} moves={['identity-confirmed', 'identity-rejected']} name="reviewed" />
      <Signals compared={compared} />
      <h2>{t('lines.title')}</h2>
      {lineGroups.map(({ name }) => (
        <LineGroupTable key={name} name={name} rows={rows} inquiryId={newer.inquiryId} />
      ))}
      <p className="when">{t('counted', { lines: changes.lines.length })}</p>
    </article>
  );
}

function Sentence({ compared: { older, newer, changes } }: { readonly compared: Compared }): ReactElement {
  const { t } = useTranslation('compare');
  const side = useSide();
  const [copied, setCopied] = useState(false);
  const words = side(changes.sentence);
  const undecided = agenciesUndecided(older, changes);
  return (
    <section aria-label={t('sentence')}>
      {undecided > 0 && (
        <Alert type="warning" showIcon data-undecided={undecided} title={t('undecided', { count: undecided })} />
      )}
      <p className="sentence" data-comparison-sentence="">
        {words}
      </p>
      <p className="when">{t('between', { before: momentOf(older.stateAt), after: momentOf(newer.stateAt) })}</p>
      <p>{side(newer.summary.sentence)}</p>
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

const mostNamed = 40;

/** Who was asked in one of the two only, and who was asked in another way: said before anything is compared. */
function Scope({ compared: { older, newer, changes } }: { readonly compared: Compared }): ReactElement | null {
  const { t } = useTranslation('compare');
  const { added, removed } = changes.scopeChanged;
  const names = namesOf(older, newer);
  const named = (places: readonly { readonly agencyId: string }[]) =>
    places
      .slice(0, mostNamed)
      .map(({ agencyId }) => names.get(agencyId) ?? agencyId)
      .join(t('separator')) + (places.length > mostNamed ? t('andMore', { count: places.length - mostNamed }) : '');
  const isSame = added.length === 0 && removed.length === 0;
  if (isSame && changes.askedDifferently.length === 0) return <p data-scope="same">{t('scope.same')}</p>;
  return (
    <section className="panel" data-scope="differs">
      <h2>{t('scope.title')}</h2>
      {!isSame && <p>{t('scope.differs', { added: added.length, removed: removed.length })}</p>}
      <ul>
        {added.length > 0 && <li>{t('scope.added', { names: named(added) })}</li>}
        {removed.length > 0 && <li>{t('scope.removed', { names: named(removed) })}</li>}
        {changes.askedDifferently.slice(0, mostNamed).map(({ agencyId, category, what, before, after }) => (
          <li key={`${category} ${agencyId} ${what}`}>
            {t(`scope.${what}`, { name: names.get(agencyId) ?? agencyId, before, after })}
          </li>
        ))}
      </ul>
    </section>
  );
}
