interface Ordered {
  readonly order: number;
}

type Place = readonly [id: string, thing: Ordered];

const idsInOrder = (places: readonly Place[]): readonly string[] => places.toSorted(([, one], [, other]) => one.order - other.order).map(([id]) => id);

export const isTaken = (places: readonly Place[], id: string, order: number): boolean => places.some(([other, thing]) => other !== id && thing.order === order);

/**
 * The ids with one of them moved to a place, from 1 on; a place beyond the end is the last one. Undefined where it stands there, and
 * all are numbered without gaps.
 */
export const movedTo = (places: readonly Place[], id: string, place: number): readonly string[] | undefined => {
  const others = idsInOrder(places).filter((other) => other !== id);
  const ids = [...others.slice(0, place - 1), id, ...others.slice(place - 1)];
  const orders = new Map(places.map(([known, { order }]) => [known, order]));
  return ids.every((known, index) => orders.get(known) === index + 1) ? undefined : ids;
};
