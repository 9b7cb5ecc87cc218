// Nearest first by where the phone is. The place never leaves the phone: the list is sorted here.
"use strict";
(() => {
  const button = document.querySelector("[data-near]");
  const list = document.querySelector("[data-sites]");
  if (!button || !list || !navigator.geolocation || !window.isSecureContext) return;
  button.hidden = false;
  const away = (site, here) => {
    const degree = Math.PI / 180;
    const [lat, lon] = [site.dataset.lat / 1e6, site.dataset.lon / 1e6];
    const north = (lat - here.latitude) * 111.133;
    const east = (lon - here.longitude) * 111.133 * Math.cos(((lat + here.latitude) / 2) * degree);
    return Math.hypot(north, east);
  };
  const sort = ({ coords }) => {
    const sites = [...list.querySelectorAll(".site")];
    const known = sites.filter((site) => site.dataset.lat).map((site) => ({ site, km: away(site, coords) }));
    known.sort((one, other) => one.km - other.km);
    const section = document.createElement("section");
    const title = document.createElement("h2");
    title.textContent = button.dataset.textTitle;
    title.tabIndex = -1;
    const rows = document.createElement("ul");
    rows.className = "sites";
    for (const { site, km } of known) {
      const note = site.querySelector(".site-note");
      const far = site.querySelector("[data-far]") ?? note.appendChild(document.createElement("span"));
      far.dataset.far = "";
      far.textContent = ` · ${button.dataset.textKm.replace("%", km < 10 ? km.toFixed(1) : Math.round(km))}`;
      rows.append(site);
    }
    section.append(title, rows);
    // What nobody measured stays below, under its district.
    for (const old of list.querySelectorAll("section")) if (!old.querySelector(".site")) old.remove();
    list.prepend(section);
    title.focus();
  };
  const refused = () => {
    const place = document.querySelector("[data-status]");
    if (place) place.textContent = button.dataset.textRefused;
  };
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(sort, refused, { timeout: 15000 }));
})();
