import { Notification } from 'electron';

export type CardNotice = {
  /** A card is there that nobody can see: tells it once, silently. A click is the only thing that brings the window. */
  tell(id: number, title: string, body: string): void;
  /** The card is gone, or can be seen. */
  clear(): void;
};

/** The system's own small message for a break card while the window is minimised or in the tray. It takes no focus and makes no sound. */
export function createCardNotice(onClick: () => void): CardNotice {
  let told: number | undefined;
  let shown: Notification | undefined;
  return {
    tell: (id, title, body) => {
      if (told === id || !Notification.isSupported()) return;
      told = id;
      shown?.close();
      shown = new Notification({ title, body, silent: true });
      shown.on('click', onClick);
      shown.show();
    },
    clear: () => {
      shown?.close();
      shown = undefined;
    },
  };
}
