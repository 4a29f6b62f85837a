import { describeAdapter } from '../describe-adapter.ts';
import { boxOptions, hubOptions } from './options.ts';
import { sampleBox } from './sample-box/adapter.ts';
import { sampleHub } from './sample-hub/adapter.ts';

describeAdapter(sampleHub, hubOptions);
describeAdapter(sampleBox, boxOptions);
