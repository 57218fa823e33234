using Google.Protobuf;
using Redactor.Otlp;

namespace Redactor.Tests.Faults;

/// <summary>Batches of log records that each carry a number, so that none can be lost unnoticed, and now and then a secret.</summary>
/// <param name="secret">What must never be seen behind the redactor.</param>
internal sealed class NumberedRecords(string secret)
{
    /// <summary>Records in a batch.</summary>
    public const int BatchSize = 200;

    private const int SecretOneIn = 7;

    /// <summary>A request with the records from <paramref name="first"/> on, numbered by their time.</summary>
    public byte[] Batch(int first, int count)
    {
        var scope = new ScopeLogs
        {
            LogRecords =
            {
                Enumerable.Range(first, count).Select(number => new LogRecord
                {
                    TimeUnixNano = (ulong)number,
                    Body = new AnyValue { StringValue = number % SecretOneIn == 0 ? $"order {number} paid with {secret}" : $"order {number} shipped to its customer" },
                }),
            },
        };
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { ScopeLogs = { scope } } } }.ToByteArray();
    }

    /// <summary>The numbers in a request.</summary>
    public static IEnumerable<int> Numbers(ReadOnlySpan<byte> request) =>
        [.. ExportLogsServiceRequest.Parser.ParseFrom(request).ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords).Select(l => (int)l.TimeUnixNano)];
}
