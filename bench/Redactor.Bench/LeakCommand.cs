using System.Collections.Concurrent;
using System.CommandLine;
using Redactor.Tests.Interop;

namespace Redactor.Bench;

/// <summary>
/// <c>leak --payloads DIR --grpc URL --http URL</c>: sends every payload of a folder through a running hop, over gRPC, HTTP with protobuf and HTTP
/// with JSON, and checks what comes out: no planted secret, everything else equal field by field, payloads without secrets the same to the byte.
/// </summary>
internal static class LeakCommand
{
    private static readonly string[] Transports = ["gRPC", "HTTP protobuf", "HTTP JSON"];

    public static Command Create()
    {
        var payloads = new Option<DirectoryInfo>("--payloads") { Description = "A folder with NAME.grpc and NAME.secrets.json.", Required = true };
        var grpc = OtlpSender.TargetOption("--grpc", "Where the hop takes OTLP/gRPC.");
        var http = OtlpSender.TargetOption("--http", "Where the hop takes OTLP/HTTP.");
        var grpcSink = new Option<int>("--sink-port") { Description = "The port that the hop forwards to as OTLP/gRPC.", DefaultValueFactory = _ => 14317 };
        var httpSink = new Option<int>("--sink-http-port") { Description = "The port that the hop forwards to as OTLP/HTTP.", DefaultValueFactory = _ => 14318 };

        var command = new Command("leak", "Check that a hop lets no planted secret through and changes nothing else.") { payloads, grpc, http, grpcSink, httpSink };
        command.SetAction((parsed, cancellation) => RunAsync(
            [.. parsed.GetRequiredValue(payloads).GetFiles("*.grpc").OrderBy(f => f.Name, StringComparer.Ordinal).Select(TestPayload.Load)],
            parsed.GetRequiredValue(grpc),
            parsed.GetRequiredValue(http),
            parsed.GetValue(grpcSink),
            parsed.GetValue(httpSink),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(TestPayload[] payloads, Uri grpc, Uri http, int grpcSink, int httpSink, CancellationToken cancellation)
    {
        var arrived = new ConcurrentQueue<Arrival>();
        await using var backend = await OtlpBackend.StartAsync(r => arrived.Enqueue(new(r.Signal, r.Encoding, r.Message.ToArray())), grpcSink, httpSink);
        using var grpcSender = new OtlpSender(grpc);
        using var httpSender = new OtlpSender(http);

        int wrong = 0;
        foreach (var payload in payloads)
        {
            foreach (string transport in Transports)
            {
                byte[] sent = transport == "HTTP JSON" ? OtlpText.ToJson(Decode(payload.Signal, payload.Message.Span)) : payload.Message.ToArray();
                arrived.Clear();
                string? refused = transport switch
                {
                    "gRPC" => await grpcSender.SendGrpcAsync(payload.Method, payload.Framed, cancellation),
                    "HTTP protobuf" => await httpSender.SendHttpAsync(payload.Path, sent, "application/x-protobuf", cancellation),
                    _ => await httpSender.SendHttpAsync(payload.Path, sent, "application/json", cancellation),
                };
                string[] mistakes = refused is not null ? [refused] : [.. Mistakes(payload, sent, transport, [.. arrived])];
                wrong += mistakes.Length > 0 ? 1 : 0;
                Console.WriteLine($"{(mistakes.Length == 0 ? "ok   " : "WRONG")} {payload.Name} over {transport}: {payload.Secrets.Count} secrets, {arrived.Count} arrived");
                foreach (string mistake in mistakes.Take(5))
                {
                    Console.WriteLine($"      {mistake}");
                }
            }
        }

        Console.WriteLine($"{payloads.Length * Transports.Length - wrong} right, {wrong} wrong");
        return wrong == 0 && payloads.Length > 0 ? 0 : 1;
    }

    private static IEnumerable<string> Mistakes(TestPayload payload, byte[] sent, string transport, Arrival[] arrived)
    {
        if (arrived.Length == 0)
        {
            yield return "nothing arrived at the sink";
        }

        foreach (var arrival in arrived)
        {
            foreach (var kind in payload.SecretsIn(arrival.Message).CountBy(secret => secret.Kind))
            {
                yield return $"{kind.Value} secrets of kind {kind.Key} came through as they were";
            }

            bool sameEncoding = arrival.Encoding == (transport == "HTTP JSON" ? PayloadEncoding.Json : PayloadEncoding.Protobuf);
            if (payload.Secrets.Count == 0 && sameEncoding && !arrival.Message.AsSpan().SequenceEqual(sent))
            {
                yield return "a payload without secrets did not stay the same to the byte";
            }

            var received = OtlpText.Decode(arrival.Signal, arrival.Encoding, arrival.Message);
            foreach (string mistake in MessageComparison.Mistakes(Decode(payload.Signal, payload.Message.Span), received, [.. payload.Secrets.Select(s => s.Text)]))
            {
                yield return mistake;
            }
        }
    }

    private static Google.Protobuf.IMessage Decode(Signal signal, ReadOnlySpan<byte> message) => OtlpText.Decode(signal, PayloadEncoding.Protobuf, message);

    private sealed record Arrival(Signal Signal, PayloadEncoding Encoding, byte[] Message);
}
