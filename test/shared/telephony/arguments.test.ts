import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { mentionsCall, parseArguments, parseCallAddress } from '#shared/domain/telephony/arguments.ts';
import { CAPS } from '#shared/domain/telephony/clean.ts';
import { telephonyEventSchema } from '#shared/domain/telephony/event.ts';

const APP = ['/opt/callside', '--no-sandbox', '--data-dir=/tmp/desk'];

describe('arguments of a second start', () => {
  it.each([
    [['07700900123'], { verb: 'ring', number: '07700900123' }],
    [['+44 7700 900123'], { verb: 'ring', number: '+44 7700 900123' }],
    [['sip:1001@10.0.0.2'], { verb: 'ring', number: 'sip:1001@10.0.0.2' }],
    [['anonymous'], { verb: 'ring', number: 'anonymous' }],
    [['07700900123', 'Ann', 'Smith'], { verb: 'ring', number: '07700900123', name: 'Ann Smith' }],
    [['--call', '07700900123', '--queue', 'orders'], { verb: 'ring', number: '07700900123', queue: 'orders' }],
    [['--call=07700900123', '--name=Ann Smith', '--id=7'], { verb: 'ring', number: '07700900123', name: 'Ann Smith', id: '7' }],
    [['--event', 'end', '07700900123'], { verb: 'end', number: '07700900123' }],
    [['--event', 'HOLD', '--id', 'a-1'], { verb: 'hold', id: 'a-1' }],
    [['--event', 'hold'], { verb: 'hold' }],
    [['--call', '%CallerNumber%', '--id', 'x'], { verb: 'ring', id: 'x' }],
    [['--name', '--A--first_name--B--', '--call', '0301234567'], { verb: 'ring', number: '0301234567' }],
    [['--call', '--queue', 'orders', '--id', '9'], { verb: 'ring', queue: 'orders', id: '9' }],
    [['callside://call?number=%2B4930123456&queue=orders&event=answer&id=77'], { verb: 'answer', number: '+4930123456', queue: 'orders', id: '77' }],
    [['callside://call/?number=+4930123456&name=Ann+Smith'], { verb: 'ring', number: '+4930123456', name: 'Ann Smith' }],
    [['--direction', 'out', '--call', '100200'], { verb: 'ring', number: '100200', direction: 'out' }],
  ])('%j', (argv, expected) => {
    expect(parseArguments([...APP, ...argv])).toEqual({ direction: 'in', ...expected });
  });

  it.each([
    [[]], [['--event', 'delete', '--id', '1']], [['--event', 'constructor', '--id', '1']], [['callside://open?number=1']], [['callside://call']], [['callside://call.evil/?number=1']],
    [['callside://user@call?number=1']], [['callside://call/../../settings?number=1']], [['callside:///etc/passwd?number=1']], [['file:///etc/passwd']], [['https://evil.example/07700900123']], [['/home/ann/2024-05.pdf']], [['12.txt']], [['--call']], [['--unknown', '07700900123x']],
  ])('nothing in %j', (argv) => {
    expect(parseArguments([...APP, ...argv])).toBeUndefined();
  });

  it('an address is the whole message: switches beside it do not count', () => {
    expect(parseArguments(['--call', '111222', 'callside://call?number=333444'])).toMatchObject({ number: '333444' });
    expect(parseArguments(['--call', '111222', 'callside://quit'])).toBeUndefined();
  });

  it('takes control characters, direction marks and length out of every text', () => {
    const event = parseArguments(['--call', '0770\u0000090\u001b[31m0123', '--name', `\u202Eevil\u2066\r\nSet-Cookie: a=1${'x'.repeat(5_000)}`.slice(0, 3_900)]);
    expect(event?.number).toBe('0770 090 [31m0123');
    expect(event?.name?.startsWith('evil Set-Cookie: a=1x')).toBe(true);
    expect(event?.name?.length).toBe(CAPS.name);
  });

  it('a start without words of telephony may bring the window forward; a broken one may not', () => {
    expect(mentionsCall(APP)).toBe(false);
    expect(mentionsCall([...APP, '--event', 'bogus'])).toBe(true);
    expect(mentionsCall(['callside://quit'])).toBe(true);
    expect(mentionsCall('not a list')).toBe(true);
  });

  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('--call', '--event', '--id', '--name', '--queue', '--call=', '--event=ring', 'ring', 'end', '__proto__', 'constructor', '07700900123', '--remote-debugging-port=1', '--data-dir=/etc', '\0', '--', '-', '=', '--=', '../../etc/passwd', 'javascript:alert(1)', '<img src=x onerror=alert(1)>'),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `callside://call?${text}`),
    fc.tuple(fc.constantFrom('number', 'event', 'id', 'name', '__proto__', 'toString'), fc.string({ unit: 'binary', maxLength: 100 })).map(([name, value]) => `callside://call?${name}=${value}`),
    fc.string({ maxLength: 60 }).map((text) => `callside:${text}`),
  );

  it('1,000 fuzzed lines: an allow-listed verb with clean, capped text, or nothing', () => {
    const unclean = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.integer(), fc.constant(null)), { maxLength: 12 }), (argv) => {
        const event = parseArguments(argv);
        if (event === undefined) return;
        telephonyEventSchema.parse(event);
        for (const value of Object.values(event)) expect(unclean.test(String(value))).toBe(false);
        expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses what no softphone writes: too many arguments, arguments too long, no list at all', () => {
    expect(parseArguments(Array.from({ length: 1_000 }, () => '--call=123456'))).toBeUndefined();
    expect(parseArguments([`--call=${'1'.repeat(1_000_000)}`])).toBeUndefined();
    expect(parseArguments({ length: 1, 0: '07700900123' })).toBeUndefined();
    expect(parseCallAddress(`callside://call?number=${'1'.repeat(10_000)}`)).toBeUndefined();
  });
});
