using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Http;
using Redactor.Kafka;
using Redactor.Tests.Forward;
using Redactor.Tests.Listen;

namespace Redactor.Tests.Kafka;

/// <summary>What brokers see of us before they let us in.</summary>
public sealed class KafkaSecurityTests
{
    private static readonly string Password = "pw-" + new string('7', 12);

    public KafkaSecurityTests() => Assert.Null(KafkaLibrary.Prepare());

    [Fact]
    public async Task Plain_sends_user_and_password()
    {
        await using var broker = new AuthenticatingBroker();
        using var producer = Connect(broker, null, new KafkaSasl(KafkaSaslMechanism.Plain, "user", Password));

        Assert.Equal("PLAIN", await broker.Mechanism.Task.WaitAsync(Eventually.Deadline));
        Assert.Equal($"\0user\0{Password}", await broker.Message.Task.WaitAsync(Eventually.Deadline));
    }

    [Theory]
    [InlineData(KafkaSaslMechanism.ScramSha256, "SCRAM-SHA-256")]
    [InlineData(KafkaSaslMechanism.ScramSha512, "SCRAM-SHA-512")]
    public async Task Scram_sends_the_user_and_never_the_password(KafkaSaslMechanism mechanism, string name)
    {
        await using var broker = new AuthenticatingBroker();
        using var producer = Connect(broker, null, new KafkaSasl(mechanism, "user", Password));

        Assert.Equal(name, await broker.Mechanism.Task.WaitAsync(Eventually.Deadline));
        var message = await broker.Message.Task.WaitAsync(Eventually.Deadline);
        Assert.StartsWith("n,,n=user,r=", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oauthbearer_gets_a_token_for_the_client_and_sends_it()
    {
        var token = string.Join('.', new[] { """{"alg":"none"}""", $$"""{"sub":"me","exp":{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}}""", "x" }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
        await using var server = await StubBackend.HttpAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""");
        });
        await using var broker = new AuthenticatingBroker();
        using var producer = Connect(broker, null, new KafkaSasl(KafkaSaslMechanism.OAuthBearer, "client", Password, new Uri(server.Address, "/token"), "telemetry"));

        Assert.Equal("OAUTHBEARER", await broker.Mechanism.Task.WaitAsync(Eventually.Deadline));
        Assert.Contains($"auth=Bearer {token}", await broker.Message.Task.WaitAsync(Eventually.Deadline), StringComparison.Ordinal);
        Assert.Contains("scope=telemetry", Encoding.UTF8.GetString(server.Requests[0].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_trusts_the_authority_and_shows_our_certificate()
    {
        using var certificates = new TestCertificates();
        certificates.Renew();
        await using var broker = new AuthenticatingBroker(Load(certificates));
        using var producer = Connect(broker, Tls(certificates), new KafkaSasl(KafkaSaslMechanism.Plain, "user", Password));

        Assert.Equal("CN=client", await broker.Subject.Task.WaitAsync(Eventually.Deadline));
        Assert.StartsWith("\0user", await broker.Message.Task.WaitAsync(Eventually.Deadline), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_tells_a_broker_of_another_authority_nothing()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        others.Renew();
        await using var broker = new AuthenticatingBroker(Load(others));
        using var producer = Connect(broker, Tls(certificates), new KafkaSasl(KafkaSaslMechanism.Plain, "user", Password), TimeSpan.FromSeconds(2), out var sent);

        Assert.NotEqual(Confluent.Kafka.ErrorCode.NoError, await sent.WaitAsync(Eventually.Deadline));
        Assert.False(broker.Message.Task.IsCompleted);
    }

    private static KafkaTls Tls(TestCertificates certificates)
    {
        using var client = certificates.IssueClient();
        certificates.Write("client.pem", client.ExportCertificatePem());
        certificates.Write("client.key", client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var folder = Path.GetDirectoryName(certificates.AuthorityFile)!;
        return new KafkaTls(certificates.AuthorityFile, Path.Combine(folder, "client.pem"), Path.Combine(folder, "client.key"), SkipVerify: false);
    }

    private static X509Certificate2 Load(TestCertificates certificates)
    {
        var folder = Path.GetDirectoryName(certificates.AuthorityFile)!;
        return X509Certificate2.CreateFromPemFile(Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
    }

    private static KafkaProducer Connect(AuthenticatingBroker broker, KafkaTls? tls, KafkaSasl sasl) =>
        Connect(broker, tls, sasl, TimeSpan.FromSeconds(5), out _);

    /// <summary>A producer that has a record to send, and so connects.</summary>
    private static KafkaProducer Connect(AuthenticatingBroker broker, KafkaTls? tls, KafkaSasl sasl, TimeSpan timeout, out Task<Confluent.Kafka.ErrorCode> sent)
    {
        var producer = new KafkaProducer(new KafkaConnection { Brokers = [broker.Address], Tls = tls, Sasl = sasl }, new KafkaProducerOptions { Timeout = timeout });
        sent = producer.SendAsync("topic", new Confluent.Kafka.Message<byte[]?, byte[]?> { Value = [] });
        return producer;
    }
}
