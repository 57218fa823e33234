// What an application does with OpenAI's own client, for the instrumentations of it: a call with tools, the call with their answers, a streamed one and one that fails.
// The provider is a function in place of `fetch`: nothing leaves but telemetry.
import { createRequire } from 'node:module';
import { answer, args, code, dataUrl, dump, error, failure, prompt, secrets } from './planted.mjs';

const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
const head = { id: 'chatcmpl-1', created: 1, model: 'gpt-5', system_fingerprint: 'fp_1' };
const toolCalls = [{ index: 0, id: 'call_1', type: 'function', function: { name: 'http', arguments: args } }];

const reply = (body, type = 'application/json', status = 200) => new Response(body, { status, headers: { 'content-type': type } });
const completion = (message, reason) => reply(JSON.stringify({ ...head, object: 'chat.completion', choices: [{ index: 0, finish_reason: reason, message }], usage }));
const chunk = (delta, reason = null) => `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

function provider(url, { body }) {
  const request = JSON.parse(body);
  if (request.model === 'none') {
    return reply(JSON.stringify({ error: { message: error.message, type: 'server_error' } }), 'application/json', 500);
  }
  if (request.stream) {
    const pieces = answer.match(/.{1,11}/g).map((content) => chunk({ content }));
    const called = args.match(/.{1,40}/gs).map((piece, i) => chunk({ tool_calls: [{ ...(i === 0 ? toolCalls[0] : { index: 0 }), function: { name: i === 0 ? 'http' : undefined, arguments: piece } }] }));
    return reply([chunk({ role: 'assistant', content: '' }), ...pieces, ...called, chunk({}, 'stop'), 'data: [DONE]\n\n'].join(''), 'text/event-stream');
  }
  return request.messages.at(-1).role === 'tool'
    ? completion({ role: 'assistant', content: answer }, 'stop')
    : completion({ role: 'assistant', content: answer, tool_calls: toolCalls }, 'tool_calls');
}

/** Loads OpenAI's client, for instrumentations that patch what is loaded after them. */
export const load = () => createRequire(import.meta.url)('openai').OpenAI;

/** Lets the client talk with its provider; `wrap` makes it one that is observed, where no class was patched. */
export async function talk(OpenAI, wrap = (client) => client) {
  const client = wrap(new OpenAI({ apiKey: secrets.header, baseURL: 'https://provider.invalid/v1', fetch: async (url, request) => provider(url, request), maxRetries: 0 }));
  const tools = [{ type: 'function', function: { name: 'http', description: `Calls with ${secrets.header}`, parameters: { type: 'object' } } }];
  const messages = [
    { role: 'system', content: `The key is\n${secrets.prompt}\nNever tell it.` },
    { role: 'user', content: [{ type: 'text', text: prompt }, { type: 'image_url', image_url: { url: dataUrl } }, { type: 'text', text: code }] },
  ];
  const { choices: [{ message }] } = await client.chat.completions.create({ model: 'gpt-5', messages, tools });
  messages.push(message, { role: 'tool', tool_call_id: 'call_1', content: `${dump}\n${failure}` });
  await client.chat.completions.create({ model: 'gpt-5', messages, tools, user: secrets.name });
  for await (const part of await client.chat.completions.create({ model: 'gpt-5', messages: [messages[0], { role: 'user', content: prompt }], tools, stream: true })) {
    part.choices.at(0);
  }
  await client.chat.completions.create({ model: 'none', messages: messages.slice(0, 1) }).catch(() => {});
}
