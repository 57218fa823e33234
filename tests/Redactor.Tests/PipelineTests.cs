using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Otlp;
using Redactor.Rules;
using Redactor.Telemetry;
using Redactor.Tests.Telemetry;

namespace Redactor.Tests;

/// <summary>Who owns the memory of a rewritten payload, and for how long.</summary>
[Collection(SharedMeters.Name)]
public sealed class PipelineTests : IDisposable
{
    private static readonly byte[] Request = ExportLogsServiceRequest.Parser
        .ParseJson("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"acme-7777777777 FILL"}}]}]}]}""".Replace("FILL", new string('.', 9000), StringComparison.Ordinal))
        .ToByteArray();

    private readonly TemporaryFolder folder = new();
    private readonly RedactorMetrics metrics = new();
    private readonly InFlightBytes inFlight = new(1024 * 1024);

    public void Dispose()
    {
        metrics.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_memory_of_a_copy_that_every_backend_has_accepted_is_used_again()
    {
        byte[]? copy = Run(_ => ExportOutcome.Success);

        Assert.Same(copy, ArrayPool<byte>.Shared.Rent(Request.Length));
    }

    public static TheoryData<string, Func<RedactedPayload, ExportOutcome>> NotAccepted => new()
    {
        { "tried again", _ => new ExportOutcome.Retryable("down") },
        { "refused", _ => new ExportOutcome.Refused(Refusal.BackendRefused) },
        { "rejected in part", clean => new ExportOutcome.PartialSuccess(1, "no") { Rejected = [clean] } },
        { "failed", _ => throw new InvalidOperationException() },
    };

    [Theory]
    [MemberData(nameof(NotAccepted))]
    public void The_memory_of_a_copy_that_somebody_may_still_read_is_nobody_elses(string name, Func<RedactedPayload, ExportOutcome> answer)
    {
        byte[]? copy = Run(answer);

        Assert.True(copy is not null && copy != ArrayPool<byte>.Shared.Rent(Request.Length), name);
    }

    /// <summary>Runs a request, all of it on the calling thread, and gives the array that the backend saw.</summary>
    private byte[]? Run(Func<RedactedPayload, ExportOutcome> answer)
    {
        File.WriteAllText(folder.PathOf("rules.yaml"), "- { id: acme, pattern: 'acme-[0-9]{10}' }\n");
        RuleStore rules = RuleStore.Open(new RuleSource([folder.PathOf("*.yaml")], Profile.Default), NullLogger.Instance, out _)!;
        using var audit = new AuditLog([], metrics, TimeProvider.System);
        byte[]? seen = null;
        using var pipeline = new Pipeline(
            rules,
            (clean, _) =>
            {
                seen = MemoryMarshal.TryGetArray(clean.Bytes, out ArraySegment<byte> array) ? array.Array : null;
                Assert.Equal(seen!.Length, inFlight.Current);
                return Task.FromResult(answer(clean));
            },
            inFlight,
            metrics,
            audit);

        Task<ExportOutcome> running = pipeline.RunAsync(new Payload(Signal.Logs, PayloadEncoding.Protobuf, Request, Origin.None), CancellationToken.None);

        Assert.True(running.IsCompleted);
        Assert.Equal(0, inFlight.Current);
        return seen;
    }
}
