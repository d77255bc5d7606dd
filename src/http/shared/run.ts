import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandContext } from '../../commands/context.js';
import type { Outcome } from '../../commands/outcome.js';
import type { CommandServices } from '../../commands/services.js';
import type { HttpServices } from '../http-services.js';
import { answerWhenVisible } from './answer-when-visible.js';
import { servicesFor } from './caller-services.js';
import { contextOf } from './command-context.js';
import type { Rejection } from '../refusals/index.js';

/** A use case as routes call it. A route of several steps writes its own, with `derivedContext` for each further step. */
export type UseCase<Input, Value> = (
  services: CommandServices,
) => (input: Input, context: CommandContext) => Promise<Outcome<Value, Rejection>>;

/** Called with an outcome before it is answered: rewords a refusal, throws a problem, or acts on success. */
export type Review<Value> = (outcome: Outcome<Value, Rejection>) => Outcome<Value, Rejection> | Promise<Outcome<Value, Rejection>>;

/**
 * Carries out use cases for requests: `const value = await run(request, reply, addToCart, { userId, courseId })`. Gives the value
 * once the read models of the route show the change, and sets X-Position. Throws a refusal as a problem, and NotYetVisible (202)
 * when the read models take longer than two seconds.
 */
export const runner =
  (services: Pick<HttpServices, 'commands' | 'progress'>) =>
  async <Input, Value>(
    request: FastifyRequest,
    reply: FastifyReply,
    useCase: UseCase<Input, Value>,
    input: NoInfer<Input>,
    review: Review<Value> = (outcome) => outcome,
  ): Promise<Value> => {
    const outcome = await useCase(servicesFor(request, services.commands))(input, contextOf(request));
    return answerWhenVisible(services, reply, await review(outcome));
  };
