using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Redactor.Otlp;

namespace Redactor.Tests.Faults;

/// <summary>Sends every batch until it is acknowledged or refused for good, several at once, as an SDK would.</summary>
/// <param name="target">Where the redactor takes OTLP/HTTP.</param>
/// <param name="records">The batches.</param>
/// <param name="count">How many records there are.</param>
internal sealed class FaultSender(Uri target, NumberedRecords records, int count) : IFaultSource, IDisposable
{
    private const int Workers = 6;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(50);
    private static readonly HttpStatusCode[] RetryableCodes = [HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentBag<int> acknowledged = [];
    private int next;
    private int retries;

    public IEnumerable<int> Acknowledged => acknowledged;

    public int Retries => retries;

    public Task SendAllAsync() => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));

    public void Dispose() => http.Dispose();

    private async Task WorkAsync()
    {
        while (Interlocked.Add(ref next, NumberedRecords.BatchSize) - NumberedRecords.BatchSize is var first && first < count)
        {
            byte[] batch = records.Batch(first, Math.Min(NumberedRecords.BatchSize, count - first));
            if (await SendAsync(batch))
            {
                acknowledged.Add(first);
            }
        }
    }

    /// <summary>Whether all of the batch was acknowledged; false if it, or some of it, was refused for good.</summary>
    private async Task<bool> SendAsync(byte[] batch)
    {
        while (true)
        {
            try
            {
                using var content = new ByteArrayContent(batch) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
                using var response = await http.PostAsync(new Uri(target, "/v1/logs"), content);
                if (!RetryableCodes.Contains(response.StatusCode))
                {
                    return response.IsSuccessStatusCode && !IsPartial(await response.Content.ReadAsByteArrayAsync());
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // The redactor is dead or slow: nothing was acknowledged.
                Interlocked.Increment(ref retries);
            }

            Interlocked.Increment(ref retries);
            await Task.Delay(RetryPause);
        }
    }

    private static bool IsPartial(byte[] answer) => ExportLogsServiceResponse.Parser.ParseFrom(answer).PartialSuccess?.RejectedLogRecords > 0;
}
