using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Redactor.Receive;

namespace Redactor.Tests.Receive;

public class TlsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Over_TLS_a_port_takes_both_versions_of_HTTP(int version)
    {
        using X509Certificate2 certificate = SelfSigned();
        var endpoint = new ReceiverEndpoint(new IPEndPoint(IPAddress.Loopback, 0), new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
        await using var receiver = new OtlpReceiver(
            new ReceiverOptions { Grpc = null, Http = endpoint }, (_, _) => Task.FromResult(ExportOutcome.Success));
        await receiver.StartAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString() },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://{receiver.HttpAddress}/v1/logs")
        {
            Version = new Version(version, version % 2),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([]) { Headers = { { "content-type", "application/x-protobuf" } } },
        };

        using HttpResponseMessage response = await client.SendAsync(request, default);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(receiver.GrpcAddress);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
