import { describe, expect, it } from '@jest/globals';
import { createMetrics, createRegistry, readMetrics } from './telemetry.ts';

describe('the metrics', () => {
  it('carry what they are fed, in seconds and by channel', async () => {
    const registry = createRegistry({ withProcess: false });
    const metrics = createMetrics(registry);
    metrics.built({ version: '0.1.0', commit: 'abc', profile: 'demo' });
    metrics.answered({ channelId: 'bank.x', category: 'bank', verdict: 'nothing', reason: null });
    metrics.answered({ channelId: 'bank.x', category: 'bank', verdict: 'no-answer', reason: 'timed-out' });
    metrics.askTook({ channelId: 'bank.x', phase: 'call', ms: 250 });
    metrics.channelState({ channelId: 'bank.x', state: 'open' });
    metrics.channelState({ channelId: 'bank.x', state: 'paused' });
    metrics.journalFlushed({ ms: 2, answers: 100 });
    metrics.reportClosed({ answered: 3, asked: 4 });
    metrics.reportClosed({ answered: 0, asked: 0 });
    const { text, contentType } = await readMetrics(registry);
    expect(contentType).toContain('text/plain');
    expect(text).toContain('chakong_answers_total{channel="bank.x",category="bank",verdict="nothing",reason=""} 1');
    expect(text).toContain(
      'chakong_answers_total{channel="bank.x",category="bank",verdict="no-answer",reason="timed-out"} 1',
    );
    expect(text).toContain('chakong_ask_duration_seconds_sum{channel="bank.x",phase="call"} 0.25');
    expect(text).toContain('chakong_channel_state{channel="bank.x",state="open"} 0');
    expect(text).toContain('chakong_channel_state{channel="bank.x",state="paused"} 1');
    expect(text).toContain('chakong_journal_batch_size_sum 100');
    expect(text).toContain('chakong_report_coverage_ratio_sum 1.75');
  });

  it('know no person, case, inquiry or agency, and name units as Prometheus does', async () => {
    const registry = createRegistry({ withProcess: false });
    createMetrics(registry);
    const all = await registry.getMetricsAsJSON();
    expect(all.length).toBeGreaterThan(20);
    expect(all.map(({ name }) => name).filter((name) => !/^chakong_[a-z_]+$/.test(name))).toEqual([]);
    const labels = registry
      .getMetricsAsArray()
      .flatMap((metric) => (metric as unknown as { labelNames: string[] }).labelNames);
    expect(labels.filter((label) => /agency|person|case|inquiry|debtor|id$/i.test(label))).toEqual([]);
  });

  it('say how the process is when asked to', async () => {
    const { text } = await readMetrics(createRegistry({ withProcess: true }));
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).toContain('process_cpu_seconds_total');
  });
});
