using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Tests.Hostile;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Listen;

public sealed class TlsTests : IDisposable
{
    /// <summary>The first byte of an alert (RFC 8446, 5.1).</summary>
    private const char TlsAlert = (char)21;

    private readonly TestCertificates certificates = new();

    public TlsTests() => certificates.Renew();

    public void Dispose() => certificates.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Over_TLS_a_port_takes_both_versions_of_HTTP(int version)
    {
        await using TestReceiver receiver = await StartAsync(certificates.Tls);

        using HttpResponseMessage response = await PostAsync(receiver, Trusting(), new Version(version, version % 2));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_no_handshake_is_no_request_and_holds_up_nobody(bool grpcPort)
    {
        var random = new Random(1);
        byte[][] garbage = [TlsGarbage.ClearText(), Http2Frames.Preface(), .. Enumerable.Range(0, 20).SelectMany(_ => new[] { TlsGarbage.Noise(random), TlsGarbage.BrokenHello(random) })];
        await using TestReceiver receiver = await StartAsync(certificates.Tls);

        foreach (byte[] bytes in garbage)
        {
            using RawConnection connection = await RawConnection.OpenAsync((grpcPort ? receiver.Receiver.GrpcAddress : receiver.Receiver.HttpAddress)!);
            await connection.SendAsync(bytes);
            connection.CloseSending();
            string answer = await connection.ReadToEndAsync();
            Assert.True(answer.Length == 0 || answer[0] == TlsAlert, "answered by something else than an alert of TLS");
        }

        Assert.Empty(receiver.Payloads);
        using HttpResponseMessage response = await PostAsync(receiver, Trusting(), HttpVersion.Version20);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Who_begins_a_handshake_and_falls_silent_is_cut_off_and_holds_up_nobody()
    {
        await using TestReceiver receiver = await StartAsync(certificates.Tls);
        using RawConnection grpc = await RawConnection.OpenAsync(receiver.Receiver.GrpcAddress!), http = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);
        await grpc.SendAsync(TlsGarbage.HalfHello(new Random(1)));
        await http.SendAsync(TlsGarbage.HalfHello(new Random(2)));

        using HttpResponseMessage response = await PostAsync(receiver, Trusting(), HttpVersion.Version20);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        // Ends when the receiver closes the connections, and only then.
        string[] answers = await Task.WhenAll(grpc.ReadToEndAsync(), http.ReadToEndAsync());
        Assert.All(answers, answer => Assert.DoesNotContain("HTTP", answer, StringComparison.Ordinal));
        Assert.Single(receiver.Payloads);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_to_new_connections_without_a_restart()
    {
        var time = new ManualTime();
        await using TestReceiver receiver = await StartAsync(certificates.Tls, time);
        string before = await ShownThumbprintAsync(receiver);

        string renewed = certificates.Renew();
        string early = await ShownThumbprintAsync(receiver);
        time.Advance(certificates.Tls.ReloadInterval);
        string late = await ShownThumbprintAsync(receiver);

        Assert.Equal(before, early);
        Assert.Equal(renewed, late);
    }

    [Fact]
    public async Task A_broken_certificate_leaves_the_old_one_in_force_and_is_told_once()
    {
        var time = new ManualTime();
        var log = new RecordingLogger();
        await using TestReceiver receiver = await StartAsync(certificates.Tls, time, log);
        string before = await ShownThumbprintAsync(receiver);

        certificates.Write("server.key", "not a key");
        for (int look = 0; look < 3; look++)
        {
            time.Advance(certificates.Tls.ReloadInterval);
            Assert.Equal(before, await ShownThumbprintAsync(receiver));
        }

        string line = Assert.Single(log.Lines);
        Assert.Contains("server.key: can't be used; name PEM files", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_client_authorities_only_a_client_with_a_certificate_of_theirs_comes_in()
    {
        using var others = new TestCertificates();
        using X509Certificate2 good = certificates.IssueClient(), foreign = others.IssueClient(), server = certificates.IssueServer();
        await using TestReceiver receiver = await StartAsync(certificates.Tls with { ClientCaFile = certificates.AuthorityFile });

        using HttpResponseMessage response = await PostAsync(receiver, Trusting(good), HttpVersion.Version20);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(receiver, Trusting(), HttpVersion.Version20));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(receiver, Trusting(foreign), HttpVersion.Version20));
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(receiver, Trusting(server), HttpVersion.Version20));
        Assert.Single(receiver.Payloads);
    }

    [Fact]
    public async Task A_version_of_TLS_below_the_least_is_not_spoken()
    {
        await using TestReceiver receiver = await StartAsync(certificates.Tls with { Versions = SslProtocols.Tls13 });
        SslClientAuthenticationOptions old = Trusting();
        old.EnabledSslProtocols = SslProtocols.Tls12;

        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(receiver, old, HttpVersion.Version20));
    }

    [Fact]
    public void An_expired_certificate_is_a_mistake()
    {
        certificates.Renew(daysLeft: -1);

        Assert.StartsWith("the certificate expired on 2", FileContents.Read(TlsIdentity.Files(certificates.Tls), TlsIdentity.Parse).Mistake, StringComparison.Ordinal);
    }

    private static Task<TestReceiver> StartAsync(PortTls tls, TimeProvider? time = null, RecordingLogger? log = null)
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Tls = tls };
        return TestReceiver.StartAsync(options: new ReceiverOptions { Grpc = port, Http = port }, logger: log, time: time);
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2? own = null) => new()
    {
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, null, offline: true),
    };

    private static async Task<string> ShownThumbprintAsync(TestReceiver receiver)
    {
        string? thumbprint = null;
        SslClientAuthenticationOptions tls = Trusting();
        tls.RemoteCertificateValidationCallback = (_, presented, _, _) => (thumbprint = presented?.GetCertHashString()) is not null;
        (await PostAsync(receiver, tls, HttpVersion.Version11)).Dispose();
        return thumbprint!;
    }

    private static async Task<HttpResponseMessage> PostAsync(TestReceiver receiver, SslClientAuthenticationOptions tls, Version version)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = tls, UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(receiver.Http, "/v1/logs"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]) { Headers = { { "content-type", "application/x-protobuf" } } },
        };
        return await client.SendAsync(request, default);
    }
}
