// data-map: a map of what was found. Each spot is a link to the same search in that place, each group
// a button that zooms in; both stand in the tab order. The list under the map says the same.
const { L } = window;
const FLANDERS = [[50.68, 2.5], [51.52, 5.95]];
const APART = 52; // pixels: spots that are nearer than this become a group
const NEAR = new Set(["VL", "BR"]);

const json = (url) => fetch(url, { headers: { accept: "application/json" } }).then((answer) => {
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
});
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const icon = (className, content) => L.divIcon({ className, html: content, iconSize: [0, 0] });
const fixed = (at, className, content, zIndexOffset = 0) =>
  L.marker(at, { icon: icon(className, content), interactive: false, keyboard: false, zIndexOffset });

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Spots that lie close on the screen, together; the largest of them gives the group its name.
function groups(map, spots) {
  const found = [];
  for (const spot of spots) {
    const point = map.project([spot[2], spot[3]]);
    const near = found.find((group) => group.point.distanceTo(point) < APART);
    if (near) near.spots.push(spot);
    else found.push({ point, spots: [spot] });
  }
  return found;
}

const called = ([code, name]) => `${code} ${name}`;

function link(spot, data) {
  const [code, , , , count] = spot;
  const url = new URL(data.list, location.href);
  url.searchParams.set("plaats", code);
  const words = fill(count === 1 ? data.one : data.many, { place: called(spot), n: count });
  return element("a", count, { href: url.pathname + url.search, "aria-label": words, title: words });
}

function zoom(map, group, data) {
  const total = group.spots.reduce((sum, spot) => sum + spot[4], 0);
  const values = { places: group.spots.length, place: called(group.spots[0]), n: total };
  const words = fill(data.group, values);
  const button = element("button", total, { type: "button", "aria-label": words, title: words });
  button.addEventListener("click", () => {
    map.fitBounds(group.spots.map((spot) => [spot[2], spot[3]]), { padding: [60, 60], maxZoom: map.getZoom() + 3 });
    map.getContainer().focus();
  });
  return button;
}

function draw(map, layer, spots, data) {
  layer.clearLayers();
  const most = map.getZoom() >= map.getMaxZoom();
  const shown = most ? spots.map((spot) => ({ spots: [spot] })) : groups(map, spots);
  for (const group of shown) {
    const [first] = group.spots;
    const content = group.spots.length === 1 ? link(first, data) : zoom(map, group, data);
    fixed([first[2], first[3]], "spot", content).addTo(layer);
  }
}

// The names of towns that stand clear of each other, the most important first.
function named(map, layer, towns) {
  layer.clearLayers();
  const taken = [];
  for (const [name, ...at] of towns) {
    const point = map.project(at);
    if (taken.some((other) => Math.abs(other.x - point.x) < 80 && Math.abs(other.y - point.y) < 22)) continue;
    taken.push(point);
    fixed(at, "town", element("span", name), -1000).addTo(layer);
  }
}

function outlined(map, outline) {
  L.geoJSON(outline, {
    interactive: false,
    style: ({ properties }) => ({ className: NEAR.has(properties.region) ? "region region-near" : "region" }),
  }).addTo(map);
}

async function show(box) {
  const data = box.dataset;
  try {
    const [found, outline] = await Promise.all([json(data.spots), json(data.outline)]);
    if (!box.isConnected) return;
    box.replaceChildren();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(box, {
      attributionControl: false, zoomControl: false, minZoom: 6, maxZoom: 13, zoomSnap: data.tiles ? 1 : 0.25, maxBounds: [[48.5, 0.5], [53, 8]],
      zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, scrollWheelZoom: false,
      dragging: !L.Browser.mobile, // one finger scrolls the page, two move the map
    });
    L.control.zoom({ position: "bottomright", zoomInTitle: data.in, zoomOutTitle: data.out }).addTo(map);
    if (data.tiles) {
      box.classList.add("tiled");
      L.tileLayer(data.tiles, { maxZoom: 13 }).addTo(map);
    }
    map.fitBounds(FLANDERS);
    outlined(map, outline);
    const towns = data.tiles ? [] : found.towns;
    const names = L.layerGroup().addTo(map);
    if (data.school) fixed(data.school.split(",").map(Number), "home", element("span", "", { title: data.home }), 1000).addTo(map);
    // The largest first: it gives a group its place and its name.
    const spots = found.spots.sort((a, b) => b[4] - a[4] || (a[0] < b[0] ? -1 : 1));
    const layer = L.layerGroup().addTo(map);
    const redraw = () => {
      named(map, names, towns);
      draw(map, layer, spots, data);
    };
    redraw();
    map.on("zoomend", redraw);
  } catch (problem) {
    console.warn(problem);
    box.replaceChildren(element("p", data.broken));
  }
}

const all = (root) => root.querySelectorAll?.("[data-map]").forEach((box) => box.dataset.shown || ((box.dataset.shown = "1"), show(box)));
all(document);
addEventListener("htmx:afterSwap", () => all(document));
