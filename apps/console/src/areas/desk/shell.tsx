import type { ShellParts } from '../../app/area.ts';
import { DeskOverlay, SearchButton } from './desk-overlay.tsx';

export const shellParts: ShellParts = { header: SearchButton, overlay: DeskOverlay };
