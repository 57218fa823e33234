using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Redactor.Tests.Interop;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Hostile;

/// <summary>
/// Everything that the program says, wherever it says it: standard output and error at the most verbose that the environment can ask for, every
/// file that it leaves, its pages, its own telemetry, its answers. None may hold a secret of a request, however broken or hostile.
/// </summary>
public sealed class NothingLeaksTests : IDisposable
{
    private const string Json = "application/json";

    /// <summary>A secret that no rule knows: for requests that are never redacted because they are refused, and for credentials.</summary>
    private const string Canary = "Zq7xKc93mWv52TbYd81nRj64";

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string> said = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task No_secret_of_any_request_is_in_anything_the_program_says()
    {
        string tokens = folder.Write("tokens", new string('t', 40));
        await using var backend = await RecordingBackend.StartAsync();
        await using var ownTelemetry = await OtlpBackend.StartAsync(request => Say(request.Message.Span));
        string work = Directory.CreateDirectory(folder.PathOf("work")).FullName;
        string output;
        using (var redactor = await RedactorProcess.StartAsync(backend.Server, new RedactorSettings
        {
            Ports = $", auth: {{bearer: {{tokens_file: {tokens}, header: x-token}}}}",
            Exporter = "debug: {}",
            Section = "queue: {directory: " + Path.Combine(work, "queue") + "}",
            Folder = work,
            Environment = MostVerbose(ownTelemetry),
        }))
        {
            await SendSecretsAsync(redactor);
            await SendBrokenAsync(redactor);
            await SendHostileAsync(redactor);
            await AskAsync(redactor.Health, "healthz", "readyz", "metrics", Canary);
            await AskAsync(redactor.Admin, "rules", Canary);
            // The program sends its own telemetry when it ends, so the end must be a clean one.
            await redactor.StopAsync();
            output = redactor.Output;
        }

        string[] files = [.. Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.NotEmpty(files);
        Assert.Contains("[REDACTED:", output, StringComparison.Ordinal);
        Assert.Contains("Not let in on http", output, StringComparison.Ordinal);
        Assert.Contains(said, text => text.Contains("redactor_requests_total", StringComparison.Ordinal));
        Assert.Contains(said, text => text.Contains("redactor.findings", StringComparison.Ordinal));
        Assert.All([output, .. files, .. said], AssertClean);
    }

    /// <summary>Everything in the environment that could make a .NET program, its web server or its telemetry say more.</summary>
    private static Dictionary<string, string> MostVerbose(OtlpBackend telemetry) => new()
    {
        ["Logging__LogLevel__Default"] = "Trace",
        ["Logging__LogLevel__Microsoft"] = "Trace",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_DETAILEDERRORS"] = "true",
        ["OTEL_LOG_LEVEL"] = "debug",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = telemetry.Http.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
    };

    private static void AssertClean(string text)
    {
        foreach (string secret in PlantedSecrets.Instance.All.Append(Canary))
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), text, StringComparison.Ordinal);
        }
    }

    private static (string, string)[] Token(params (string, string)[] more) => [("x-token", new string('t', 40)), .. more];

    /// <summary>Well-formed requests, with a secret for each of which there is a rule.</summary>
    private async Task SendSecretsAsync(RedactorProcess redactor)
    {
        var planted = PlantedSecrets.Instance;
        string[] secrets = [planted.Prompt, planted.Answer, planted.Header, planted.Name, planted.Log, planted.Metric, $"postgres://app:{planted.Exception}@db/x"];
        using var http = new OtlpHttpClient(redactor.Http);
        foreach (string secret in secrets)
        {
            string log = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + secret + "\"},\"attributes\":[{\"key\":\"text\",\"value\":{\"stringValue\":\"" + secret + "\"}}]}]}]}]}";
            string span = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"" + secret + "\",\"status\":{\"message\":\"" + secret + "\"}}]}]}]}";
            Say(await http.PostAsync("/v1/logs", Encoding.UTF8.GetBytes(log), Json, Token()), HttpStatusCode.OK);
            Say(await http.PostAsync("/v1/traces", Encoding.UTF8.GetBytes(span), Json, Token()), HttpStatusCode.OK);
        }
    }

    /// <summary>Requests with a mistake at the secret, or with the secret where none belongs.</summary>
    private async Task SendBrokenAsync(RedactorProcess redactor)
    {
        using var http = new OtlpHttpClient(redactor.Http);
        foreach (string body in new[] { "{\"resourceLogs\":" + Canary, "{\"" + Canary + "\":{", Canary, "{\"a\":\"" + Canary, "[\"" + Canary + "\",]" })
        {
            Say(await http.PostAsync("/v1/logs", Encoding.UTF8.GetBytes(body), Json, Token()), HttpStatusCode.BadRequest);
            Say(await http.PostAsync("/v1/logs", Encoding.UTF8.GetBytes(body), "application/x-protobuf", Token()), HttpStatusCode.BadRequest);
            Say(await http.PostAsync("/v1/logs", [0x1F, 0x8B, .. Encoding.UTF8.GetBytes(body)], Json, Token(("content-encoding", "gzip"))), HttpStatusCode.BadRequest);
        }

        // Valid JSON of the wrong types: the debug exporter prints it, redacted; for the exporter that needs protobuf it becomes a dead letter.
        Say(await http.PostAsync("/v1/logs", Encoding.UTF8.GetBytes("{\"resourceLogs\":[{\"scopeLogs\":\"" + PlantedSecrets.Instance.Prompt + "\"}]}"), Json, Token()), HttpStatusCode.OK);
        Say(await http.PostAsync($"/v1/{Canary}", [], Json, Token()), HttpStatusCode.NotFound);
        Say(await http.PostAsync($"/v1/logs?{Canary}={Canary}", [], $"text/{Canary}", Token()), HttpStatusCode.UnsupportedMediaType);
        Say(await http.PostAsync("/v1/logs", [], Json, Token(("content-encoding", Canary))), HttpStatusCode.UnsupportedMediaType);
        Say(await http.SendAsync(new HttpMethod(Canary), "/v1/logs", null, null, Token()), HttpStatusCode.MethodNotAllowed);
        Say(await http.PostAsync("/v1/logs", [], Json, ("x-token", Canary)), HttpStatusCode.Unauthorized);
        Say(await http.PostAsync("/v1/logs", [], Json, ("authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + Canary)))), HttpStatusCode.Unauthorized);

        using var grpc = new GrpcClient(redactor.Grpc);
        Say(await grpc.SendAsync("/" + Canary, GrpcClient.Frame([]), Token()));
        Say(await grpc.SendAsync(GrpcClient.Frame(Encoding.UTF8.GetBytes(Canary)), Token()));
        Say(await grpc.SendAsync(Encoding.UTF8.GetBytes(Canary), Token()));
        Say(await grpc.SendAsync(GrpcClient.Frame([]), Token(("grpc-timeout", Canary))));
        Say(await grpc.SendAsync(GrpcClient.Frame([]), Token(("grpc-encoding", Canary))));
        Say(await grpc.SendAsync(GrpcClient.Frame([]), ("x-token", Canary)));
    }

    /// <summary>What is no request at all.</summary>
    private async Task SendHostileAsync(RedactorProcess redactor)
    {
        byte[][] rubbish =
        [
            Encoding.ASCII.GetBytes($"{Canary}\r\n\r\n"),
            Encoding.ASCII.GetBytes($"GET /{Canary} HTTP/9.9\r\n\r\n"),
            Encoding.ASCII.GetBytes($"POST /v1/logs HTTP/1.1\r\nHost: {Canary} {Canary}\r\n\r\n"),
            Encoding.ASCII.GetBytes($"POST /v1/logs HTTP/1.1\r\nHost: a\r\n{Canary}\r\n\r\n"),
            Encoding.ASCII.GetBytes($"POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Length: {Canary}\r\n\r\n"),
            Encoding.ASCII.GetBytes($"POST /v1/logs HTTP/1.1\r\nHost: a\r\nx-token: {new string('t', 40)}\r\nContent-Type: {Json}\r\nTransfer-Encoding: chunked\r\n\r\n{Canary}\r\n"),
            [.. Http2Frames.Preface(), .. Encoding.ASCII.GetBytes(Canary), .. new byte[64]],
            [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3, .. Encoding.ASCII.GetBytes(Canary), .. new byte[200]],
        ];
        foreach (byte[] bytes in rubbish)
        {
            foreach (int port in new[] { redactor.Grpc.Port, redactor.Http.Port, redactor.Health.Port, redactor.Admin.Port })
            {
                using var connection = await RawConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, port));
                await connection.SendAsync(bytes);
                connection.CloseSending();
                said.Enqueue(await connection.ReadToEndAsync());
            }
        }
    }

    private async Task AskAsync(Uri port, params string[] pages)
    {
        using var client = new HttpClient();
        foreach (string page in pages)
        {
            using var answer = await client.GetAsync(new Uri(port, page));
            said.Enqueue(await answer.Content.ReadAsStringAsync());
        }
    }

    private void Say(HttpReply reply, params HttpStatusCode[] expected)
    {
        Assert.Contains(reply.Status, expected);
        Say(reply.Body);
        said.Enqueue(reply.Response.ToString());
    }

    private void Say(GrpcReply reply)
    {
        Assert.NotEqual(0, reply.Status);
        said.Enqueue(reply.Message + reply.Response);
    }

    private void Say(ReadOnlySpan<byte> bytes) => said.Enqueue(Encoding.Latin1.GetString(bytes));
}
