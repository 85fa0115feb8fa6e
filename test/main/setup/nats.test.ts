import { expect, it } from 'vitest';
import { debianSources, isNewEnough } from '../../../scripts/lib/nats.mjs';

it('takes a server only when it knows batched reading', () => {
  expect(['nats-server: v2.10.27', 'nats-server: v2.11.0', 'nats-server: v2.15.1', 'nats-server: v3.0.0', 'garbage'].map(isNewEnough)).toEqual([false, true, true, true, false]);
});

it('asks the archive this machine already uses, whatever the form of its list', () => {
  expect(debianSources('Types: deb\nURIs: http://mirror.example/debian\nSuites: stable')).toBe('deb [check-valid-until=no] http://mirror.example/debian sid main');
  expect(debianSources('deb [signed-by=/k] https://mirror.example/debian/ stable main\ndeb https://other.example/debian-security stable main')).toBe('deb [check-valid-until=no] https://mirror.example/debian sid main');
  expect(debianSources('deb https://mirror.example/ubuntu noble main')).toBeNull();
});
