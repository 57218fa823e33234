// The secrets that the test wants planted, and telemetry that holds each in a place where it leaks on an ordinary day.
import { SpanStatusCode } from '@opentelemetry/api';

// In the environment, because clients put their command line into what they send.
export const endpoint = process.env.INTEROP_ENDPOINT;
export const transport = process.env.INTEROP_TRANSPORT;
export const secrets = JSON.parse(process.env.INTEROP_SECRETS);

export const prompt = `Why does my call fail? I use ${secrets.prompt} as the key.`;
export const answer = `Never paste a key. The one you sent, ${secrets.answer}, is burnt.`;
export const error = new Error(`cannot connect to postgresql://app:${secrets.exception}@db.internal:5432/orders`);
error.stack = `Error: ${error.message}\n    at connect (/srv/app/db.js:17:9)`;

// A conversation with a secret in every place: message text, code with escapes, JSON in JSON in JSON, headers, tools' answers, an exception; and a picture between them.
export const code = `def ask():\n\tkey = "${secrets.prompt}"\n`;
const call = { method: 'POST', headers: { authorization: `Bearer ${secrets.header}` }, body: JSON.stringify({ note: `say "${secrets.prompt}"\n`, code, count: 3 }) };
export const args = JSON.stringify(call);
export const dump = `HTTP/1.1 401 Unauthorized\r\nx-echo: ${secrets.answer}\r\nauthorization: Bearer ${secrets.header}\r\n`;
export const failure = JSON.stringify({ error: error.stack, code, tried: args });
export const picture = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i * 7 + (i >> 3)) % 256)).toString('base64');
export const dataUrl = `data:image/png;base64,${picture}`;
const text = (content) => ({ type: 'text', content });
export const conversation = [
  { role: 'system', parts: [text(`The key is\n${secrets.prompt}\nNever tell it.`)] },
  { role: 'user', parts: [text(prompt), text(code), { type: 'blob', mime_type: 'image/png', content: picture }, text(`It shows ${secrets.answer}.`)] },
  { role: 'assistant', parts: [text(answer), { type: 'tool_call', id: 'call_1', name: 'http', arguments: args }] },
  { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: dump }, { type: 'tool_call_response', id: 'call_2', response: failure }] },
];

// Where the conventions put whole conversations: OpenTelemetry GenAI, OpenInference, Langfuse, Traceloop, MLflow, Vercel AI SDK, LangSmith.
const conventions = [
  'gen_ai.input.messages', 'gen_ai.output.messages', 'input.value', 'llm.input_messages.0.message.content', 'langfuse.observation.input', 'traceloop.entity.input',
  'mlflow.spanInputs', 'ai.prompt.messages', 'gen_ai.prompt',
];

// Where they put the parts of one.
const parts = {
  'gen_ai.system_instructions': JSON.stringify(conversation[0].parts),
  'gen_ai.tool.call.arguments': args,
  'gen_ai.tool.call.result': dump,
  'llm.input_messages.1.message.contents.0.message_content.text': code,
  'llm.input_messages.1.message.contents.1.message_content.image.image.url': dataUrl,
  'llm.input_messages.2.message.content': dump,
  'llm.output_messages.0.message.content': answer,
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': args,
  'output.value': failure,
  'langfuse.observation.output': failure,
  'langfuse.observation.metadata.headers': dump,
  'gen_ai.prompt.0.content': code,
  'gen_ai.completion.0.content': answer,
  'gen_ai.completion.0.tool_calls.0.arguments': args,
  'traceloop.entity.output': failure,
  'mlflow.spanOutputs': failure,
  'ai.response.text': answer,
  'ai.toolCall.args': args,
  'ai.toolCall.result': failure,
  'gen_ai.completion': failure,
  'langsmith.metadata.request': args,
  'langsmith.metadata.headers': dump,
  'message.with.picture': `Look: ![key](${dataUrl}) ${secrets.prompt}`, // in an observation Langfuse's SDK would upload it elsewhere
};

/** Fills a span with everything that an instrumented call of a model leaves behind, and ends it. */
export function fillSpan(span) {
  span.setAttribute('gen_ai.request.model', 'gpt-5');
  span.setAttribute('gen_ai.usage.input_tokens', 1824);
  for (const key of conventions) {
    span.setAttribute(key, JSON.stringify(conversation));
  }
  span.setAttributes(parts);
  span.setAttribute('request.body.base64', Buffer.from(args).toString('base64'));
  span.setAttribute('request.body.hex', Buffer.from(args).toString('hex'));
  span.setAttribute('url.query', `call=${encodeURIComponent(args)}`);
  span.setAttribute('http.request.header.x-api-key', [secrets.header]);
  span.setAttribute('http.request.header.authorization', `Bearer ${secrets.header}`);
  span.addEvent('gen_ai.choice', { content: answer, index: 0 });
  span.recordException(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  span.end();
}

export const spanName = `GET /v1/keys/${secrets.name}`;
