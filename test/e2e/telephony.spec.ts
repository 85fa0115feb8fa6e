import { spawnAgain } from './spawn-again.ts';
import { expect, test } from './fixtures.ts';


test.describe('calls by the arguments of a second start', () => {
  test('a call rings with its number, opens the script of its queue, and a repetition is the same call', async ({ desk }) => {
    await spawnAgain(desk.dataDir, ['--call', '07700900123', '--queue', 'orders', '--id', 'pbx-1']);
    await expect(desk.page.getByText('Ringing').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByText('07700900123').first()).toBeVisible();
    await expect(desk.page.getByText('Inside Order status')).toBeVisible({ timeout: 30_000 });

    await spawnAgain(desk.dataDir, ['--call', '07700900123', '--queue', 'orders', '--id', 'pbx-1']);
    await spawnAgain(desk.dataDir, ['--event', 'answer', '--id', 'pbx-1']);
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByText(/calls? waiting/)).toHaveCount(0);

    await spawnAgain(desk.dataDir, ['callside://call?event=hold&id=pbx-1']);
    await expect(desk.page.getByText('On hold').first()).toBeVisible({ timeout: 30_000 });
    await spawnAgain(desk.dataDir, ['--event=end', '07700900123']);
    await expect(desk.page.getByText('Wrap-up').first()).toBeVisible({ timeout: 30_000 });
    expect(desk.errors).toEqual([]);
  });

  test('garbage changes nothing', async ({ desk }) => {
    const before = desk.page.url();
    for (const args of [['callside://open?url=https://evil.example'], ['--event', 'delete', '--id', '1'], ['callside://call/../../x'], ['--call'], ['file:///etc/passwd']]) await spawnAgain(desk.dataDir, args);
    await expect(desk.page.getByText('No call').first()).toBeVisible();
    expect(desk.page.url()).toBe(before);
    expect(desk.app.windows()).toHaveLength(1);
    expect(desk.errors).toEqual([]);
  });
});
