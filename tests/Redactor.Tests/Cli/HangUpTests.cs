using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Redactor.Tests.Cli;

public sealed class HangUpTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_hang_up_signal_reloads_the_rules_and_ends_nothing()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_[a-z]{9}'}\n");
        string any = "127.0.0.1:0";
        string config = folder.Write("redactor.conf", $$"""
            receivers: { otlp: { protocols: { grpc: { endpoint: "{{any}}" } } } }
            rules: { files: ["a.yaml"] }
            health: { endpoint: "{{any}}" }
            admin: { endpoint: "{{any}}" }
            """);
        using var sidecar = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "redactor"), ["run", "--config", config])
        {
            RedirectStandardError = true,
        })!;
        try
        {
            var rules = await AdminPageAsync(sidecar.StandardError);
            using var http = new HttpClient();
            using var deadline = new CancellationTokenSource(Deadline);
            folder.Write("a.yaml", "- {id: alpha, pattern: 'alpha_[a-z]{9}'}\n- {id: bravo, pattern: 'bravo_[a-z]{9}'}\n");

            Process.Start("kill", ["-HUP", $"{sidecar.Id}"]).WaitForExit();

            while ((await http.GetFromJsonAsync<JsonElement>(rules, deadline.Token)).GetProperty("rules").GetInt32() != 2)
            {
                await Task.Delay(20, deadline.Token);
            }

            Assert.False(sidecar.HasExited);
        }
        finally
        {
            sidecar.Kill();
        }
    }

    /// <summary>The address of the page /rules, from the notice that the start prints.</summary>
    private static async Task<Uri> AdminPageAsync(StreamReader errors)
    {
        const string label = "admin";
        using var deadline = new CancellationTokenSource(Deadline);
        while (await errors.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Trim().StartsWith(label, StringComparison.Ordinal))
            {
                return new Uri(line.Trim()[label.Length..].Trim());
            }
        }

        throw new InvalidOperationException("The program ended without its start notice.");
    }
}
