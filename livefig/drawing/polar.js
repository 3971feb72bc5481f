// Polar axes: angles and distances from the middle as points of the SVG. polar.py is the twin.

const DEGREE = Math.PI / 180;

/** The points at angles and distances, or nowhere if a distance is below 0. */
export function around([[a, c], [e, f]], angles, distances) {
  const away = distances.map((distance) => (distance >= 0 ? distance : NaN));
  return [
    angles.map((angle, i) => a * away[i] * Math.cos(angle) + c),
    angles.map((angle, i) => e * away[i] * Math.sin(angle) + f),
  ];
}

/** The corners of a path whose edges are straight in the data, and a point in each degree between them. */
export function byDegrees(corners) {
  return corners.flatMap(([x, y], i) => {
    const [toX, toY] = corners[(i + 1) % corners.length];
    const count = Math.ceil(Math.abs(toX - x) / DEGREE) || 1;
    return Array.from({ length: count }, (_, k) => [x + (k / count) * (toX - x), y + (k / count) * (toY - y)]);
  });
}
