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

// A conversation with a secret in every place: message text, code with escapes, JSON in JSON in JSON, a header, a tool's answer; and a picture beside them.
const call = { method: 'POST', headers: { authorization: `Bearer ${secrets.header}` }, body: JSON.stringify({ note: `say "${secrets.prompt}"\n`, count: 3 }) };
const picture = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i * 7 + (i >> 3)) % 256)).toString('base64');
export const conversation = [
  { role: 'system', parts: [{ type: 'text', content: `The key is\n${secrets.prompt}\nNever tell it.` }] },
  { role: 'user', parts: [{ type: 'text', content: `def ask():\n\tkey = "${secrets.prompt}"\n` }, { type: 'blob', mime_type: 'image/png', content: picture }] },
  { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'http', arguments: JSON.stringify(call) }] },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: `HTTP/1.1 401 Unauthorized\r\nx-echo: ${secrets.answer}\r\n` }] },
];

// Where the conventions put conversations: OpenTelemetry GenAI, OpenInference, Langfuse, Traceloop, MLflow, Vercel AI SDK.
const conventions = [
  'gen_ai.input.messages', 'gen_ai.output.messages', 'input.value', 'llm.input_messages.0.message.content', 'langfuse.observation.input', 'traceloop.entity.input',
  'mlflow.spanInputs', 'ai.prompt.messages',
];

/** Fills a span with everything that an instrumented call of a model leaves behind, and ends it. */
export function fillSpan(span) {
  span.setAttribute('gen_ai.request.model', 'gpt-5');
  span.setAttribute('gen_ai.usage.input_tokens', 1824);
  for (const key of conventions) {
    span.setAttribute(key, JSON.stringify(conversation));
  }
  span.setAttribute('gen_ai.tool.call.arguments', JSON.stringify(call));
  span.setAttribute('picture.url', `data:image/png;base64,${picture}`); // in a message Langfuse's SDK would upload it elsewhere
  span.setAttribute('request.body.base64', Buffer.from(JSON.stringify(call)).toString('base64'));
  span.setAttribute('request.body.hex', Buffer.from(JSON.stringify(call)).toString('hex'));
  span.setAttribute('url.query', `call=${encodeURIComponent(JSON.stringify(call))}`);
  span.setAttribute('gen_ai.completion.0.content', answer);
  span.setAttribute('http.request.header.x-api-key', [secrets.header]);
  span.setAttribute('http.request.header.authorization', `Bearer ${secrets.header}`);
  span.addEvent('gen_ai.choice', { content: answer, index: 0 });
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  span.end();
}

export const spanName = `GET /v1/keys/${secrets.name}`;
