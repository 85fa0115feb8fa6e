import { useEffect, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createDesk, DeskProvider, type Desk } from './desk.tsx';
import { createSettingsStore } from './features/settings/index.ts';
import type { Client } from './ipc/client.ts';
import { MessagesProvider } from './messages/messages.tsx';
import { NamedKeys } from './named-keys.tsx';
import { MainWindow } from './screens/main-window/MainWindow.tsx';
import { StripWindow } from './screens/strip/index.ts';
import { LiveRegionProvider } from './ui/LiveRegion.tsx';
import { ThemeProvider } from './ui/theme/ThemeProvider.tsx';

/** One window: its stores, its words, its look. */
export function App({ client }: { client: Client }): ReactNode {
  const desk = useMemo(() => createDesk(client), [client]);
  useEffect(() => {
    void desk.settings.actions.load();
    void desk.policy.actions.load().catch(() => undefined);
    void desk.knowledge.actions.load();
    void desk.marks.actions.load();
    void desk.calls.actions.load();
    void desk.preferences.actions.load();
    void desk.followUps.actions.load();
    void desk.breaks.actions.load().catch(() => undefined);
  }, [desk]);
  return (
    <DeskProvider desk={desk}>
      <Dressed desk={desk} />
    </DeskProvider>
  );
}

/** Larger text than this (per cent) would not fit the strip's height; the window has it all. */
const STRIP_TEXT = 150;

/** The strip: no stores of calls or knowledge of its own, so that it costs little and never disagrees with the window. */
export function Strip({ client }: { client: Client }): ReactNode {
  const settings = useMemo(() => createSettingsStore(client), [client]);
  useEffect(() => void settings.actions.load(), [settings]);
  const { theme, textSize, reducedMotion, language } = useStore(settings);
  const dir = RTL.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
  return (
    <ThemeProvider theme={theme} textScale={Math.min(textSize, STRIP_TEXT)} dir={dir} language={language} {...(reducedMotion === 'system' ? {} : { reducedMotion: reducedMotion === 'on' })}>
      <MessagesProvider language={language}>
        <NamedKeys>
          <StripWindow client={client} settings={settings} />
        </NamedKeys>
      </MessagesProvider>
    </ThemeProvider>
  );
}

const RTL = new Set(['ar', 'he', 'fa', 'ur']);

/** The language as this country writes dates and numbers ("22 Nov, 15:16" in Britain); a region of its own stays. */
function regional(language: string, country: string): string {
  return language.includes('-') ? language : `${language}-${country}`;
}

function Dressed({ desk }: { desk: Desk }): ReactNode {
  const { theme, textSize, reducedMotion, language, country } = useStore(desk.settings);
  const dir = RTL.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';
  return (
    <ThemeProvider theme={theme} textScale={textSize} dir={dir} language={language} {...(reducedMotion === 'system' ? {} : { reducedMotion: reducedMotion === 'on' })}>
      <MessagesProvider language={regional(language, country)}>
        <NamedKeys>
          <LiveRegionProvider>
            <MainWindow />
          </LiveRegionProvider>
        </NamedKeys>
      </MessagesProvider>
    </ThemeProvider>
  );
}
