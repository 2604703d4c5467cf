// Draws a case's place. All coordinates are WGS-84 degrees.
let loading;

function leaflet() {
  return loading ??= new Promise((resolve, reject) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/lib/leaflet/leaflet.css';
    document.head.append(style);
    const script = document.createElement('script');
    script.src = '/lib/leaflet/leaflet.js';
    script.onload = () => resolve(window.L);
    script.onerror = () => reject(new Error('leaflet is not served'));
    document.head.append(script);
  });
}

export async function draw(element, latitude, longitude, outline, tileUrl) {
  const L = await leaflet();
  if (!element.isConnected) return;
  element.caseMap?.remove();
  const map = element.caseMap = L.map(element, { attributionControl: false, scrollWheelZoom: false, zoomControl: false });
  L.control.zoom({ zoomInTitle: '放大', zoomOutTitle: '缩小' }).addTo(map);

  const layers = [];
  let bounds;
  if (outline) {
    const area = L.geoJSON(JSON.parse(outline), { style: { color: '#0f6b66', weight: 2, fillOpacity: 0.1 }, interactive: false });
    layers.push(area);
    bounds = area.getBounds();
  }
  if (latitude !== null && longitude !== null) {
    const point = L.latLng(latitude, longitude);
    layers.push(L.circleMarker(point, { radius: 9, color: '#ffffff', weight: 3, fillColor: '#a9362a', fillOpacity: 1, interactive: false }));
    bounds = bounds ? bounds.extend(point) : point.toBounds(300);
  }

  // Shapes are clipped to what the map shows, so it has to show something before they are added.
  map.fitBounds(bounds, { padding: [16, 16], maxZoom: 18 });
  if (tileUrl) L.tileLayer(tileUrl, { maxZoom: 19 }).addTo(map);
  for (const layer of layers) layer.addTo(map);
  element.dataset.drawn = 'true';
}
