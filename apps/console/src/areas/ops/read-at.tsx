import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '../../shared/time.ts';

const oldAfterMs = 30_000;
const lookEveryMs = 5_000;

/** When the figures of the page were read. Numbers never stand still looking alive. */
export function ReadAt({ at }: { readonly at: number }): ReactElement | null {
  const { t } = useTranslation('ops');
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  if (at === 0) return null;
  const isOld = now - at > oldAfterMs;
  return (
    <p className={isOld ? 'stale-notice' : 'when'} role="status" data-old={isOld}>
      {t(isOld ? 'readLongAgo' : 'readAt', { at: clockOf(at) })}
    </p>
  );
}
