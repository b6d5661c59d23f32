// A short sound, made on the spot; silent until the visitor has touched the page, as browsers and manners ask.

let context: AudioContext | undefined;

export function ring(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  const at = context.currentTime;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
  gain.connect(context.destination);
  for (const [note, start] of [[660, 0], [880, 0.12]] as const) {
    const tone = context.createOscillator();
    tone.frequency.value = note;
    tone.connect(gain);
    tone.start(at + start);
    tone.stop(at + 0.5);
  }
}
