// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppFrame } from '#renderer/ui/AppFrame.tsx';
import { Dialog } from '#renderer/ui/Dialog.tsx';
import { Pane } from '#renderer/ui/Pane.tsx';
import { prepareDom, render } from './render.tsx';

beforeAll(prepareDom);
afterEach(cleanup);

const labels = { nav: 'Screens', callBar: 'Call', content: 'Live call', status: 'Status', skip: 'Skip to the call' };

describe('AppFrame', () => {
  it('names its landmarks, marks the open screen, says counts in words, and skips without navigating', async () => {
    const onNavigate = vi.fn<(id: string) => void>();
    const user = userEvent.setup();
    render(
      <AppFrame
        labels={labels}
        nav={[{ id: 'live', label: 'Live call', icon: null, hotkey: 'alt+1' }, { id: 'later', label: 'Follow-ups', icon: null, badge: { text: '3', label: '3 overdue' } }]}
        activeId="live"
        onNavigate={onNavigate}
        callBar="bar"
        status="status"
      >
        content
      </AppFrame>,
    );
    expect(screen.getByRole('heading', { level: 1, name: 'Live call' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Live call' }).getAttribute('aria-current')).toBe('page');
    await user.click(screen.getByRole('button', { name: 'Follow-ups, 3 overdue' }));
    expect(onNavigate).toHaveBeenCalledWith('later');
    const before = window.location.href;
    await user.click(screen.getByText('Skip to the call'));
    expect(document.activeElement).toBe(screen.getByRole('main'));
    expect(window.location.href).toBe(before);
  });
});

describe('Pane', () => {
  const tall = (height: number): void => {
    Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, value: height });
  };

  it('is a tab stop only where it scrolls and nothing inside can hold focus', () => {
    const stops = (): number => document.querySelectorAll('[role="group"][tabindex="0"]').length;
    tall(900);
    render(<Pane title="Long text">words</Pane>);
    expect(stops()).toBe(1);
    cleanup();
    render(
      <Pane title="Long form">
        <input aria-label="x" />
      </Pane>,
    );
    expect(stops()).toBe(0);
    cleanup();
    tall(100);
    render(<Pane title="Short text">words</Pane>);
    expect(stops()).toBe(0);
    expect(screen.getByRole('region', { name: 'Short text' })).toBeTruthy();
  });
});

describe('Dialog', () => {
  it('starts on the safe button and closes with Escape', async () => {
    const onClose = vi.fn<() => void>();
    const user = userEvent.setup();
    render(
      <Dialog open onClose={onClose} title="Erase?" closeLabel="Close" actions={<button data-autofocus>Keep</button>}>
        Gone for good.
      </Dialog>,
    );
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Keep'));
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
    expect(screen.getByRole('dialog', { name: 'Erase?' })).toBeTruthy();
  });
});
