import { describe, expect, it } from 'vitest';
import { createDoNotDisturb, type Run } from '#main/electron/do-not-disturb.ts';
import { CONFIG, MINUTE, testDesk } from './helpers.ts';

/** Desktops as they answer: the programs that are there, and what they print. */
const system = (answers: Record<string, string | undefined>) => {
  const asked: string[] = [];
  const run: Run = (program) => {
    asked.push(program);
    return Promise.resolve(answers[program]);
  };
  return { asked, run, answers };
};

describe('do not disturb', () => {
  it('is read from Plasma, GNOME and Xfce', async () => {
    expect(await createDoNotDisturb('linux', system({ gdbus: '(<true>,)\n' }).run)()).toBe(true);
    expect(await createDoNotDisturb('linux', system({ gdbus: '(<false>,)\n' }).run)()).toBe(false);
    // GNOME’s server has no such property, gdbus fails, and the setting counts: banners off is "do not disturb".
    expect(await createDoNotDisturb('linux', system({ gsettings: 'false\n' }).run)()).toBe(true);
    expect(await createDoNotDisturb('linux', system({ gsettings: 'true\n' }).run)()).toBe(false);
    expect(await createDoNotDisturb('linux', system({ 'xfconf-query': 'true\n' }).run)()).toBe(true);
  });

  it('is read from Windows as far as it can be told, and not guessed on macOS', async () => {
    const off = system({ 'reg.exe': '\r\nHKEY_CURRENT_USER\\...\r\n    ToastEnabled    REG_DWORD    0x0\r\n' });
    expect(await createDoNotDisturb('win32', off.run)()).toBe(true);
    const mac = system({});
    expect(await createDoNotDisturb('darwin', mac.run)()).toBeUndefined();
    expect(mac.asked).toEqual([]);
  });

  it('asks the program that answered, and starts none for ever where none does', async () => {
    const gnome = system({ gsettings: 'true' });
    const read = createDoNotDisturb('linux', gnome.run);
    await read();
    gnome.answers['gsettings'] = 'false';
    expect(await read()).toBe(true);
    expect(gnome.asked).toEqual(['gdbus', 'gsettings', 'gsettings']);
    const bare = system({});
    const none = createDoNotDisturb('linux', bare.run);
    for (let time = 0; time < 10; time += 1) expect(await none()).toBeUndefined();
    expect(bare.asked).toHaveLength(6);
  });

  it('keeps the card away while it is on, and lets it come when it is off', async () => {
    const desk = testDesk(CONFIG);
    await desk.runner.start();
    desk.runner.dnd(true);
    desk.pass(61 * MINUTE, true);
    desk.pass(20_000);
    expect(desk.view()).toMatchObject({ card: null, level: 'due', paused: 'do-not-disturb' });
    desk.runner.dnd(false);
    desk.pass(10_000);
    expect(desk.view().card?.kind).toBe('rest');
  });
});
