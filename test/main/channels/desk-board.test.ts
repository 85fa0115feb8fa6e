import { describe, expect, it } from 'vitest';
import { createDeskBoard, type DeskReport } from '#main/features/channels/index.ts';
import { presenceName, type Presence } from '#shared/domain/news/presence.ts';
import { receiptName, type Receipt } from '#shared/domain/news/receipt.ts';

const DESK = 'desk-abcdefghijkl';
const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const presence = (patch: Partial<Presence> = {}): Presence => ({ v: 1, desk: DESK, at: 1, app: '1.0', releases: [{ source: 'shop', release: 3 }], ...patch });
const receipt = (patch: Partial<Receipt> = {}): Receipt => ({ v: 1, desk: DESK, at: 1, app: '1.0', releases: [{ source: 'shop', release: 2, installedAt: 1 }], acknowledged: [{ announcement: 'news', digest: 'd', at: 1 }], flags: [], ...patch });
const report = (name: string, says: unknown, at: number, user = 'desk-1'): DeskReport => ({ user, name, bytes: Buffer.from(typeof says === 'string' ? says : JSON.stringify(says)), at });

describe('the board of desks', () => {
  const open = () => createDeskBoard(() => NOW);

  it('shows the release of whatever a desk said last, and keeps its receipt', () => {
    const board = open();
    board.take('nats', report(receiptName(DESK), receipt(), NOW - HOUR));
    board.take('nats', report(presenceName(DESK), presence(), NOW - 60_000));
    expect(board.list()).toMatchObject([{ desk: DESK, seenAt: NOW - 60_000, releases: [{ source: 'shop', release: 3 }], receipt: { acknowledged: [{ announcement: 'news' }] }, channel: 'nats', shared: false }]);
    board.take('nats', report(receiptName(DESK), receipt({ releases: [{ source: 'shop', release: 4, installedAt: 2 }] }), NOW));
    expect(board.list()[0]).toMatchObject({ releases: [{ release: 4 }], groups: undefined });
    board.take('nats', report(presenceName(DESK), presence({ groups: { teams: ['returns'], queues: [] } }), NOW + 1));
    board.take('nats', report(receiptName(DESK), receipt({ groups: { teams: ['sales'], queues: ['7'] } }), NOW - 1));
    expect(board.list()[0]?.groups).toEqual({ teams: ['returns'], queues: [] });
  });

  it('goes by the broker’s clock: a desk whose clock is a day ahead or behind is not seen in the future or the past', () => {
    const board = open();
    board.take('nats', report(presenceName(DESK), presence({ at: NOW + 24 * HOUR }), NOW - 5));
    expect(board.list()[0]?.seenAt).toBe(NOW - 5);
    board.takeAll('folder', { receipts: [receipt({ at: NOW + 24 * HOUR })], unreadable: 0 });
    expect(board.list()[0]?.seenAt).toBe(NOW);
  });

  it('tells of two machines with one desk’s data folder, and not of a machine that got another name', () => {
    const board = open();
    board.take('nats', report(presenceName(DESK), presence(), NOW - 48 * HOUR, 'old-name'));
    board.take('nats', report(presenceName(DESK), presence(), NOW, 'new-name'));
    expect(board.list()).toMatchObject([{ desk: DESK, shared: false }]);
    board.take('nats', report(presenceName(DESK), presence(), NOW - HOUR, 'copy'));
    expect(board.list()).toMatchObject([{ desk: DESK, shared: true }]);
  });

  it('counts what cannot be read, passes over what is none of its business, and lets a good one take a bad one’s place', () => {
    const board = open();
    expect(board.take('nats', report('presence/check.json', { at: 1 }, NOW))).toBe(false);
    expect(board.take('nats', report(presenceName('desk-zzzzzzzzzzzz'), presence(), NOW))).toBe(false);
    expect(board.take('nats', report(presenceName(DESK), { ...presence(), mood: 3 }, NOW))).toBe(false);
    board.take('nats', report(receiptName(DESK), '{"v":1', NOW));
    board.take('nats', report(receiptName('desk-zzzzzzzzzzzz'), receipt(), NOW));
    expect([board.unreadable(), board.list()]).toEqual([2, []]);
    board.take('nats', report(receiptName(DESK), receipt(), NOW));
    expect(board.unreadable()).toBe(1);
  });

  it('forgets what came through a channel that is no longer looked at, and what left a folder', () => {
    const board = open();
    board.takeAll('folder', { receipts: [receipt(), receipt({ desk: 'desk-zzzzzzzzzzzz' })], unreadable: 3 });
    board.take('nats', report(presenceName(DESK), presence(), NOW));
    board.takeAll('folder', { receipts: [receipt()], unreadable: 0 });
    expect(board.list().map(({ desk }) => desk)).toEqual([DESK]);
    board.keepOnly(new Set(['nats']));
    expect(board.list()).toMatchObject([{ receipt: undefined }]);
    board.keepOnly(new Set());
    expect([board.list(), board.unreadable()]).toEqual([[], 0]);
  });
});
