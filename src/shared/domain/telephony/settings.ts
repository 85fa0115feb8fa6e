import { z } from 'zod';
import { idSchema, LIMITS } from '../common.ts';

/** First port tried for telephones on this machine; free of registered services. */
export const HTTP_PORT = 47_147;
/** Asterisk's manager port as it ships. */
export const AMI_PORT = 5_038;

const port = z.int().min(1_024).max(65_535);
const host = z.string().max(253).regex(/^[\w.:-]*$/, 'use a name or an address');

/** `match` is a queue's name or a dialled number. */
export const scriptRouteSchema = z.strictObject({ match: z.string().min(1).max(LIMITS.id), script: idSchema });
export type ScriptRoute = z.infer<typeof scriptRouteSchema>;

/** How telephones reach this desk and how it dials. The token and the manager's password are kept elsewhere, wrapped. */
export const telephonySettingsSchema = z.strictObject({
  /** Addresses on 127.0.0.1 that a softphone or browser opens. */
  http: z.strictObject({ enabled: z.boolean(), port }).default({ enabled: false, port: HTTP_PORT }),
  /** Asterisk manager interface. `agent` is this desk's interface as the queue names it, for example `PJSIP/101`. */
  ami: z
    .strictObject({ enabled: z.boolean(), host, port, user: z.string().max(LIMITS.id), agent: z.string().max(LIMITS.id), pauses: z.boolean() })
    .default({ enabled: false, host: '', port: AMI_PORT, user: '', agent: '', pauses: true }),
  /** What a number becomes when it is clicked; `domain` follows the @ of a sip address. */
  dial: z.strictObject({ scheme: z.enum(['tel', 'sip']), domain: host }).default({ scheme: 'tel', domain: '' }),
  /** Which script a queue or a dialled number opens here, before what the scripts say themselves. */
  scripts: z.array(scriptRouteSchema).max(200).default([]),
});
export type TelephonySettings = z.infer<typeof telephonySettingsSchema>;

/** A screen as the system described it when the strip was last on it. */
const displaySchema = z.strictObject({ id: z.int(), x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** The bar that stays above the other windows. */
export const stripSettingsSchema = z.strictObject({
  shown: z.boolean().default(false),
  edge: z.enum(['top', 'bottom']).default('top'),
  display: displaySchema.optional(),
});
export type StripSettings = z.infer<typeof stripSettingsSchema>;

/** Names of keys as Electron writes them; empty switches a shortcut off. */
const accelerator = z.string().max(60).regex(/^(?:(?:Control|Alt|Shift|Super|Command)\+){0,4}[A-Za-z0-9]{0,12}$/);

/** Keys that work while other programs are in front. */
export const shortcutSettingsSchema = z.strictObject({
  strip: accelerator.default('Control+Alt+S'),
  search: accelerator.default('Control+Alt+F'),
});
export type ShortcutSettings = z.infer<typeof shortcutSettingsSchema>;
export type ShortcutId = keyof ShortcutSettings;

/** What closing the window does, where there is a tray to go to. */
export const traySettingsSchema = z.strictObject({ closes: z.boolean().default(true), hinted: z.boolean().default(false) });
