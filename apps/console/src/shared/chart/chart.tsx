import { LineChart, BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type ECharts, type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ReactElement, useEffect, useRef } from 'react';
import { usePreferences } from '../preferences.ts';

use([LineChart, BarChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

interface ChartProps {
  /** What it shows, in words: for those who do not see it, and as its label. */
  readonly label: string;
  readonly option: EChartsCoreOption;
  readonly height?: number; // pixels
}

/** A chart with hatching on, so that it reads without colour. Import it lazily: it is heavy. */
export function Chart({ label, option, height = 240 }: ChartProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const { reducedMotion } = usePreferences();
  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, null, { renderer: 'svg' });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      { animation: !reducedMotion, aria: { enabled: true, decal: { show: true } }, ...option },
      { notMerge: true },
    );
  }, [option, reducedMotion]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}
