// Reading aloud with a voice of the device itself; a remote voice would send the text elsewhere.

/** The best Dutch voice on this device: Flemish first; undefined when there is none. */
export function dutchVoice(voices) {
  const dutch = voices.filter((voice) => voice.localService && /^nl([-_]|$)/i.test(voice.lang));
  return dutch.find((voice) => /^nl[-_]BE/i.test(voice.lang)) || dutch[0];
}

/** Reads texts one after another; `whenReady` is called once there is a Dutch voice. */
export function speaker(synth, Utterance, whenReady) {
  if (!synth) return null;
  const look = () => dutchVoice(synth.getVoices()) && whenReady();
  look();
  synth.addEventListener?.("voiceschanged", look);
  return {
    stop: () => synth.cancel(),
    /** `done` is called at the end, also after a stop. */
    say(texts, done) {
      synth.cancel();
      const voice = dutchVoice(synth.getVoices());
      texts.forEach((text, index) => {
        const said = Object.assign(new Utterance(text), { voice, lang: voice.lang });
        if (index === texts.length - 1) said.onend = done;
        said.onerror = done;
        synth.speak(said);
      });
    },
  };
}
