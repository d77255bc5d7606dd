// Made from the OpenAPI document by `npm run console:types`: do not edit.
export interface paths {
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Check system health */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /**
                             * @description degraded (200): something cannot be shown that nobody needs to log in, to fill a cart or to pay
                             * @enum {unknown}
                             */
                            readonly status: "ok" | "degraded" | "unavailable";
                            readonly parts: {
                                readonly [key: string]: {
                                    /** @enum {unknown} */
                                    readonly status: "up" | "degraded" | "down";
                                    readonly detail?: string;
                                };
                            };
                            readonly projections: readonly {
                                readonly projection: string;
                                readonly checkpoint: string;
                                readonly behind: number;
                                /**
                                 * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                                 * @enum {unknown}
                                 */
                                readonly unit: "events" | "bytes";
                                /** @description Age of the oldest event that is missing */
                                readonly secondsBehind: number;
                                /** @enum {unknown} */
                                readonly state: "serving" | "building" | "failed";
                                readonly since: string | null;
                                readonly failure: string | null;
                            }[];
                            readonly workers: readonly {
                                readonly worker: string;
                                /** @description How long the oldest of what it has to do has been waiting */
                                readonly secondsBehind: number;
                            }[];
                            readonly deadLetters: {
                                readonly [key: string]: number;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Default Response */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /**
                             * @description degraded (200): something cannot be shown that nobody needs to log in, to fill a cart or to pay
                             * @enum {unknown}
                             */
                            readonly status: "ok" | "degraded" | "unavailable";
                            readonly parts: {
                                readonly [key: string]: {
                                    /** @enum {unknown} */
                                    readonly status: "up" | "degraded" | "down";
                                    readonly detail?: string;
                                };
                            };
                            readonly projections: readonly {
                                readonly projection: string;
                                readonly checkpoint: string;
                                readonly behind: number;
                                /**
                                 * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                                 * @enum {unknown}
                                 */
                                readonly unit: "events" | "bytes";
                                /** @description Age of the oldest event that is missing */
                                readonly secondsBehind: number;
                                /** @enum {unknown} */
                                readonly state: "serving" | "building" | "failed";
                                readonly since: string | null;
                                readonly failure: string | null;
                            }[];
                            readonly workers: readonly {
                                readonly worker: string;
                                /** @description How long the oldest of what it has to do has been waiting */
                                readonly secondsBehind: number;
                            }[];
                            readonly deadLetters: {
                                readonly [key: string]: number;
                            };
                        };
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Login user
         * @description With two-factor on there is no token yet: 401 second-factor-required says that a code was mailed. Send it as otp, with the password, or to POST /otp/verify with purpose login_verification.
         */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody: {
                readonly content: {
                    readonly "application/json": {
                        /** Format: email */
                        readonly email: string;
                        readonly password: string;
                        /** @description The code from the mail, where the account has two-factor on */
                        readonly otp?: string;
                    };
                };
            };
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly accessToken: string;
                            /** @enum {string} */
                            readonly tokenType: "Bearer";
                            /** @description Seconds */
                            readonly expiresIn: number;
                            readonly refreshToken: string;
                            readonly user: {
                                readonly id: string;
                                readonly name: string;
                                readonly email: string;
                                readonly role: ("admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest") | null;
                                readonly emailVerified: boolean;
                                readonly isOAuthUser: boolean;
                                /** @enum {unknown} */
                                readonly provider: "local" | "google";
                                readonly twoFactorEnabled: boolean;
                                readonly imageProfileUrl: string | null;
                                readonly createdAt: string;
                            };
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/refresh": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Refresh access token */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        readonly refreshToken?: string;
                    };
                };
            };
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly accessToken: string;
                            /** @enum {string} */
                            readonly tokenType: "Bearer";
                            /** @description Seconds */
                            readonly expiresIn: number;
                            readonly refreshToken: string;
                            readonly user: {
                                readonly id: string;
                                readonly name: string;
                                readonly email: string;
                                readonly role: ("admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest") | null;
                                readonly emailVerified: boolean;
                                readonly isOAuthUser: boolean;
                                /** @enum {unknown} */
                                readonly provider: "local" | "google";
                                readonly twoFactorEnabled: boolean;
                                readonly imageProfileUrl: string | null;
                                readonly createdAt: string;
                            };
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/auth/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Logout user */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: {
                readonly content: {
                    readonly "application/json": {
                        readonly refreshToken?: string;
                    };
                };
            };
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {boolean} */
                            readonly success: true;
                            readonly message: string;
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                readonly 413: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                readonly 415: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/streams/{stream}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every event of a stream with its metadata, in order */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly fromRevision?: number;
                    /** @description With state=true at most 100 are given */
                    readonly limit?: number;
                    /** @description Each event with the state after it and what it changed */
                    readonly state?: boolean;
                };
                readonly header?: never;
                readonly path: {
                    readonly stream: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly stream: string;
                            readonly events: readonly {
                                readonly id: string;
                                readonly type: string;
                                readonly revision: number;
                                readonly position: string;
                                readonly data: {
                                    readonly [key: string]: unknown;
                                };
                                /** @description Who (actorId), when (occurredAt), why (causationId, commandId, correlationId) */
                                readonly metadata: {
                                    readonly [key: string]: unknown;
                                };
                                /** @description With state=true: the stream after this event */
                                readonly state?: unknown;
                                /** @description The state is too large to be shown as a whole */
                                readonly stateTruncated?: boolean;
                                /** @description With state=true: what this event changed */
                                readonly changes?: readonly {
                                    /** @description JSON pointer (RFC 6901) into the state; empty: the state as a whole */
                                    readonly path: string;
                                    /** @description Absent: it is new */
                                    readonly before?: unknown;
                                    /** @description Absent: it is gone */
                                    readonly after?: unknown;
                                }[];
                                /** @description There are more changes than are shown */
                                readonly changesTruncated?: boolean;
                            }[];
                            readonly fromRevision: number;
                            /** @description Where the next page starts; null at the end */
                            readonly nextRevision: number | null;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/streams/{stream}/state": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A stream as it was at a revision or a moment */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly revision?: number;
                    /** @description A moment, UTC where it names no zone; a date is its whole day */
                    readonly at?: string;
                };
                readonly header?: never;
                readonly path: {
                    readonly stream: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly stream: string;
                            /** @description The last event that it contains */
                            readonly revision: number;
                            readonly eventId: string;
                            readonly occurredAt: string;
                            readonly state: unknown;
                            readonly stateTruncated: boolean;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/payments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Search payments, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly id?: string;
                    /** @description The account that pays, or that used the coupon */
                    readonly payer?: string;
                    readonly course?: string;
                    /** @description Of the coupon; case does not matter */
                    readonly code?: string;
                    readonly amountFrom?: number;
                    readonly amountTo?: number;
                    readonly currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    readonly from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    readonly to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    readonly actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    readonly reason?: string;
                    readonly status?: "opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed";
                    readonly limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    readonly cursor?: string;
                    /** @description With the totals of the whole search */
                    readonly totals?: boolean;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly data: readonly {
                                readonly id: string;
                                readonly stream: string;
                                readonly payerId: string | null;
                                readonly courseIds: readonly string[];
                                readonly couponCode: string | null;
                                readonly method: string | null;
                                readonly statuses: readonly ("opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed")[];
                                readonly currency: string | null;
                                readonly amount: string | null;
                                readonly captured: string | null;
                                readonly refunded: string;
                                readonly refunds: readonly {
                                    readonly refundId: string;
                                    readonly amount: string;
                                    /** @enum {unknown} */
                                    readonly status: "requested" | "done" | "failed";
                                }[];
                                readonly actorIds: readonly string[];
                                readonly reasons: readonly string[];
                                readonly correlationId: string;
                                readonly openedAt: string;
                                readonly updatedAt: string;
                            }[];
                            readonly nextCursor: string | null;
                            readonly totals?: {
                                readonly count: number;
                                readonly statuses: {
                                    readonly [key: string]: number;
                                };
                                readonly sums: readonly {
                                    readonly currency: string;
                                    readonly count: number;
                                    readonly amount: string;
                                    readonly captured: string;
                                    readonly refunded: string;
                                }[];
                                /** @description false: there are more than 200,000, and these are the totals of the newest ones: ask for a shorter time */
                                readonly complete: boolean;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/coupons": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Search coupons, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly id?: string;
                    /** @description The account that pays, or that used the coupon */
                    readonly payer?: string;
                    readonly course?: string;
                    /** @description Of the coupon; case does not matter */
                    readonly code?: string;
                    readonly amountFrom?: number;
                    readonly amountTo?: number;
                    readonly currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    readonly from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    readonly to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    readonly actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    readonly reason?: string;
                    readonly status?: "issued" | "withdrawn" | "disabled";
                    readonly limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    readonly cursor?: string;
                    /** @description With the totals of the whole search */
                    readonly totals?: boolean;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly data: readonly {
                                readonly id: string;
                                readonly stream: string;
                                readonly code: string;
                                readonly issuedBy: string;
                                readonly terms: {
                                    /** @enum {unknown} */
                                    readonly kind: "platform_wide" | "course_specific";
                                    readonly courseId: string | null;
                                    readonly benefit: {
                                        /** @enum {string} */
                                        readonly type: "percentage";
                                        readonly percent: string;
                                    } | {
                                        /** @enum {string} */
                                        readonly type: "fixed";
                                        readonly amount: string;
                                        readonly currency: string;
                                    };
                                    /** @enum {unknown} */
                                    readonly applicableOn: "single_only" | "both";
                                    readonly maxUses: number | null;
                                    readonly expiresAt: string | null;
                                } | {
                                    /** @enum {string} */
                                    readonly kind: "teacher";
                                    readonly benefit: {
                                        /** @enum {string} */
                                        readonly type: "access";
                                        readonly price: string;
                                        readonly currency: string;
                                    };
                                    /** @enum {unknown} */
                                    readonly status: "available" | "disabled";
                                    readonly isActive: boolean;
                                    readonly maxUses: number;
                                    readonly expiresAt: string;
                                };
                                /** @enum {unknown} */
                                readonly status: "issued" | "withdrawn" | "disabled";
                                readonly uses: {
                                    readonly reserved: number;
                                    readonly redeemed: number;
                                    readonly released: number;
                                    readonly reversed: number;
                                };
                                /** @description What redeemed uses were worth, by currency */
                                readonly given: {
                                    readonly [key: string]: string;
                                };
                                readonly actorIds: readonly string[];
                                readonly reasons: readonly string[];
                                readonly correlationId: string;
                                readonly issuedAt: string;
                                readonly updatedAt: string;
                            }[];
                            readonly nextCursor: string | null;
                            readonly totals?: {
                                readonly count: number;
                                readonly statuses: {
                                    readonly [key: string]: number;
                                };
                                readonly uses: {
                                    readonly reserved: number;
                                    readonly redeemed: number;
                                    readonly released: number;
                                    readonly reversed: number;
                                };
                                /** @description What redeemed uses were worth, by currency */
                                readonly given: {
                                    readonly [key: string]: string;
                                };
                                /** @description false: there are more than 200,000, and these are the totals of the newest ones: ask for a shorter time */
                                readonly complete: boolean;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/traces/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The whole tree of causes of an event, a command, a request, a payment or an invoice
         * @description Takes the id of an event, of a command, of a request (the correlation), of a payment, of an invoice, or the number of an invoice. Whatever belongs to a purchase among them (payment, checkout, invoices, mails) is followed to its end, also where another request went on with it.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description Of events */
                    readonly limit?: number;
                    readonly cursor?: string;
                };
                readonly header?: never;
                readonly path: {
                    readonly id: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly id: string;
                            /** @description Each cause before its effects */
                            readonly nodes: readonly {
                                readonly id: string;
                                /**
                                 * @description charge: what a payment asks of its provider and hears from it
                                 * @enum {unknown}
                                 */
                                readonly kind: "request" | "command" | "event" | "process" | "charge" | "mail" | "invoice";
                                readonly parent: string | null;
                                readonly depth: number;
                                readonly event: {
                                    readonly type: string;
                                    readonly stream: string;
                                    readonly revision: number;
                                    readonly position: string;
                                    readonly occurredAt: string;
                                    readonly actorId: string | null;
                                    readonly data: {
                                        readonly [key: string]: unknown;
                                    };
                                } | null;
                            }[];
                            readonly truncated: boolean;
                            readonly nextCursor: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Exports events of payments and coupons, as lines of JSON or as CSV
         * @description In the order of the log, up to the newest checkpoint. Without filters the lines of JSON are the format of docs/audit-format.md, which needs no server to be verified; with filters they are the events of the payments and coupons that the search finds, and a last line with the checkpoint that covers them. An answer that broke off is gone on with: `after` is the id in the last whole line, and what comes then is added to the file. The header X-Audit-Checkpoint has the checkpoint in base64.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly id?: string;
                    /** @description The account that pays, or that used the coupon */
                    readonly payer?: string;
                    readonly course?: string;
                    /** @description Of the coupon; case does not matter */
                    readonly code?: string;
                    readonly amountFrom?: number;
                    readonly amountTo?: number;
                    readonly currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    readonly from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    readonly to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    readonly actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    readonly reason?: string;
                    readonly status?: "opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed" | "issued" | "withdrawn" | "disabled";
                    readonly format?: "ndjson" | "csv";
                    readonly of?: "payments" | "coupons";
                    readonly after?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The export */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/x-ndjson": string;
                        readonly "text/csv": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/accesses": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who read or exported what of the audit, the newest first
         * @description Each read is recorded before it is answered. The same read of the same account within a minute counts once, exports always.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly actor?: string;
                    /** @description Such as /audit/streams/payment-1 */
                    readonly path?: string;
                    readonly kind?: "read" | "export";
                    readonly from?: string;
                    readonly to?: string;
                    readonly limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    readonly cursor?: string;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly data: readonly {
                                /** @description Of the event */
                                readonly id: string;
                                /** @enum {unknown} */
                                readonly kind: "read" | "export";
                                readonly accountId: string;
                                readonly route: string;
                                readonly path: string;
                                /** @description What was asked for, as JSON */
                                readonly query: string;
                                readonly at: string;
                            }[];
                            readonly nextCursor: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/auditors/{accountId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Makes an account an auditor
         * @description It loses the role that it had: an auditor reads the audit and changes nothing. It counts at once in all sessions. The last admin stays one.
         */
        readonly put: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly accountId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly accountId: string;
                            /** @enum {unknown} */
                            readonly role: "admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly post?: never;
        /**
         * Takes the role of an auditor away
         * @description The account is a guest then: it may buy and learn. Other roles are given where they are made.
         */
        readonly delete: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path: {
                    readonly accountId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly accountId: string;
                            /** @enum {unknown} */
                            readonly role: "admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/key": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The public keys that verify checkpoints */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description The name of the log */
                            readonly origin: string;
                            /** @description The key that signs now */
                            readonly vkey: string;
                            /** @description All that signed the 1,000 newest checkpoints or sign now */
                            readonly vkeys: readonly string[];
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/checkpoint": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The newest checkpoint, as the signed note itself */
        readonly get: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description C2SP tlog-checkpoint */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/plain": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/checkpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every checkpoint, the newest first */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    /** @description nextBefore of the page before */
                    readonly before?: number;
                    readonly limit?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description The newest first */
                            readonly checkpoints: readonly {
                                /** @description How many events it is about */
                                readonly size: number;
                                /** @description Base64 */
                                readonly root: string;
                                /** @description The whole signed note (C2SP tlog-checkpoint) */
                                readonly note: string;
                                /** @description The key that verifies it */
                                readonly vkey: string;
                                /** @enum {unknown} */
                                readonly reason: "events" | "time" | "stop" | "demand";
                                readonly signedAt: string;
                            }[];
                            /** @description What `before` is for the next page; null at the end */
                            readonly nextBefore: number | null;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        /** Signs a checkpoint of all events so far, and sends it to AUDIT_CHECKPOINT_TO */
        readonly post: {
            readonly parameters: {
                readonly query?: never;
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @description How many events it is about */
                            readonly size: number;
                            /** @description Base64 */
                            readonly root: string;
                            /** @description The whole signed note (C2SP tlog-checkpoint) */
                            readonly note: string;
                            /** @description The key that verifies it */
                            readonly vkey: string;
                            /** @enum {unknown} */
                            readonly reason: "events" | "time" | "stop" | "demand";
                            readonly signedAt: string;
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                readonly 202: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            /** @enum {string} */
                            readonly status: "accepted";
                            readonly position: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                readonly 409: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                readonly 422: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/proofs/inclusion/{eventId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** That an event stands in the tree of that size */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly size?: number;
                };
                readonly header?: never;
                readonly path: {
                    readonly eventId: string;
                };
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly eventId: string;
                            readonly index: number;
                            readonly size: number;
                            /** @description Base64 of 32 bytes */
                            readonly leaf: string;
                            readonly hashes: readonly string[];
                            /** @description Base64 of 32 bytes */
                            readonly root: string;
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                readonly 414: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit/proofs/consistency": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** That the tree of one size is the beginning of that of another */
        readonly get: {
            readonly parameters: {
                readonly query: {
                    readonly from: number;
                    readonly to?: number;
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Default Response */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly from: number;
                            readonly to: number;
                            /** @description Base64 of 32 bytes */
                            readonly fromRoot: string;
                            /** @description Base64 of 32 bytes */
                            readonly toRoot: string;
                            readonly hashes: readonly string[];
                        };
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/analytics/series": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Figures by hour, day, week or month of a time zone
         * @description docs/analytics.md says what each figure counts. Weeks begin on Mondays; the first and the last week or month are cut by the range.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly course?: string;
                    readonly instructor?: string;
                    readonly organization?: string;
                    /** @description Its code; case does not matter */
                    readonly coupon?: string;
                    readonly surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    readonly zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    readonly from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    readonly to?: string;
                    readonly unit?: "hour" | "day" | "week" | "month";
                    /** @description previous: as many days right before are added up, too */
                    readonly compare?: "previous";
                    readonly format?: "json" | "csv";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The figures */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly of: {
                                readonly dimension: string;
                                readonly key: string | null;
                            };
                            readonly zone: string;
                            readonly from: string;
                            readonly to: string;
                            readonly unit: string;
                            readonly points: readonly {
                                /** @description As the clocks of the zone show it, with their offset */
                                readonly start: string;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                readonly counts: {
                                    readonly cartAdditions?: number;
                                    readonly cartRemovals?: number;
                                    readonly cartCheckouts?: number;
                                    readonly opened?: number;
                                    readonly captured?: number;
                                    readonly capturedFree?: number;
                                    readonly declined?: number;
                                    readonly cancelled?: number;
                                    readonly expired?: number;
                                    readonly capturedLate?: number;
                                    readonly refundsPaid?: number;
                                    readonly refundedInFull?: number;
                                    readonly refundsReversed?: number;
                                    readonly enrolled?: number;
                                    readonly enrollmentsEnded?: number;
                                    readonly completions?: number;
                                    readonly lessonsCompleted?: number;
                                    readonly lessonsReopened?: number;
                                    readonly attemptsStarted?: number;
                                    readonly attemptsSubmitted?: number;
                                    readonly attemptsGraded?: number;
                                    readonly attemptsPassed?: number;
                                    readonly couponsReserved?: number;
                                    readonly couponsRedeemed?: number;
                                    readonly couponsReleased?: number;
                                    readonly couponsReversed?: number;
                                    readonly couponsUsedForAccess?: number;
                                    readonly couponAccessReversed?: number;
                                    readonly seatsReserved?: number;
                                    readonly seatsTaken?: number;
                                    readonly seatsOccupied?: number;
                                    readonly seatsReleased?: number;
                                    readonly mailsRequested?: number;
                                    readonly mailsSent?: number;
                                    readonly mailsGivenUp?: number;
                                    readonly mailsUnknown?: number;
                                    readonly mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                readonly money: readonly {
                                    readonly currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly net: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly accessGiven: string;
                                }[];
                            }[];
                            readonly totals: {
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                readonly counts: {
                                    readonly cartAdditions?: number;
                                    readonly cartRemovals?: number;
                                    readonly cartCheckouts?: number;
                                    readonly opened?: number;
                                    readonly captured?: number;
                                    readonly capturedFree?: number;
                                    readonly declined?: number;
                                    readonly cancelled?: number;
                                    readonly expired?: number;
                                    readonly capturedLate?: number;
                                    readonly refundsPaid?: number;
                                    readonly refundedInFull?: number;
                                    readonly refundsReversed?: number;
                                    readonly enrolled?: number;
                                    readonly enrollmentsEnded?: number;
                                    readonly completions?: number;
                                    readonly lessonsCompleted?: number;
                                    readonly lessonsReopened?: number;
                                    readonly attemptsStarted?: number;
                                    readonly attemptsSubmitted?: number;
                                    readonly attemptsGraded?: number;
                                    readonly attemptsPassed?: number;
                                    readonly couponsReserved?: number;
                                    readonly couponsRedeemed?: number;
                                    readonly couponsReleased?: number;
                                    readonly couponsReversed?: number;
                                    readonly couponsUsedForAccess?: number;
                                    readonly couponAccessReversed?: number;
                                    readonly seatsReserved?: number;
                                    readonly seatsTaken?: number;
                                    readonly seatsOccupied?: number;
                                    readonly seatsReleased?: number;
                                    readonly mailsRequested?: number;
                                    readonly mailsSent?: number;
                                    readonly mailsGivenUp?: number;
                                    readonly mailsUnknown?: number;
                                    readonly mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                readonly money: readonly {
                                    readonly currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly net: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly accessGiven: string;
                                }[];
                            };
                            readonly previous?: {
                                readonly from: string;
                                readonly to: string;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                readonly counts: {
                                    readonly cartAdditions?: number;
                                    readonly cartRemovals?: number;
                                    readonly cartCheckouts?: number;
                                    readonly opened?: number;
                                    readonly captured?: number;
                                    readonly capturedFree?: number;
                                    readonly declined?: number;
                                    readonly cancelled?: number;
                                    readonly expired?: number;
                                    readonly capturedLate?: number;
                                    readonly refundsPaid?: number;
                                    readonly refundedInFull?: number;
                                    readonly refundsReversed?: number;
                                    readonly enrolled?: number;
                                    readonly enrollmentsEnded?: number;
                                    readonly completions?: number;
                                    readonly lessonsCompleted?: number;
                                    readonly lessonsReopened?: number;
                                    readonly attemptsStarted?: number;
                                    readonly attemptsSubmitted?: number;
                                    readonly attemptsGraded?: number;
                                    readonly attemptsPassed?: number;
                                    readonly couponsReserved?: number;
                                    readonly couponsRedeemed?: number;
                                    readonly couponsReleased?: number;
                                    readonly couponsReversed?: number;
                                    readonly couponsUsedForAccess?: number;
                                    readonly couponAccessReversed?: number;
                                    readonly seatsReserved?: number;
                                    readonly seatsTaken?: number;
                                    readonly seatsOccupied?: number;
                                    readonly seatsReleased?: number;
                                    readonly mailsRequested?: number;
                                    readonly mailsSent?: number;
                                    readonly mailsGivenUp?: number;
                                    readonly mailsUnknown?: number;
                                    readonly mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                readonly money: readonly {
                                    readonly currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly net: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly accessGiven: string;
                                }[];
                            };
                        };
                        readonly "text/csv": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/analytics/top": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The courses, instructors, organizations or coupons with the most of a figure */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly instructor?: string;
                    readonly organization?: string;
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    readonly zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    readonly from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    readonly to?: string;
                    readonly list?: "course" | "instructor" | "organization" | "coupon" | "surface";
                    readonly by?: "net" | "gross" | "discounts" | "refunds" | "netWithCoupon" | "accessGiven" | "cartAdditions" | "cartRemovals" | "cartCheckouts" | "opened" | "captured" | "capturedFree" | "declined" | "cancelled" | "expired" | "capturedLate" | "refundsPaid" | "refundedInFull" | "refundsReversed" | "enrolled" | "enrollmentsEnded" | "completions" | "lessonsCompleted" | "lessonsReopened" | "attemptsStarted" | "attemptsSubmitted" | "attemptsGraded" | "attemptsPassed" | "couponsReserved" | "couponsRedeemed" | "couponsReleased" | "couponsReversed" | "couponsUsedForAccess" | "couponAccessReversed" | "seatsReserved" | "seatsTaken" | "seatsOccupied" | "seatsReleased" | "mailsRequested" | "mailsSent" | "mailsGivenUp" | "mailsUnknown" | "mailsWithdrawn";
                    /** @description Of amounts. Default: the currency of the marketplace */
                    readonly currency?: string;
                    readonly limit?: number;
                    readonly format?: "json" | "csv";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The figures */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly of: {
                                readonly dimension: string;
                                readonly key: string | null;
                            };
                            readonly zone: string;
                            readonly from: string;
                            readonly to: string;
                            readonly by: string;
                            readonly currency: string | null;
                            readonly items: readonly {
                                readonly key: string;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                readonly counts: {
                                    readonly cartAdditions?: number;
                                    readonly cartRemovals?: number;
                                    readonly cartCheckouts?: number;
                                    readonly opened?: number;
                                    readonly captured?: number;
                                    readonly capturedFree?: number;
                                    readonly declined?: number;
                                    readonly cancelled?: number;
                                    readonly expired?: number;
                                    readonly capturedLate?: number;
                                    readonly refundsPaid?: number;
                                    readonly refundedInFull?: number;
                                    readonly refundsReversed?: number;
                                    readonly enrolled?: number;
                                    readonly enrollmentsEnded?: number;
                                    readonly completions?: number;
                                    readonly lessonsCompleted?: number;
                                    readonly lessonsReopened?: number;
                                    readonly attemptsStarted?: number;
                                    readonly attemptsSubmitted?: number;
                                    readonly attemptsGraded?: number;
                                    readonly attemptsPassed?: number;
                                    readonly couponsReserved?: number;
                                    readonly couponsRedeemed?: number;
                                    readonly couponsReleased?: number;
                                    readonly couponsReversed?: number;
                                    readonly couponsUsedForAccess?: number;
                                    readonly couponAccessReversed?: number;
                                    readonly seatsReserved?: number;
                                    readonly seatsTaken?: number;
                                    readonly seatsOccupied?: number;
                                    readonly seatsReleased?: number;
                                    readonly mailsRequested?: number;
                                    readonly mailsSent?: number;
                                    readonly mailsGivenUp?: number;
                                    readonly mailsUnknown?: number;
                                    readonly mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                readonly money: readonly {
                                    readonly currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly net: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    readonly accessGiven: string;
                                }[];
                            }[];
                        };
                        readonly "text/csv": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/analytics/funnel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * From the cart to the captured payment, and what became of the others
         * @description Each step counts what happened in the range, whenever the purchase began. docs/analytics.md says what a step counts.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly course?: string;
                    readonly instructor?: string;
                    readonly organization?: string;
                    /** @description Its code; case does not matter */
                    readonly coupon?: string;
                    readonly surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    readonly zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    readonly from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    readonly to?: string;
                    /** @description previous: as many days right before are added up, too */
                    readonly compare?: "previous";
                    readonly format?: "json" | "csv";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The figures */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly of: {
                                readonly dimension: string;
                                readonly key: string | null;
                            };
                            readonly zone: string;
                            readonly from: string;
                            readonly to: string;
                            readonly funnel: {
                                /** @description Courses put into carts */
                                readonly carts: number;
                                readonly opened: number;
                                readonly captured: number;
                                readonly declined: number;
                                readonly cancelled: number;
                                readonly expired: number;
                                /** @description Refunded in full */
                                readonly refunded: number;
                            };
                            readonly previous?: {
                                readonly from: string;
                                readonly to: string;
                                readonly funnel: {
                                    /** @description Courses put into carts */
                                    readonly carts: number;
                                    readonly opened: number;
                                    readonly captured: number;
                                    readonly declined: number;
                                    readonly cancelled: number;
                                    readonly expired: number;
                                    /** @description Refunded in full */
                                    readonly refunded: number;
                                };
                            };
                        };
                        readonly "text/csv": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/analytics/scores": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How graded attempts at assessments are distributed, in steps of five per cent */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly course?: string;
                    readonly instructor?: string;
                    readonly organization?: string;
                    /** @description Its code; case does not matter */
                    readonly coupon?: string;
                    readonly surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    readonly zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    readonly from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    readonly to?: string;
                    readonly format?: "json" | "csv";
                };
                readonly header?: never;
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description The figures */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/json": {
                            readonly of: {
                                readonly dimension: string;
                                readonly key: string | null;
                            };
                            readonly zone: string;
                            readonly from: string;
                            readonly to: string;
                            readonly graded: number;
                            readonly passed: number;
                            readonly bins: readonly {
                                readonly from: number;
                                /** @description Per cent, exclusive but for 100 */
                                readonly to: number;
                                readonly attempts: number;
                            }[];
                        };
                        readonly "text/csv": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/analytics/feed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Purchases, refunds, enrollments, attempts and uses of coupons, as server-sent events
         * @description Each event is a fact of docs/analytics.md, its id the position in the log. Begins after Last-Event-ID (or `after`; 0: with the first fact there is), else with what comes now. An id alone, at least every 15 seconds, says how far the log was read. It ends when the session ends or the account may not see these facts any more.
         */
        readonly get: {
            readonly parameters: {
                readonly query?: {
                    readonly course?: string;
                    readonly instructor?: string;
                    readonly organization?: string;
                    /** @description Its code; case does not matter */
                    readonly coupon?: string;
                    readonly surface?: "marketplace" | "academy" | "edupro";
                    /** @description Separated by commas, of: purchase, refund, refund-reversed, enrollment, enrollment-ended, attempt-started, attempt-submitted, attempt-graded, coupon-reserved, coupon-redeemed, coupon-released, coupon-reversed, coupon-used-for-access, coupon-access-reversed */
                    readonly types?: string;
                    /** @description Begin after this position, for clients that can’t send Last-Event-ID */
                    readonly after?: string;
                };
                readonly header?: {
                    /** @description The id of the last event that was seen */
                    readonly "last-event-id"?: string;
                };
                readonly path?: never;
                readonly cookie?: never;
            };
            readonly requestBody?: never;
            readonly responses: {
                /** @description Server-sent events: the kind of the fact, its table and rows as data */
                readonly 200: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "text/event-stream": string;
                    };
                };
                /** @description Bad Request */
                readonly 400: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                readonly 401: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                readonly 403: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                readonly 404: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                readonly 429: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                readonly 500: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                readonly 503: {
                    headers: {
                        readonly [name: string]: unknown;
                    };
                    content: {
                        readonly "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly ProblemDetails: {
            /** @description URI of the kind of problem */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** @description URN of the request id */
            readonly instance: string;
            /** @description What a program can branch on */
            readonly code: string;
            readonly errors?: readonly {
                readonly field: string;
                readonly message: string;
            }[];
            /** @description The values behind a refusal */
            readonly details?: {
                readonly [key: string]: unknown;
            };
        };
        readonly UsersFailure: {
            /** @enum {boolean} */
            readonly success: false;
            readonly message: string;
            /** @description What a program can branch on */
            readonly code: string;
            readonly errors?: readonly {
                readonly field: string;
                readonly message: string;
            }[];
            /** @description The values behind a refusal */
            readonly details?: {
                readonly [key: string]: unknown;
            };
        };
        readonly AuthenticationError: {
            /** @enum {boolean} */
            readonly success: false;
            readonly statusCode: number;
            readonly message: string;
            /** @description The fields that a 400 is about */
            readonly data?: {
                readonly errors: readonly {
                    readonly field: string;
                    readonly message: string;
                }[];
            };
        };
        /** @description Payments name wrong fields in `details`, others in `errors`, which is null for packages and materials where no field is wrong. error and retryAfter: of 429. */
        readonly AcademyFailure: {
            /** @enum {string} */
            readonly status: "error";
            /** @description A list where the document has one: a bad proof link of PATCH /payments/:id/update */
            readonly message: string | readonly {
                readonly field: string;
                readonly message: string;
            }[];
            readonly errors?: readonly {
                readonly field: string;
                readonly message: string;
            }[] | null;
            readonly details?: readonly {
                readonly field: string;
                readonly message: string;
            }[];
            readonly error?: string;
            /** @description Seconds */
            readonly retryAfter?: number;
        };
        /** @description {detail}, or for each wrong field its sentences; {error} or {message} where a route says so */
        readonly EduproFailure: {
            readonly detail?: string;
        } & {
            readonly [key: string]: string | readonly unknown[] | {
                readonly [key: string]: unknown;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
