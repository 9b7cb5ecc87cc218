// The screen of a waiting room: asks for itself again in the next language, and sounds when somebody new is called.
// Without this file the page itself leads to the next language every eight seconds.
"use strict";
(() => {
  const EVERY = 5_000;
  const MOST_MISSED = 3; // after that the screen says so instead of showing old numbers
  let missed = 0, sound = null;
  const button = document.querySelector("[data-sound]");
  const tone = (at, pitch) => {
    const voice = sound.createOscillator(), volume = sound.createGain();
    voice.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    voice.connect(volume).connect(sound.destination);
    voice.start(at);
    voice.stop(at + 0.6);
  };
  const ring = () => { if (sound) { tone(sound.currentTime, 880); tone(sound.currentTime + 0.35, 660); } };
  if (button && window.AudioContext) {
    button.hidden = false;
    button.addEventListener("click", () => { sound = new AudioContext(); button.hidden = true; ring(); });
  }
  const turn = async () => {
    const old = document.querySelector("main");
    try {
      const answer = await fetch(old.dataset.next, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("main");
      if (!fresh) throw new Error("no numbers");
      document.documentElement.lang = page.documentElement.lang;
      document.documentElement.dir = page.documentElement.dir;
      document.title = page.title;
      const called = fresh.dataset.now && fresh.dataset.now !== old.dataset.now;
      old.replaceWith(document.adoptNode(fresh));
      document.body.classList.remove("is-stale");
      missed = 0;
      if (called) ring();
    } catch {
      missed += 1;
      if (missed >= MOST_MISSED) document.body.classList.add("is-stale");
    }
  };
  setInterval(turn, EVERY);
})();
