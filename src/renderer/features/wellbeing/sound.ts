/** Two soft notes each; quiet enough to be missed rather than to startle. Frequencies in Hz, times in s. */
const NOTES = { card: [440, 554.37], 'break-over': [523.25, 659.25] } as const;
const VOLUME = 0.05;
const NOTE_S = 0.55;

/** Plays a soft sound made on the spot. A machine without sound output stays silent. */
export function playSoft(name: keyof typeof NOTES, makeContext: () => AudioContext = () => new AudioContext()): void {
  try {
    const context = makeContext();
    NOTES[name].forEach((frequency, index) => {
      const start = context.currentTime + index * NOTE_S * 0.6;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = 'sine';
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(VOLUME, start + 0.08);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + NOTE_S);
      if (index === NOTES[name].length - 1) tone.onended = () => void context.close();
    });
  } catch {
    // No sound device, or sound refused: the card is there all the same.
  }
}
