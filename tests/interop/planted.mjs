// The secrets that the test wants planted, and telemetry that holds each in a place where it leaks on an ordinary day.
import { SpanStatusCode } from '@opentelemetry/api';

// In the environment, because clients put their command line into what they send.
export const endpoint = process.env.INTEROP_ENDPOINT;
export const transport = process.env.INTEROP_TRANSPORT;
export const secrets = JSON.parse(process.env.INTEROP_SECRETS);

export const prompt = `Why does my call fail? I use ${secrets.prompt} as the key.`;
export const answer = `Never paste a key. The one you sent, ${secrets.answer}, is burnt.`;
export const messages = [{ role: 'user', parts: [{ type: 'text', content: prompt }] }];
export const error = new Error(`cannot connect to postgresql://app:${secrets.exception}@db.internal:5432/orders`);
error.stack = `Error: ${error.message}\n    at connect (/srv/app/db.js:17:9)`;

/** Fills a span with everything that an instrumented call of a model leaves behind, and ends it. */
export function fillSpan(span) {
  span.setAttribute('gen_ai.request.model', 'gpt-5');
  span.setAttribute('gen_ai.usage.input_tokens', 1824);
  span.setAttribute('gen_ai.input.messages', JSON.stringify(messages));
  span.setAttribute('gen_ai.completion.0.content', answer);
  span.setAttribute('http.request.header.x-api-key', [secrets.header]);
  span.setAttribute('http.request.header.authorization', `Bearer ${secrets.header}`);
  span.addEvent('gen_ai.choice', { content: answer, index: 0 });
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  span.end();
}

export const spanName = `GET /v1/keys/${secrets.name}`;
