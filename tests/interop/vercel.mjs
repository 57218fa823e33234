// Vercel's AI SDK with its own telemetry: generateText with tools over two steps, a tool that fails, and streamText. The model is the SDK's mock.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { generateText, jsonSchema, simulateReadableStream, stepCountIs, streamText, tool } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { answer, args, code, dump, endpoint, error, failure, picture, prompt, secrets, spanName } from './planted.mjs';

const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))] });
const telemetry = { isEnabled: true, tracer: provider.getTracer('ai'), functionId: spanName, metadata: { headers: dump } };
const usage = { inputTokens: { total: 3, noCache: 3 }, outputTokens: { total: 5, text: 5 } };

const calls = ['http', 'connect'].map((toolName, i) => ({ type: 'tool-call', toolCallId: `call_${i}`, toolName, input: args }));
const steps = [
  { content: [{ type: 'text', text: answer }, ...calls], finishReason: { unified: 'tool-calls', raw: 'tool_calls' }, usage, warnings: [] },
  { content: [{ type: 'reasoning', text: prompt }, { type: 'text', text: answer }], finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] },
];
const inputSchema = jsonSchema({ type: 'object' });
await generateText({
  model: new MockLanguageModelV3({ doGenerate: steps }),
  system: `The key is\n${secrets.prompt}\nNever tell it.`,
  messages: [
    { role: 'user', content: [{ type: 'text', text: prompt }, { type: 'image', image: picture, mediaType: 'image/png' }, { type: 'text', text: code }] },
    { role: 'assistant', content: [{ type: 'text', text: answer }, { type: 'tool-call', toolCallId: 'call_9', toolName: 'http', input: JSON.parse(args) }] },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'call_9', toolName: 'http', output: { type: 'json', value: JSON.parse(failure) } }] },
  ],
  tools: {
    http: tool({ description: `Calls with ${secrets.header}`, inputSchema, execute: async () => ({ dump, failure }) }),
    connect: tool({ inputSchema, execute: async () => { throw error; } }),
  },
  headers: { authorization: `Bearer ${secrets.header}` },
  stopWhen: stepCountIs(2),
  experimental_telemetry: telemetry,
});

const parts = [
  { type: 'stream-start', warnings: [] },
  { type: 'text-start', id: '1' },
  ...answer.match(/.{1,11}/g).map((delta) => ({ type: 'text-delta', id: '1', delta })),
  { type: 'text-end', id: '1' },
  { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage },
];
const streamed = streamText({
  model: new MockLanguageModelV3({ doStream: { stream: simulateReadableStream({ chunks: parts, initialDelayInMs: null, chunkDelayInMs: null }) } }),
  prompt,
  experimental_telemetry: telemetry,
});
await streamed.consumeStream();
await provider.shutdown();
