// The OpenTelemetry SDK with its own exporters for all three signals, over grpc, proto or http (which is JSON).
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { endpoint, error, fillSpan, prompt, secrets, spanName, transport } from './planted.mjs';

const exporter = async (signal, name) => {
  const { [name]: Exporter } = await import(`@opentelemetry/exporter-${signal}-otlp-${transport}`);
  return new Exporter({ url: transport === 'grpc' ? endpoint : `${endpoint}/v1/${signal === 'trace' ? 'traces' : signal}`, compression: 'gzip' });
};
const resource = resourceFromAttributes({ 'service.name': 'interop', 'process.command_args': ['node', '--api-key', secrets.prompt] });

const traces = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(await exporter('trace', 'OTLPTraceExporter'))] });
fillSpan(traces.getTracer('interop', '1.0').startSpan(spanName, { links: [] }));
await traces.shutdown();

const logs = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: await exporter('logs', 'OTLPLogExporter') })] });
const logger = logs.getLogger('interop');
logger.emit({ severityText: 'ERROR', body: `login failed, token ${secrets.log}`, attributes: { 'exception.stacktrace': error.stack } });
logger.emit({ severityText: 'INFO', body: { request: { headers: { 'x-api-key': secrets.header }, prompt }, sizes: [1, 2.5, true] } });
await logs.shutdown();

const metrics = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter: await exporter('metrics', 'OTLPMetricExporter') })] });
const meter = metrics.getMeter('interop');
meter.createCounter('requests', { description: `calls with ${secrets.name}` }).add(3, { 'user.token': secrets.metric, 'http.route': '/v1/chat' });
meter.createHistogram('duration', { unit: 's' }).record(0.25, { 'url.full': `https://app:${secrets.exception}@api.example.com/v1` });
await metrics.shutdown();
