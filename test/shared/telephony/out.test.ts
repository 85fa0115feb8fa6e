import { describe, expect, it } from 'vitest';
import { parseArguments, parseQuery } from '#shared/domain/telephony/arguments.ts';
import { dialAddress } from '#shared/domain/telephony/dial.ts';
import { readParameters } from '#shared/domain/telephony/event.ts';
import { settingsSchema } from '#shared/domain/settings.ts';
import { PHONES, templateFor } from '#shared/domain/telephony/templates.ts';
import { shortcutSettingsSchema } from '#shared/domain/telephony/settings.ts';

const PARTS = { program: { path: 'C:\\Program Files\\Callside\\Callside.exe', arguments: [] }, port: 47_147, token: 'TOKEN' };

describe('dialling', () => {
  it.each([
    ['+44 7700 900123', 'tel', '', 'tel:+447700900123'], ['(030) 123-456', 'tel', '', 'tel:030123456'], ['*21#', 'tel', '', 'tel:*21%23'],
    ['sip:1001@old.example', 'sip', 'pbx.example', 'sip:1001@pbx.example'], ['1001', 'sip', '', 'sip:1001'],
    ['anonymous', 'tel', '', undefined], ['javascript:alert(1)', 'tel', '', undefined], ['1;evil=1', 'tel', '', undefined], ['12\u202E34', 'tel', '', undefined], ['', 'tel', '', undefined],
  ] as const)('%s as %s%s: %s', (number, scheme, domain, expected) => {
    expect(dialAddress(number, { scheme, domain })).toBe(expected);
  });
});

describe('templates', () => {
  it('every phone has something to copy', () => {
    for (const phone of PHONES) expect(templateFor(phone, PARTS).snippets.length).toBeGreaterThan(0);
  });

  it('what a phone makes of an address, filled or not, is read back by our own parser', () => {
    for (const phone of PHONES) {
      for (const { event, text } of templateFor(phone, PARTS).snippets.filter((snippet) => snippet.text.startsWith('http:'))) {
        const query = text.slice(text.indexOf('?') + 1);
        const filled = query.replaceAll(/number=[^&]*/g, 'number=07700900123').replaceAll(/name=[^&]*/g, 'name=Ann');
        expect(readParameters(parseQuery(filled))).toMatchObject({ verb: event === 'call-out' ? 'ring' : event, number: '07700900123' });
        if (phone !== 'sip') expect(readParameters(parseQuery(query))?.number).toBeUndefined();
      }
    }
  });

  it('MicroSIP starts us with the number as the last word', () => {
    const lines = templateFor('microsip', PARTS).snippets[0]?.text.split('\n') ?? [];
    const words = lines.map((line) => [...line.slice(line.indexOf('=') + 1).matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? ''));
    expect(words.map((line) => parseArguments([...line.slice(1), '07700900123'])?.verb)).toEqual(['ring', 'ring', 'answer', 'end', 'end']);
    expect(words.map((line) => parseArguments([...line.slice(1), '07700900123'])?.direction)).toEqual(['in', 'out', 'in', 'in', 'in']);
    // Longer values than this are cut off when MicroSIP reads its file.
    expect(Math.max(...lines.map((line) => line.slice(line.indexOf('=') + 1).length))).toBeLessThan(256);
  });
});

describe('settings', () => {
  it('a desk that never saw telephony settings gets closed entrances', () => {
    const { telephony, strip } = settingsSchema.parse({});
    expect([telephony.http.enabled, telephony.ami.enabled, strip.shown]).toEqual([false, false, false]);
  });

  it.each([['Control+Alt+S', true], ['', true], ['Control+Alt+Shift+F12', true], ['Alt+<script>', false], ['Control+Alt+S; rm', false]])('shortcut %s: %s', (keys, valid) => {
    expect(shortcutSettingsSchema.safeParse({ strip: keys }).success).toBe(valid);
  });
});
