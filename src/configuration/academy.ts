interface Variables {
  readonly ACADEMY_ENTRY_SEATS: number;
  readonly ACADEMY_INTERMEDIATE_SEATS: number;
  readonly ACADEMY_BUNDLE_SEATS: number;
  readonly ACADEMY_GROUP_PRICE: number;
  readonly ACADEMY_URL?: string;
}

/** Seats of each course, the price for each participant of a group in rupiah, and where links in mails lead. */
export const academyOf = (environment: Variables, publicUrl: string) =>
  Object.freeze({
    seats: Object.freeze({
      ENTRY: environment.ACADEMY_ENTRY_SEATS,
      INTERMEDIATE: environment.ACADEMY_INTERMEDIATE_SEATS,
      BUNDLE: environment.ACADEMY_BUNDLE_SEATS,
    }),
    groupPrice: environment.ACADEMY_GROUP_PRICE,
    url: (environment.ACADEMY_URL ?? `${publicUrl}/academy`).replace(/\/+$/, ''),
  });
