/** The first circle that is met along the edges, each file named once, or none. */
export const circleIn = (edges: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const done = new Set<string>();
  const search = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return trail.slice(trail.indexOf(file));
    if (done.has(file)) return [];
    for (const next of edges.get(file) ?? []) {
      const circle = search(next, [...trail, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const circle = search(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
};
