using System.CommandLine;
using System.Net;
using Redactor.Listen;

namespace Redactor.Cli;

/// <summary><c>redactor healthcheck [--config FILE]</c>: asks a running sidecar whether it is ready; for images without a shell.</summary>
internal static class HealthcheckCommand
{
    private const int NotReady = 1;

    /// <summary>How long the answer may take: less than the 30 seconds that Docker gives a check, far more than a page of a word needs.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var config = ConfigOption.Create();
        var command = new Command("healthcheck", "Ask the running sidecar whether it is ready; exit 0 if it is, 1 if not.") { config };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(config), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? file, CancellationToken cancellation)
    {
        if (await ConfigOption.LoadAsync(file) is not { } options)
        {
            return NotReady;
        }

        return await AskAsync(options.Health, Console.Error, cancellation) ? 0 : NotReady;
    }

    /// <summary>Whether the sidecar whose health port is <paramref name="port"/> is ready; if not, one line says why.</summary>
    internal static async Task<bool> AskAsync(PortOptions port, TextWriter errors, CancellationToken cancellation)
    {
        var address = new UriBuilder(port.Tls is null ? "http" : "https", Reachable(port.Address.Address).ToString(), port.Address.Port, "readyz").Uri;
        using var handler = new SocketsHttpHandler { UseProxy = false };
        // The certificate is for other names than this machine's own address, and nothing secret is sent or believed.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(address, cancellation);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            await errors.WriteLineAsync($"redactor: {address} says {(int)response.StatusCode} {(await response.Content.ReadAsStringAsync(cancellation)).Trim()}");
        }
        catch (HttpRequestException)
        {
            await errors.WriteLineAsync($"redactor: nothing answers at {address}; is the sidecar running with this configuration?");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"redactor: {address} did not answer within {Timeout.TotalSeconds:0} s");
        }

        return false;
    }

    /// <summary>"Any address" is one to listen on, not one to ask.</summary>
    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
}
