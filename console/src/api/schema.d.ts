// Made from the OpenAPI document by `npm run console:types`: do not edit.
export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check system health */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description degraded (200): something cannot be shown that nobody needs to log in, to fill a cart or to pay
                             * @enum {unknown}
                             */
                            status: "ok" | "degraded" | "unavailable";
                            parts: {
                                [key: string]: {
                                    /** @enum {unknown} */
                                    status: "up" | "degraded" | "down";
                                    detail?: string;
                                };
                            };
                            projections: {
                                projection: string;
                                checkpoint: string;
                                behind: number;
                                /**
                                 * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                                 * @enum {unknown}
                                 */
                                unit: "events" | "bytes";
                                /** @description Age of the oldest event that is missing */
                                secondsBehind: number;
                                /** @enum {unknown} */
                                state: "serving" | "building" | "failed";
                                since: string | null;
                                failure: string | null;
                            }[];
                            workers: {
                                worker: string;
                                /** @description How long the oldest of what it has to do has been waiting */
                                secondsBehind: number;
                            }[];
                            deadLetters: {
                                [key: string]: number;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description degraded (200): something cannot be shown that nobody needs to log in, to fill a cart or to pay
                             * @enum {unknown}
                             */
                            status: "ok" | "degraded" | "unavailable";
                            parts: {
                                [key: string]: {
                                    /** @enum {unknown} */
                                    status: "up" | "degraded" | "down";
                                    detail?: string;
                                };
                            };
                            projections: {
                                projection: string;
                                checkpoint: string;
                                behind: number;
                                /**
                                 * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                                 * @enum {unknown}
                                 */
                                unit: "events" | "bytes";
                                /** @description Age of the oldest event that is missing */
                                secondsBehind: number;
                                /** @enum {unknown} */
                                state: "serving" | "building" | "failed";
                                since: string | null;
                                failure: string | null;
                            }[];
                            workers: {
                                worker: string;
                                /** @description How long the oldest of what it has to do has been waiting */
                                secondsBehind: number;
                            }[];
                            deadLetters: {
                                [key: string]: number;
                            };
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/read-models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each read model stands, and its last rebuild */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            readModels: {
                                name: string;
                                version: number;
                                /** @enum {unknown} */
                                state: "serving" | "building" | "failed";
                                position: string;
                                behind: number;
                                /**
                                 * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                                 * @enum {unknown}
                                 */
                                unit: "events" | "bytes";
                                /** @description Age of the oldest event that is missing */
                                secondsBehind: number;
                                since: string | null;
                                failure: string | null;
                                rebuild: {
                                    /**
                                     * @description requested: the process with the role projector begins with it
                                     * @enum {unknown}
                                     */
                                    state: "requested" | "running" | "done" | "failed" | "stopped";
                                    requestedAt: string;
                                    position: string;
                                    /** @description Of the log, which grows meanwhile */
                                    head: string;
                                    percent: number;
                                    failure: string | null;
                                } | null;
                            }[];
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/read-models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a read model stands, and its last rebuild */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            version: number;
                            /** @enum {unknown} */
                            state: "serving" | "building" | "failed";
                            position: string;
                            behind: number;
                            /**
                             * @description Of behind: events (embedded) or bytes of the log (EventStoreDB)
                             * @enum {unknown}
                             */
                            unit: "events" | "bytes";
                            /** @description Age of the oldest event that is missing */
                            secondsBehind: number;
                            since: string | null;
                            failure: string | null;
                            rebuild: {
                                /**
                                 * @description requested: the process with the role projector begins with it
                                 * @enum {unknown}
                                 */
                                state: "requested" | "running" | "done" | "failed" | "stopped";
                                requestedAt: string;
                                position: string;
                                /** @description Of the log, which grows meanwhile */
                                head: string;
                                percent: number;
                                failure: string | null;
                            } | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/read-models/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Builds a read model again, while the old copy serves
         * @description Whichever process has the role projector does it; GET /operations/read-models/:name shows how far it is. One at a time: 409 while another one is under way.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description requested: the process with the role projector begins with it
                             * @enum {unknown}
                             */
                            state: "requested" | "running" | "done" | "failed" | "stopped";
                            requestedAt: string;
                            position: string;
                            /** @description Of the log, which grows meanwhile */
                            head: string;
                            percent: number;
                            failure: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        /** Gives the rebuild of a read model up; what serves goes on serving */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            /** @enum {string} */
                            state: "stopping";
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where each worker stands, whichever process it runs in
         * @description With NATS the progress of its consumers is kept there and not shown here.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            workers: {
                                name: string;
                                /**
                                 * @description failing: its last attempt in this process failed, and it tries again
                                 * @enum {unknown}
                                 */
                                state: "level" | "behind" | "failing";
                                position: string | null;
                                behind: number | null;
                                /** @description How long the oldest of what it has to do has been waiting */
                                secondsBehind: number;
                                lastError: {
                                    at: string;
                                    message: string;
                                    retryAt: string;
                                } | null;
                            }[];
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that a worker gave up on, the last failure first */
        get: {
            parameters: {
                query?: {
                    page?: number;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                consumer: string;
                                eventId: string;
                                stream: string;
                                type: string;
                                reason: string;
                                attempts: number;
                                failedAt: string;
                            }[];
                            page: number;
                            limit: number;
                            total: number;
                            totalPages: number;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands the event to its consumer once more, with all its tries
         * @description The letter leaves the list; it comes back where the consumer fails again.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            state: "replaying";
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails that wait for a person, the last one first */
        get: {
            parameters: {
                query?: {
                    page?: number;
                    /** @description At most 100 */
                    limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    cursor?: string;
                    /** @description unknown: it may have arrived; given-up: it has not */
                    outcome?: "unknown" | "given-up";
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                template: string;
                                accountId: string;
                                /** @enum {unknown} */
                                outcome: "unknown" | "given-up";
                                attempts: number;
                                reason: string | null;
                                requestedAt: string;
                                endedAt: string | null;
                                /** @description GET /audit/traces/:correlationId shows what it came from */
                                correlationId: string;
                            }[];
                            page: number;
                            limit: number;
                            total: number;
                            totalPages: number;
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/mails/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a mail once more that may have arrived, or was given up
         * @description A mail that has no use any more (an expired code) is taken off the list instead: 409.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {unknown} */
                            decision: "resend" | "sent" | "not-needed";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/mails/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records what became of a mail */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description sent: the mail server's log says so; not-needed: it will not be sent
                         * @enum {unknown}
                         */
                        outcome: "sent" | "not-needed";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {unknown} */
                            decision: "resend" | "sent" | "not-needed";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login user
         * @description With two-factor on there is no token yet: 401 second-factor-required says that a code was mailed. Send it as otp, with the password, or to POST /otp/verify with purpose login_verification.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email: string;
                        password: string;
                        /** @description The code from the mail, where the account has two-factor on */
                        otp?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accessToken: string;
                            /** @enum {string} */
                            tokenType: "Bearer";
                            /** @description Seconds */
                            expiresIn: number;
                            refreshToken: string;
                            user: {
                                id: string;
                                name: string;
                                email: string;
                                role: ("admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest") | null;
                                emailVerified: boolean;
                                isOAuthUser: boolean;
                                /** @enum {unknown} */
                                provider: "local" | "google";
                                twoFactorEnabled: boolean;
                                imageProfileUrl: string | null;
                                createdAt: string;
                            };
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refresh access token */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        refreshToken?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accessToken: string;
                            /** @enum {string} */
                            tokenType: "Bearer";
                            /** @description Seconds */
                            expiresIn: number;
                            refreshToken: string;
                            user: {
                                id: string;
                                name: string;
                                email: string;
                                role: ("admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest") | null;
                                emailVerified: boolean;
                                isOAuthUser: boolean;
                                /** @enum {unknown} */
                                provider: "local" | "google";
                                twoFactorEnabled: boolean;
                                imageProfileUrl: string | null;
                                createdAt: string;
                            };
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Logout user */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        refreshToken?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            success: true;
                            message: string;
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Payload Too Large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unsupported Media Type */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/streams/{stream}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every event of a stream with its metadata, in order */
        get: {
            parameters: {
                query?: {
                    fromRevision?: number;
                    /** @description With state=true at most 100 are given */
                    limit?: number;
                    /** @description Each event with the state after it and what it changed */
                    state?: boolean;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path: {
                    stream: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            stream: string;
                            events: {
                                id: string;
                                type: string;
                                revision: number;
                                position: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description Who (actorId), when (occurredAt), why (causationId, commandId, correlationId) */
                                metadata: {
                                    [key: string]: unknown;
                                };
                                /** @description With state=true: the stream after this event */
                                state?: unknown;
                                /** @description The state is too large to be shown as a whole */
                                stateTruncated?: boolean;
                                /** @description With state=true: what this event changed */
                                changes?: {
                                    /** @description JSON pointer (RFC 6901) into the state; empty: the state as a whole */
                                    path: string;
                                    /** @description Absent: it is new */
                                    before?: unknown;
                                    /** @description Absent: it is gone */
                                    after?: unknown;
                                }[];
                                /** @description There are more changes than are shown */
                                changesTruncated?: boolean;
                            }[];
                            fromRevision: number;
                            /** @description Where the next page starts; null at the end */
                            nextRevision: number | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/streams/{stream}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A stream as it was at a revision or a moment */
        get: {
            parameters: {
                query?: {
                    revision?: number;
                    /** @description A moment, UTC where it names no zone; a date is its whole day */
                    at?: string;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path: {
                    stream: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            stream: string;
                            /** @description The last event that it contains */
                            revision: number;
                            eventId: string;
                            occurredAt: string;
                            state: unknown;
                            stateTruncated: boolean;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search payments, the newest first */
        get: {
            parameters: {
                query?: {
                    id?: string;
                    /** @description The account that pays, or that used the coupon */
                    payer?: string;
                    course?: string;
                    /** @description Of the coupon; case does not matter */
                    code?: string;
                    amountFrom?: number;
                    amountTo?: number;
                    currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    reason?: string;
                    status?: "opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed";
                    limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    cursor?: string;
                    /** @description With the totals of the whole search */
                    totals?: boolean;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                stream: string;
                                payerId: string | null;
                                courseIds: string[];
                                couponCode: string | null;
                                method: string | null;
                                statuses: ("opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed")[];
                                currency: string | null;
                                amount: string | null;
                                captured: string | null;
                                refunded: string;
                                refunds: {
                                    refundId: string;
                                    amount: string;
                                    /** @enum {unknown} */
                                    status: "requested" | "done" | "failed";
                                }[];
                                actorIds: string[];
                                reasons: string[];
                                correlationId: string;
                                openedAt: string;
                                updatedAt: string;
                            }[];
                            nextCursor: string | null;
                            totals?: {
                                count: number;
                                statuses: {
                                    [key: string]: number;
                                };
                                sums: {
                                    currency: string;
                                    count: number;
                                    amount: string;
                                    captured: string;
                                    refunded: string;
                                }[];
                                /** @description false: there are more than 200,000, and these are the totals of the newest ones: ask for a shorter time */
                                complete: boolean;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search coupons, the newest first */
        get: {
            parameters: {
                query?: {
                    id?: string;
                    /** @description The account that pays, or that used the coupon */
                    payer?: string;
                    course?: string;
                    /** @description Of the coupon; case does not matter */
                    code?: string;
                    amountFrom?: number;
                    amountTo?: number;
                    currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    reason?: string;
                    status?: "issued" | "withdrawn" | "disabled";
                    limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    cursor?: string;
                    /** @description With the totals of the whole search */
                    totals?: boolean;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                id: string;
                                stream: string;
                                code: string;
                                issuedBy: string;
                                terms: {
                                    /** @enum {unknown} */
                                    kind: "platform_wide" | "course_specific";
                                    courseId: string | null;
                                    benefit: {
                                        /** @enum {string} */
                                        type: "percentage";
                                        percent: string;
                                    } | {
                                        /** @enum {string} */
                                        type: "fixed";
                                        amount: string;
                                        currency: string;
                                    };
                                    /** @enum {unknown} */
                                    applicableOn: "single_only" | "both";
                                    maxUses: number | null;
                                    expiresAt: string | null;
                                } | {
                                    /** @enum {string} */
                                    kind: "teacher";
                                    benefit: {
                                        /** @enum {string} */
                                        type: "access";
                                        price: string;
                                        currency: string;
                                    };
                                    /** @enum {unknown} */
                                    status: "available" | "disabled";
                                    isActive: boolean;
                                    maxUses: number;
                                    expiresAt: string;
                                };
                                /** @enum {unknown} */
                                status: "issued" | "withdrawn" | "disabled";
                                uses: {
                                    reserved: number;
                                    redeemed: number;
                                    released: number;
                                    reversed: number;
                                };
                                /** @description What redeemed uses were worth, by currency */
                                given: {
                                    [key: string]: string;
                                };
                                actorIds: string[];
                                reasons: string[];
                                correlationId: string;
                                issuedAt: string;
                                updatedAt: string;
                            }[];
                            nextCursor: string | null;
                            totals?: {
                                count: number;
                                statuses: {
                                    [key: string]: number;
                                };
                                uses: {
                                    reserved: number;
                                    redeemed: number;
                                    released: number;
                                    reversed: number;
                                };
                                /** @description What redeemed uses were worth, by currency */
                                given: {
                                    [key: string]: string;
                                };
                                /** @description false: there are more than 200,000, and these are the totals of the newest ones: ask for a shorter time */
                                complete: boolean;
                            };
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/traces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole tree of causes of an event, a command, a request, a payment or an invoice
         * @description Takes the id of an event, of a command, of a request (the correlation), of a payment, of an invoice, or the number of an invoice. Whatever belongs to a purchase among them (payment, checkout, invoices, mails) is followed to its end, also where another request went on with it.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Of events */
                    limit?: number;
                    cursor?: string;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description Each cause before its effects */
                            nodes: {
                                id: string;
                                /**
                                 * @description charge: what a payment asks of its provider and hears from it
                                 * @enum {unknown}
                                 */
                                kind: "request" | "command" | "event" | "process" | "charge" | "mail" | "invoice";
                                parent: string | null;
                                depth: number;
                                event: {
                                    type: string;
                                    stream: string;
                                    revision: number;
                                    position: string;
                                    occurredAt: string;
                                    actorId: string | null;
                                    data: {
                                        [key: string]: unknown;
                                    };
                                } | null;
                            }[];
                            truncated: boolean;
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports events of payments and coupons, as lines of JSON or as CSV
         * @description In the order of the log, up to the newest checkpoint. Without filters the lines of JSON are the format of docs/audit-format.md, which needs no server to be verified; with filters they are the events of the payments and coupons that the search finds, and a last line with the checkpoint that covers them. An answer that broke off is gone on with: `after` is the id in the last whole line, and what comes then is added to the file. The header X-Audit-Checkpoint has the checkpoint in base64.
         */
        get: {
            parameters: {
                query?: {
                    id?: string;
                    /** @description The account that pays, or that used the coupon */
                    payer?: string;
                    course?: string;
                    /** @description Of the coupon; case does not matter */
                    code?: string;
                    amountFrom?: number;
                    amountTo?: number;
                    currency?: string;
                    /** @description Opened or issued at or after this moment; a date from its beginning, in UTC */
                    from?: string;
                    /** @description Opened or issued at or before this moment; a date to its end, in UTC */
                    to?: string;
                    /** @description An account that had a hand in it; of a coupon: who issued, changed or withdrew it */
                    actor?: string;
                    /** @description Of a decline, a cancellation, a refund, a dispute, or of the release of a use: exactly this one */
                    reason?: string;
                    status?: "opened" | "captured" | "captured-late" | "declined" | "cancelled" | "expired" | "refund-requested" | "refund-failed" | "partly-refunded" | "refunded" | "disputed" | "issued" | "withdrawn" | "disabled";
                    format?: "ndjson" | "csv";
                    of?: "payments" | "coupons";
                    after?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The export */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": string;
                        "text/csv": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who read or exported what of the audit, the newest first
         * @description Each read is recorded before it is answered. The same read of the same account within a minute counts once, exports always.
         */
        get: {
            parameters: {
                query?: {
                    actor?: string;
                    /** @description Such as /audit/streams/payment-1 */
                    path?: string;
                    kind?: "read" | "export";
                    from?: string;
                    to?: string;
                    limit?: number;
                    /** @description The nextCursor of another page: the page after it, also while rows are added and removed. Takes the place of page */
                    cursor?: string;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Of the event */
                                id: string;
                                /** @enum {unknown} */
                                kind: "read" | "export";
                                accountId: string;
                                route: string;
                                path: string;
                                /** @description What was asked for, as JSON */
                                query: string;
                                at: string;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/auditors/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Makes an account an auditor
         * @description It loses the role that it had: an auditor reads the audit and changes nothing. It counts at once in all sessions. The last admin stays one.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    accountId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accountId: string;
                            /** @enum {unknown} */
                            role: "admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Takes the role of an auditor away
         * @description The account is a guest then: it may buy and learn. Other roles are given where they are made.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    accountId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            accountId: string;
                            /** @enum {unknown} */
                            role: "admin" | "auditor" | "instructor" | "student" | "seller" | "service-provider" | "guest";
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys that verify checkpoints */
        get: {
            parameters: {
                query?: {
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The name of the log */
                            origin: string;
                            /** @description The key that signs now */
                            vkey: string;
                            /** @description All that ever signed a checkpoint, the oldest first, and the one that signs now */
                            vkeys: string[];
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest checkpoint, as the signed note itself */
        get: {
            parameters: {
                query?: {
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description C2SP tlog-checkpoint */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every checkpoint, the newest first */
        get: {
            parameters: {
                query?: {
                    /** @description nextBefore of the page before */
                    before?: number;
                    limit?: number;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The newest first */
                            checkpoints: {
                                /** @description How many events it is about */
                                size: number;
                                /** @description Base64 */
                                root: string;
                                /** @description The whole signed note (C2SP tlog-checkpoint) */
                                note: string;
                                /** @description The key that verifies it */
                                vkey: string;
                                /** @enum {unknown} */
                                reason: "events" | "time" | "stop" | "demand";
                                signedAt: string;
                            }[];
                            /** @description What `before` is for the next page; null at the end */
                            nextBefore: number | null;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        /** Signs a checkpoint of all events so far, and sends it to AUDIT_CHECKPOINT_TO */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description How many events it is about */
                            size: number;
                            /** @description Base64 */
                            root: string;
                            /** @description The whole signed note (C2SP tlog-checkpoint) */
                            note: string;
                            /** @description The key that verifies it */
                            vkey: string;
                            /** @enum {unknown} */
                            reason: "events" | "time" | "stop" | "demand";
                            signedAt: string;
                        };
                    };
                };
                /** @description Carried out; the read models do not show it yet. Read with X-Min-Position: <position>. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "accepted";
                            position: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Conflict */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unprocessable Entity */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proofs/inclusion/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That an event stands in the tree of that size */
        get: {
            parameters: {
                query?: {
                    size?: number;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path: {
                    eventId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            eventId: string;
                            index: number;
                            size: number;
                            /** @description Base64 of 32 bytes */
                            leaf: string;
                            hashes: string[];
                            /** @description Base64 of 32 bytes */
                            root: string;
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description URI Too Long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/proofs/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That the tree of one size is the beginning of that of another */
        get: {
            parameters: {
                query: {
                    from: number;
                    to?: number;
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            from: number;
                            to: number;
                            /** @description Base64 of 32 bytes */
                            fromRoot: string;
                            /** @description Base64 of 32 bytes */
                            toRoot: string;
                            hashes: string[];
                        };
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures by hour, day, week or month of a time zone
         * @description docs/analytics.md says what each figure counts. Weeks begin on Mondays; the first and the last week or month are cut by the range.
         */
        get: {
            parameters: {
                query?: {
                    course?: string;
                    instructor?: string;
                    organization?: string;
                    /** @description Its code; case does not matter */
                    coupon?: string;
                    surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    to?: string;
                    unit?: "hour" | "day" | "week" | "month";
                    /** @description previous: as many days right before are added up, too */
                    compare?: "previous";
                    format?: "json" | "csv";
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            of: {
                                dimension: string;
                                key: string | null;
                            };
                            zone: string;
                            from: string;
                            to: string;
                            unit: string;
                            points: {
                                /** @description As the clocks of the zone show it, with their offset */
                                start: string;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                counts: {
                                    cartAdditions?: number;
                                    cartRemovals?: number;
                                    cartCheckouts?: number;
                                    opened?: number;
                                    captured?: number;
                                    capturedFree?: number;
                                    declined?: number;
                                    cancelled?: number;
                                    expired?: number;
                                    capturedLate?: number;
                                    refundsPaid?: number;
                                    refundedInFull?: number;
                                    refundsReversed?: number;
                                    enrolled?: number;
                                    enrollmentsEnded?: number;
                                    completions?: number;
                                    lessonsCompleted?: number;
                                    lessonsReopened?: number;
                                    attemptsStarted?: number;
                                    attemptsSubmitted?: number;
                                    attemptsGraded?: number;
                                    attemptsPassed?: number;
                                    couponsReserved?: number;
                                    couponsRedeemed?: number;
                                    couponsReleased?: number;
                                    couponsReversed?: number;
                                    couponsUsedForAccess?: number;
                                    couponAccessReversed?: number;
                                    seatsReserved?: number;
                                    seatsTaken?: number;
                                    seatsOccupied?: number;
                                    seatsReleased?: number;
                                    mailsRequested?: number;
                                    mailsSent?: number;
                                    mailsGivenUp?: number;
                                    mailsUnknown?: number;
                                    mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                money: {
                                    currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    net: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    accessGiven: string;
                                }[];
                            }[];
                            totals: {
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                counts: {
                                    cartAdditions?: number;
                                    cartRemovals?: number;
                                    cartCheckouts?: number;
                                    opened?: number;
                                    captured?: number;
                                    capturedFree?: number;
                                    declined?: number;
                                    cancelled?: number;
                                    expired?: number;
                                    capturedLate?: number;
                                    refundsPaid?: number;
                                    refundedInFull?: number;
                                    refundsReversed?: number;
                                    enrolled?: number;
                                    enrollmentsEnded?: number;
                                    completions?: number;
                                    lessonsCompleted?: number;
                                    lessonsReopened?: number;
                                    attemptsStarted?: number;
                                    attemptsSubmitted?: number;
                                    attemptsGraded?: number;
                                    attemptsPassed?: number;
                                    couponsReserved?: number;
                                    couponsRedeemed?: number;
                                    couponsReleased?: number;
                                    couponsReversed?: number;
                                    couponsUsedForAccess?: number;
                                    couponAccessReversed?: number;
                                    seatsReserved?: number;
                                    seatsTaken?: number;
                                    seatsOccupied?: number;
                                    seatsReleased?: number;
                                    mailsRequested?: number;
                                    mailsSent?: number;
                                    mailsGivenUp?: number;
                                    mailsUnknown?: number;
                                    mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                money: {
                                    currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    net: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    accessGiven: string;
                                }[];
                            };
                            previous?: {
                                from: string;
                                to: string;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                counts: {
                                    cartAdditions?: number;
                                    cartRemovals?: number;
                                    cartCheckouts?: number;
                                    opened?: number;
                                    captured?: number;
                                    capturedFree?: number;
                                    declined?: number;
                                    cancelled?: number;
                                    expired?: number;
                                    capturedLate?: number;
                                    refundsPaid?: number;
                                    refundedInFull?: number;
                                    refundsReversed?: number;
                                    enrolled?: number;
                                    enrollmentsEnded?: number;
                                    completions?: number;
                                    lessonsCompleted?: number;
                                    lessonsReopened?: number;
                                    attemptsStarted?: number;
                                    attemptsSubmitted?: number;
                                    attemptsGraded?: number;
                                    attemptsPassed?: number;
                                    couponsReserved?: number;
                                    couponsRedeemed?: number;
                                    couponsReleased?: number;
                                    couponsReversed?: number;
                                    couponsUsedForAccess?: number;
                                    couponAccessReversed?: number;
                                    seatsReserved?: number;
                                    seatsTaken?: number;
                                    seatsOccupied?: number;
                                    seatsReleased?: number;
                                    mailsRequested?: number;
                                    mailsSent?: number;
                                    mailsGivenUp?: number;
                                    mailsUnknown?: number;
                                    mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                money: {
                                    currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    net: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    accessGiven: string;
                                }[];
                            };
                        };
                        "text/csv": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/top": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courses, instructors, organizations or coupons with the most of a figure */
        get: {
            parameters: {
                query?: {
                    instructor?: string;
                    organization?: string;
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    to?: string;
                    list?: "course" | "instructor" | "organization" | "coupon" | "surface";
                    by?: "net" | "gross" | "discounts" | "refunds" | "netWithCoupon" | "accessGiven" | "cartAdditions" | "cartRemovals" | "cartCheckouts" | "opened" | "captured" | "capturedFree" | "declined" | "cancelled" | "expired" | "capturedLate" | "refundsPaid" | "refundedInFull" | "refundsReversed" | "enrolled" | "enrollmentsEnded" | "completions" | "lessonsCompleted" | "lessonsReopened" | "attemptsStarted" | "attemptsSubmitted" | "attemptsGraded" | "attemptsPassed" | "couponsReserved" | "couponsRedeemed" | "couponsReleased" | "couponsReversed" | "couponsUsedForAccess" | "couponAccessReversed" | "seatsReserved" | "seatsTaken" | "seatsOccupied" | "seatsReleased" | "mailsRequested" | "mailsSent" | "mailsGivenUp" | "mailsUnknown" | "mailsWithdrawn";
                    /** @description Of amounts. Default: the currency of the marketplace */
                    currency?: string;
                    limit?: number;
                    format?: "json" | "csv";
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            of: {
                                dimension: string;
                                key: string | null;
                            };
                            zone: string;
                            from: string;
                            to: string;
                            by: string;
                            currency: string | null;
                            items: {
                                key: string;
                                name: string | null;
                                /** @description docs/analytics.md says what each of them counts. What is absent is 0 */
                                counts: {
                                    cartAdditions?: number;
                                    cartRemovals?: number;
                                    cartCheckouts?: number;
                                    opened?: number;
                                    captured?: number;
                                    capturedFree?: number;
                                    declined?: number;
                                    cancelled?: number;
                                    expired?: number;
                                    capturedLate?: number;
                                    refundsPaid?: number;
                                    refundedInFull?: number;
                                    refundsReversed?: number;
                                    enrolled?: number;
                                    enrollmentsEnded?: number;
                                    completions?: number;
                                    lessonsCompleted?: number;
                                    lessonsReopened?: number;
                                    attemptsStarted?: number;
                                    attemptsSubmitted?: number;
                                    attemptsGraded?: number;
                                    attemptsPassed?: number;
                                    couponsReserved?: number;
                                    couponsRedeemed?: number;
                                    couponsReleased?: number;
                                    couponsReversed?: number;
                                    couponsUsedForAccess?: number;
                                    couponAccessReversed?: number;
                                    seatsReserved?: number;
                                    seatsTaken?: number;
                                    seatsOccupied?: number;
                                    seatsReleased?: number;
                                    mailsRequested?: number;
                                    mailsSent?: number;
                                    mailsGivenUp?: number;
                                    mailsUnknown?: number;
                                    mailsWithdrawn?: number;
                                };
                                /** @description Each currency apart */
                                money: {
                                    currency: string;
                                    /** @description A decimal number with all places of the currency */
                                    gross: string;
                                    /** @description A decimal number with all places of the currency */
                                    discounts: string;
                                    /** @description A decimal number with all places of the currency */
                                    refunds: string;
                                    /** @description A decimal number with all places of the currency */
                                    net: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    netWithoutCoupon: string;
                                    /** @description A decimal number with all places of the currency */
                                    accessGiven: string;
                                }[];
                            }[];
                        };
                        "text/csv": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * From the cart to the captured payment, and what became of the others
         * @description Each step counts what happened in the range, whenever the purchase began. docs/analytics.md says what a step counts.
         */
        get: {
            parameters: {
                query?: {
                    course?: string;
                    instructor?: string;
                    organization?: string;
                    /** @description Its code; case does not matter */
                    coupon?: string;
                    surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    to?: string;
                    /** @description previous: as many days right before are added up, too */
                    compare?: "previous";
                    format?: "json" | "csv";
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            of: {
                                dimension: string;
                                key: string | null;
                            };
                            zone: string;
                            from: string;
                            to: string;
                            funnel: {
                                /** @description Courses put into carts */
                                carts: number;
                                opened: number;
                                captured: number;
                                declined: number;
                                cancelled: number;
                                expired: number;
                                /** @description Refunded in full */
                                refunded: number;
                            };
                            previous?: {
                                from: string;
                                to: string;
                                funnel: {
                                    /** @description Courses put into carts */
                                    carts: number;
                                    opened: number;
                                    captured: number;
                                    declined: number;
                                    cancelled: number;
                                    expired: number;
                                    /** @description Refunded in full */
                                    refunded: number;
                                };
                            };
                        };
                        "text/csv": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How graded attempts at assessments are distributed, in steps of five per cent */
        get: {
            parameters: {
                query?: {
                    course?: string;
                    instructor?: string;
                    organization?: string;
                    /** @description Its code; case does not matter */
                    coupon?: string;
                    surface?: "marketplace" | "academy" | "edupro";
                    /** @description An IANA time zone, such as Asia/Jakarta. Default: UTC */
                    zone?: string;
                    /** @description The first day in that zone. Default: 29 days before the last */
                    from?: string;
                    /** @description The last day in that zone, itself included. Default: today */
                    to?: string;
                    format?: "json" | "csv";
                    /** @description For admins and auditors: the answer as it was at a position, or at an ISO 8601 time with a zone. X-As-Of says the position. */
                    asOf?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            of: {
                                dimension: string;
                                key: string | null;
                            };
                            zone: string;
                            from: string;
                            to: string;
                            graded: number;
                            passed: number;
                            bins: {
                                from: number;
                                /** @description Per cent, exclusive but for 100 */
                                to: number;
                                attempts: number;
                            }[];
                        };
                        "text/csv": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Purchases, refunds, enrollments, attempts and uses of coupons, as server-sent events
         * @description Each event is a fact of docs/analytics.md, its id the position in the log. Begins after Last-Event-ID (or `after`; 0: with the first fact there is), else with what comes now. An id alone, at least every 15 seconds, says how far the log was read. It ends when the session ends or the account may not see these facts any more.
         */
        get: {
            parameters: {
                query?: {
                    course?: string;
                    instructor?: string;
                    organization?: string;
                    /** @description Its code; case does not matter */
                    coupon?: string;
                    surface?: "marketplace" | "academy" | "edupro";
                    /** @description Separated by commas, of: purchase, refund, refund-reversed, enrollment, enrollment-ended, attempt-started, attempt-submitted, attempt-graded, coupon-reserved, coupon-redeemed, coupon-released, coupon-reversed, coupon-used-for-access, coupon-access-reversed */
                    types?: string;
                    /** @description Begin after this event, for clients that can’t send Last-Event-ID */
                    after?: string;
                };
                header?: {
                    /** @description The id of the last event that was seen */
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Server-sent events: the kind of the fact, its table and rows as data */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description Bad Request */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Unauthorized */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Forbidden */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Not Found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Too Many Requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Internal Server Error */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
                /** @description Service Unavailable */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ProblemDetails: {
            /** @description URI of the kind of problem */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description URN of the request id */
            instance: string;
            /** @description What a program can branch on */
            code: string;
            errors?: {
                field: string;
                message: string;
            }[];
            /** @description The values behind a refusal */
            details?: {
                [key: string]: unknown;
            };
        };
        UsersFailure: {
            /** @enum {boolean} */
            success: false;
            message: string;
            /** @description What a program can branch on */
            code: string;
            errors?: {
                field: string;
                message: string;
            }[];
            /** @description The values behind a refusal */
            details?: {
                [key: string]: unknown;
            };
        };
        AuthenticationError: {
            /** @enum {boolean} */
            success: false;
            statusCode: number;
            message: string;
            /** @description The fields that a 400 is about */
            data?: {
                errors: {
                    field: string;
                    message: string;
                }[];
            };
        };
        /** @description Payments name wrong fields in `details`, others in `errors`, which is null for packages and materials where no field is wrong. error and retryAfter: of 429. */
        AcademyFailure: {
            /** @enum {string} */
            status: "error";
            /** @description A list where the document has one: a bad proof link of PATCH /payments/:id/update */
            message: string | {
                field: string;
                message: string;
            }[];
            errors?: {
                field: string;
                message: string;
            }[] | null;
            details?: {
                field: string;
                message: string;
            }[];
            error?: string;
            /** @description Seconds */
            retryAfter?: number;
        };
        /** @description {detail}, or for each wrong field its sentences; {error} or {message} where a route says so */
        EduproFailure: {
            detail?: string;
        } & {
            [key: string]: string | unknown[] | {
                [key: string]: unknown;
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
