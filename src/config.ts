/** Replaced in a moment by the schema. */
export interface Config {
  readonly production: boolean;
  readonly jwtSecret: string;
  readonly cookieSecret: string;
  readonly corsOrigins: readonly string[];
  readonly rateLimit: boolean;
  readonly trustProxy: boolean;
  readonly publicUrl: string;
  readonly currency: string;
  readonly logLevel: string;
}
