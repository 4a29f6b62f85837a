import { afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react/pure';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import stateWords from '../../shared/state/words/zh-CN.json' with { type: 'json' };
import { stories } from './stories.tsx';
import { VerifyForm } from './verify-form.tsx';
import words from './words/zh-CN.json' with { type: 'json' };

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'zh-CN', resources: { 'zh-CN': { verify: words, state: stateWords } } });
});
afterEach(cleanup);
const draw = (id: string): HTMLElement => {
  const story = stories.find((each) => each.id === `verify/${id}`);
  if (!story) throw new Error(id);
  return render(story.render()).container;
};

it('calls a document proved only where its whole content was held against the version', () => {
  const proved = stories
    .map(({ id }) => id.slice('verify/'.length))
    .filter((id) => {
      const isProved = draw(id).textContent?.includes('内容与本系统保存');
      cleanup();
      return isProved;
    });
  expect(proved).toEqual(['content-proved']);
});

it('says of a masked file that its content is not proved here', () => {
  expect(draw('masked').textContent).toContain('未在此核对');
});

it('says which version is later, and that a version is the newest only where it is', () => {
  expect(draw('later-version').querySelector('[data-later]')?.getAttribute('data-later')).toBe('4');
  cleanup();
  expect(draw('content-proved').querySelector('[data-later]')?.getAttribute('data-later')).toBe('none');
  cleanup();
  for (const id of ['not-valid', 'changed', 'unreachable', 'checking']) {
    expect(draw(id).querySelector('[data-later]')).toBeNull();
    cleanup();
  }
});

it('fills all fields from a QR code, and asks nothing while a field is wrong', () => {
  const onAsk = jest.fn();
  render(<VerifyForm busy={false} onAsk={onAsk} />);
  const check = screen.getByRole('button', { name: /^核 ?验$/ });
  fireEvent.click(check);
  expect(screen.getByRole('alert').textContent).toContain('rep_');
  expect(onAsk).not.toHaveBeenCalled();
  const hash = `sha256:${'0a'.repeat(32)}`;
  fireEvent.change(screen.getByLabelText('报告编号（或粘贴二维码内容）'), { target: { value: `rep_1 3 ${hash}` } });
  fireEvent.click(check);
  expect(onAsk).toHaveBeenCalledWith({ reportId: 'rep_1', reportVersion: 3, contentHash: hash });
});
