using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Listen;
using Redactor.Telemetry;
using Redactor.Tests.Listen;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Telemetry;

public sealed class PageServerTests : IDisposable
{
    private static readonly string Token = new('t', 40);

    private readonly TemporaryFolder folder = new();
    private readonly TestCertificates certificates = new();

    public PageServerTests() => certificates.Renew();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Pages_need_credentials_where_the_port_asks_for_them_except_those_of_probes()
    {
        await using var server = await StartAsync(new PortAuth { TokensFile = folder.Write("tokens", Token) });
        using var client = Client(server);

        using var refused = await client.GetAsync("/metrics");
        using var acted = await client.PostAsync("/reload", null);
        using var probed = await client.GetAsync("/healthz");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var allowed = await client.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, acted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, probed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Pages_can_be_encrypted()
    {
        await using var server = await StartAsync(null);
        using var client = Client(server);

        Assert.Equal("https", server.Address.Scheme);
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart_and_old_connections_are_closed()
    {
        var time = new ManualTime();
        await using var server = await StartAsync(null, time);
        string? shown = null;
        using var client = Client(server, presented => shown = presented);
        await client.GetStringAsync("/healthz");
        string? before = shown;

        string renewed = certificates.Renew();
        time.Advance(certificates.Tls.ReloadInterval);
        await client.GetStringAsync("/healthz");
        string? young = shown;
        time.Fire();
        await client.GetStringAsync("/healthz");

        Assert.NotEqual(renewed, before);
        Assert.Equal(before, young);
        Assert.Equal(renewed, shown);
    }

    private static HttpClient Client(PageServer server, Action<string>? onPresented = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
        {
            onPresented?.Invoke(presented!.GetCertHashString());
            return presented is not null;
        };
        return new HttpClient(handler) { BaseAddress = server.Address };
    }

    private async Task<PageServer> StartAsync(PortAuth? auth, TimeProvider? time = null)
    {
        var options = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = certificates.Tls, Auth = auth };
        Func<Page> ok = () => Page.Text(200, "ok");
        var server = new PageServer(
            new Port("admin", options, NullLogger.Instance, null, time ?? TimeProvider.System),
            new Dictionary<string, Func<Page>> { ["/healthz"] = ok, ["/metrics"] = ok },
            new Dictionary<string, Func<Page>> { ["/reload"] = ok });
        await server.StartAsync();
        return server;
    }
}
