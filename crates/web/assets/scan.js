// Reads the square code that a family brings with this machine's camera, where the browser can. A scanner that types, or
// pasting, works without this file.
"use strict";
(() => {
  const box = document.querySelector("[data-scan]");
  const field = document.querySelector("[data-scan-form] textarea");
  if (!box || !field) return;
  const status = box.querySelector("[data-scan-status]");
  const video = box.querySelector("[data-scan-video]");
  field.focus(); // a scanner types where the cursor is
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  box.hidden = false;
  const look = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    status.textContent = status.dataset.textLooking;
    const again = setInterval(async () => {
      const found = await detector.detect(video).catch(() => []);
      const code = found.map((one) => one.rawValue).find((text) => /^OW/i.test(text));
      if (!code) return;
      clearInterval(again);
      for (const track of stream.getTracks()) track.stop();
      field.value = code;
      field.form.requestSubmit();
    }, 250);
  };
  box.querySelector("[data-scan-start]").addEventListener("click", () => {
    look().catch(() => { status.textContent = status.dataset.textNone; });
  });
})();
