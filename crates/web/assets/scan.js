// Reads the square code that a family brings with this machine's camera: in the browser where it can, else the server looks
// at the pictures. A scanner that types, pasting, or a photograph works without this file.
"use strict";
(() => {
  const box = document.querySelector("[data-scan]");
  const form = document.querySelector("[data-scan-form]");
  const field = form?.querySelector("textarea");
  if (!box || !field) return;
  const status = box.querySelector("[data-scan-status]");
  const video = box.querySelector("[data-scan-video]");
  const begin = box.querySelector("[data-scan-start]");
  field.focus(); // a scanner types where the cursor is
  if (!navigator.mediaDevices?.getUserMedia) return;
  box.hidden = false;

  // Most browsers of offices have no reader of codes; some have one without this kind of code.
  const reader = async () => {
    const kinds = await window.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
    if (!kinds?.includes("qr_code")) return there;
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video)).map((one) => one.rawValue);
  };
  const canvas = document.createElement("canvas");
  const there = async () => {
    const scale = Math.min(1, 1280 / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    const body = new FormData();
    for (const name of ["csrf", "command_id"]) body.append(name, form.elements[name].value);
    body.append("picture", picture, "camera.jpg");
    const answer = await fetch(box.dataset.scanSeen, { method: "POST", body });
    return answer.status === 200 ? [await answer.text()] : [];
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const look = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    const stop = () => { for (const track of stream.getTracks()) track.stop(); };
    window.addEventListener("pagehide", stop);
    try {
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      status.textContent = status.dataset.textLooking;
      const read = await reader();
      // Two minutes; then the camera rests until it is asked for again.
      for (const until = Date.now() + 120_000; Date.now() < until; await pause(300)) {
        const code = (await read().catch(() => [])).find((text) => /^OW/i.test(text));
        if (!code) continue;
        field.value = code;
        form.elements.picture.value = "";
        return form.requestSubmit();
      }
      status.textContent = status.dataset.textNothing;
    } finally {
      stop();
      video.hidden = true;
      begin.disabled = false;
    }
  };
  begin.addEventListener("click", () => {
    begin.disabled = true;
    look().catch(() => { status.textContent = status.dataset.textNone; });
  });
})();
