// Polar axes: angles and distances from the middle as points of the SVG. polar.py is the twin.

/** The points at angles and distances, or nowhere if a distance is below 0. */
export function around([[a, c], [e, f]], angles, distances) {
  const away = distances.map((distance) => (distance >= 0 ? distance : NaN));
  return [
    angles.map((angle, i) => a * away[i] * Math.cos(angle) + c),
    angles.map((angle, i) => e * away[i] * Math.sin(angle) + f),
  ];
}
